package dev.tactus.policies.cli;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.scheme.SchemeOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The part of a command line that chooses an execution scheme; a mixin. What is not given comes from the bundle. */
public final class SchemeArguments {
    @Option(
            names = "--scheme",
            paramLabel = "S",
            defaultValue = "rti",
            description = {
                "Execution scheme, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
                "With settings, for example rti:steps=5/3/1/0 or rtc:beta=8,mask=linear; a wrong key names the right ones."
            },
            completionCandidates = SchemeNames.class)
    private String scheme;

    @Option(
            names = "--action-steps",
            paramLabel = "N",
            description = "Actions executed per inference, for schemes that execute several; the bundle's own if none.")
    private Optional<Integer> actionSteps;

    /** Made by picocli. */
    public SchemeArguments() {}

    /**
     * What the user chose.
     *
     * @return the options; whether they go together shows when the scheme is made
     */
    public SchemeOptions options() {
        if (actionSteps.isPresent() && scheme.contains("action_steps=")) {
            throw new BadInputException("--scheme " + scheme + " and --action-steps " + actionSteps.get()
                    + " both say how many actions are executed; say it once");
        }
        SchemeOptions options = SchemeOptions.named(scheme);
        return actionSteps.isPresent() ? options.withActionSteps(actionSteps.get()) : options;
    }
}
