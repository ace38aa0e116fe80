package dev.tactus.control.hardware;

/** What a driver says about one read or one write. */
public enum HardwareStatus {
    /** Done. */
    OK,
    /** Not done; the next cycle may try again. */
    ERROR,
    /** Not done, because the hardware is not active. */
    NOT_ACTIVE
}
