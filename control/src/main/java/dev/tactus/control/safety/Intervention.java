package dev.tactus.control.safety;

/** Why something else was issued than was asked for. */
public enum Intervention {
    /** The reference was outside the position limits. Counted per joint and cycle. */
    POSITION,
    /** The reference was faster than the joint may be at its position, or too fast to stop in time. Per joint and cycle. */
    VELOCITY,
    /** The reference could not be reached with the acceleration limit. Per joint and cycle. */
    ACCELERATION,
    /** A torque was beyond its limit. Per joint and cycle. */
    TORQUE,
    /** A torque changed faster than its rate limit. Per joint and cycle. */
    TORQUE_RATE,
    /** A reference or a torque was NaN or infinite. Per joint and cycle. */
    NON_FINITE,
    /** The target of a policy tick was further away than the reference speed allows. Per plan. */
    REFERENCE_SPEED,
    /** The target of a policy tick was put off because an acceleration or jerk limit did not allow it in time. Per plan. */
    DEFERRED_TARGET,
    /** A row of an action chunk was not finite, or its rotation was no rotation. Per tick. */
    BAD_ROW,
    /** Inverse kinematics found no solution for a row. Per tick. */
    INVERSE_KINEMATICS,
    /** A tick came for which the newest chunk has no row any more. Per tick. */
    UNDERRUN,
    /** A tick came that lies before the first row of the only chunk at hand, which was taken instead. Per plan. */
    EARLY_CHUNK,
    /** A chunk arrived after one with a newer observation, and was dropped. Per chunk. */
    OUTDATED_CHUNK,
    /** Hardware was not read. Per cycle. */
    READ_FAILED,
    /** Hardware was not written. Per cycle. */
    WRITE_FAILED;

    private static final Intervention[] KINDS = values();

    /**
     * Number of kinds.
     *
     * @return kinds
     */
    static int kinds() {
        return KINDS.length;
    }

    /**
     * Whether this kind enforces a limit of the robot, as against a fault of its input.
     *
     * @return true for position, velocity, acceleration, torque and torque rate
     */
    public boolean isLimit() {
        return ordinal() <= TORQUE_RATE.ordinal();
    }
}
