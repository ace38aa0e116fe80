package dev.tactus.control.hardware;

import dev.tactus.control.model.BaseType;

/** What the drives do by themselves once commands have no effect any more. */
public enum StopKind {
    /** Brake as hard as the drives may, then hold the position that they came to rest in: an arm. */
    HOLD,
    /** No stiffness, only damping: a legged robot sinks to the ground instead of falling stiffly. */
    DAMP;

    /**
     * How a robot is stopped.
     *
     * @param base how it stands in the world
     * @return HOLD for a fixed base, DAMP for a floating one
     */
    public static StopKind of(BaseType base) {
        return base == BaseType.FIXED ? HOLD : DAMP;
    }
}
