package dev.tactus.policies.cli;

import dev.tactus.policies.scheme.SchemeOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The part of a command line that chooses an execution scheme; a mixin. What is not given comes from the bundle. */
public final class SchemeArguments {
    @Option(
            names = "--scheme",
            paramLabel = "S",
            defaultValue = "rti",
            description = "Execution scheme, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            completionCandidates = SchemeNames.class)
    private String scheme;

    @Option(
            names = "--action-steps",
            paramLabel = "N",
            description = "Actions executed per inference, for schemes that execute several; the bundle's own if none.")
    private Optional<Integer> actionSteps;

    @Option(
            names = "--ddim-steps",
            paramLabel = "N",
            description = "Steps of DDIM, for the schemes that denoise by it.")
    private Optional<Integer> ddimSteps;

    @Option(
            names = "--rti-steps",
            paramLabel = "K,..,0",
            split = ",",
            description = "Noise levels of a steady cycle of rti, descending; the bundle's own if none.")
    private List<Integer> rtiSteps;

    @Option(
            names = "--stall-ticks",
            paramLabel = "N",
            description = "Ticks without inference after which rti denoises fully; the bundle's action steps if none.")
    private Optional<Integer> stallTicks;

    /** Made by picocli. */
    public SchemeArguments() {}

    /**
     * What the user chose.
     *
     * @return the options; whether they go together shows when the scheme is made
     */
    public SchemeOptions options() {
        SchemeOptions options = SchemeOptions.named(scheme);
        if (actionSteps.isPresent()) {
            options = options.withActionSteps(actionSteps.get());
        }
        if (ddimSteps.isPresent()) {
            options = options.withDdimSteps(ddimSteps.get());
        }
        if (rtiSteps != null) {
            options = options.withRtiSteps(rtiSteps);
        }
        if (stallTicks.isPresent()) {
            options = options.withStallTicks(stallTicks.get());
        }
        return options;
    }
}
