package dev.tactus.control.hardware;

/** What a driver says about one read or one write: ros2_control's {@code return_type}. */
public enum HardwareStatus {
    /** Done. */
    OK,
    /** Not done this time; the next cycle may try again. */
    ERROR,
    /**
     * Not done, and trying again is of no use: the hardware is not, or no longer, in a state in which it could be done
     * (never activated, connection lost, emergency stop). Somebody outside the control loop has to bring it back by
     * life-cycle calls.
     */
    DEACTIVATE
}
