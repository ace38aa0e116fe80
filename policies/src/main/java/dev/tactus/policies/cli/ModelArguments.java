package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.compose.Compositions;
import dev.tactus.policies.denoiser.PolicyModel;
import dev.tactus.policies.guidance.Guidances;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.onnx.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The part of a command line that says where networks run, composes a policy with others and guides it; a mixin. */
public final class ModelArguments {
    @Option(
            names = "--providers",
            paramLabel = "LIST",
            defaultValue = "cpu",
            description =
                    "Where networks run: cpu, cuda, tensorrt, or several by commas; the first that works is taken,"
                            + " and why one before it did not is said (default: ${DEFAULT-VALUE}).")
    private String providers;

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
    public ModelArguments() {}

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
    public PolicyModel policy(PolicyBundle bundle, Trust trust) {
        GraphOptions options = new GraphOptions(Provider.list(providers), 1, false);
        PolicyModel policy = PolicyModel.of(bundle, options, ModelArguments::say);
        Function<Path, PolicyModel> others =
                path -> PolicyModel.of(PolicyBundle.load(path, trust), options, ModelArguments::say);
        if (composition.isPresent()) {
            policy = Compositions.read(policy.spec(), policy.source(), composition.get(), others);
            requireSeen(bundle.spec(), policy.spec());
        }
        if (file.isPresent()) {
            policy = new PolicyModel(policy.spec(), Guidances.wrap(policy.source(), policy.spec(), file.get(), others));
        }
        return policy;
    }

    private static void say(String declined) {
        System.err.println("not on " + declined);
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
