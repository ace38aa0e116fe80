package dev.tactus.control.controller;

/** What a controller is doing. */
public enum ControllerStatus {
    /** No chunk has come yet; the reference rests where the episode began. */
    WAITING,
    /** Following the newest chunk. */
    TRACKING,
    /** The chunk ran out or its row was unusable; the reference stops until a usable row comes. */
    STOPPED,
    /** Held by {@link Controller#hold} or by a fault of the policy, until the next start. */
    HOLDING
}
