package dev.tactus.policies.command;

/**
 * Something that this machine lacks: a library, a program, a right. The message says what, and how to get it. Ends a
 * command with {@link ExitCode#MISSING_PART}.
 */
public final class MissingPartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is missing and how to get it
     */
    public MissingPartException(String message) {
        super(message);
    }

    /**
     * Makes the exception for a cause that a library reported.
     *
     * @param message what is missing and how to get it
     * @param cause the library's own exception
     */
    public MissingPartException(String message, Throwable cause) {
        super(message, cause);
    }
}
