package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.compose.Compositions;
import dev.tactus.policies.compose.Compositions.Composed;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.guidance.Guidances;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The part of a command line that composes a policy with others and bends what it samples; a mixin. */
public final class GuidanceArguments {
    @Option(
            names = "--guidance",
            paramLabel = "FILE",
            description = "Guide the sampling by what this YAML file lists; policies/README.md has the keys.")
    private Optional<Path> file;

    @Option(
            names = "--compose",
            paramLabel = "FILE",
            description = "Compose the policy with those that this YAML file lists; policies/README.md has the keys.")
    private Optional<Path> composition;

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
     * The file that names other policies.
     *
     * @return the file, or empty
     */
    public Optional<Path> composition() {
        return composition;
    }

    /**
     * The policy of a bundle, composed with others and guided as the user asked. Guidance is put around the composition.
     *
     * @param bundle the policy
     * @param trust whose bundles are taken, for those that the files name
     * @return what it sees, and its denoiser
     * @throws BadInputException if a file is wrong, or the others see what the bundle's own task does not show
     */
    public Composed policy(PolicyBundle bundle, Trust trust) {
        Composed policy = new Composed(bundle.spec(), DenoiserSource.of(bundle));
        Function<Path, PolicyBundle> bundles = path -> PolicyBundle.load(path, trust);
        if (composition.isPresent()) {
            policy = Compositions.read(policy.spec(), policy.source(), composition.get(), bundles);
            requireSeen(bundle.spec(), policy.spec());
        }
        if (file.isPresent()) {
            DenoiserSource guided = Guidances.wrap(policy.source(), policy.spec(), file.get(), bundles);
            policy = new Composed(policy.spec(), guided);
        }
        return policy;
    }

    private void requireSeen(PolicySpec own, PolicySpec all) {
        List<String> shown = names(own);
        if (!names(all).equals(shown)) {
            throw new BadInputException(composition.orElseThrow() + ": together the policies see " + names(all)
                    + ", but the task of policy '" + own.name() + "' shows " + shown
                    + ". Compose policies that see those, or from a program that has the rest.");
        }
    }

    private static List<String> names(PolicySpec spec) {
        return spec.observations().stream().map(ObservationTerm::name).toList();
    }
}
