package dev.tactus.control.hardware;

/**
 * Hardware refuses a life-cycle transition, or cannot make it: ros2_control's {@code CallbackReturn::FAILURE}. The state
 * stays what it was, and the call may be made again once the reason is gone.
 */
public final class HardwareException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what was refused, why, and what to do about it
     */
    public HardwareException(String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what was refused, why, and what to do about it
     * @param cause what went wrong below
     */
    public HardwareException(String message, Throwable cause) {
        super(message, cause);
    }
}
