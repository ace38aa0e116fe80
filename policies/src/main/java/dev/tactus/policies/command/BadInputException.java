package dev.tactus.policies.command;

/**
 * Input that a user can mend. Its message is all that the user sees, so it says what was found, where, what is allowed
 * and how to fix it. Ends a command with {@link ExitCode#BAD_INPUT}.
 */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was found, where, what is allowed, how to fix it
     */
    public BadInputException(String message) {
        super(message);
    }

    /**
     * Makes the exception for a cause that a library reported.
     *
     * @param message what was found, where, what is allowed, how to fix it
     * @param cause the library's own exception
     */
    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
