package dev.tactus.policies.command;

import java.util.concurrent.Callable;

/**
 * A command of {@code ./tactus}: a class with picocli's {@code @Command} annotation and a public constructor without
 * arguments, found through {@link java.util.ServiceLoader}. {@link #call} returns an {@link ExitCode} value and reports
 * a user's mistake by {@link BadInputException}, something that the machine lacks by {@link MissingPartException}.
 */
public interface TactusCommand extends Callable<Integer> {

    /**
     * The group that this command stands in, for example {@code "bench"} for {@code ./tactus bench physics}.
     *
     * @return the group's name, or an empty string for a command of the top level
     */
    default String group() {
        return "";
    }
}
