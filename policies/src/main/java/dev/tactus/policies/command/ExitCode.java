package dev.tactus.policies.command;

/** The exit codes of every {@code ./tactus} command. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** It ran, and what it checked did not hold. */
    public static final int CHECK_FAILED = 1;

    /** Bad input: the message says what was found, where, what is allowed and how to fix it. */
    public static final int BAD_INPUT = 2;

    /** This machine lacks something: the message says what, and how to get it. */
    public static final int MISSING_PART = 3;

    private ExitCode() {}
}
