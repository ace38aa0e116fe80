package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.guidance.Guidances;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The part of a command line that bends what a policy samples; a mixin. */
public final class GuidanceArguments {
    @Option(
            names = "--guidance",
            paramLabel = "FILE",
            description = "Guide the sampling by what this YAML file lists; policies/README.md has the keys.")
    private Optional<Path> file;

    /** Made by picocli. */
    public GuidanceArguments() {}

    /**
     * The file that the user named.
     *
     * @return the file, or empty
     */
    public Optional<Path> file() {
        return file;
    }

    /**
     * The network of a bundle, guided if the user asked for it.
     *
     * @param bundle the policy
     * @param trust whose bundles are taken, for those that the file names
     * @return opens the denoiser
     */
    public DenoiserSource source(PolicyBundle bundle, Trust trust) {
        DenoiserSource network = DenoiserSource.of(bundle);
        return file.isEmpty()
                ? network
                : Guidances.wrap(network, bundle.spec(), file.get(), path -> PolicyBundle.load(path, trust));
    }
}
