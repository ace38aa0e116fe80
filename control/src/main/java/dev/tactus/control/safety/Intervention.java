package dev.tactus.control.safety;

/** Why something else was issued than was asked for, or the robot was stopped. */
public enum Intervention {
    /** The reference was outside the position limits, or could not have stopped inside them. Counted per joint and cycle. */
    POSITION(true),
    /** The reference was faster than the joint may be at its position, or too fast to stop in time. Per joint and cycle. */
    VELOCITY(true),
    /** The reference could not be reached with the acceleration bound. Per joint and cycle. */
    ACCELERATION(true),
    /** The reference could not be reached with the jerk bound. Per joint and cycle. */
    JERK(true),
    /** The motion, or the stop after it, would have needed a joint torque beyond its limit. Per cycle. */
    INVERSE_DYNAMICS(true),
    /** The motion, or the stop after it, would have brought two links too close to each other. Per cycle. */
    SELF_COLLISION(true),
    /** The motion, or the stop after it, would have taken the tool out of its workspace. Per cycle. */
    WORKSPACE(true),
    /** A torque was beyond its limit. Per joint and cycle. */
    TORQUE(true),
    /** A torque changed faster than its rate limit. Per joint and cycle. */
    TORQUE_RATE(true),
    /** The drives' own control loop would have asked for more torque than their limit; gains were scaled. Per joint and cycle. */
    DRIVE_TORQUE(true),

    /** Nothing else was viable: the next sample of the stored stop was issued. Per cycle. */
    STORED_STOP(false),
    /**
     * The limit that is last in the robot's order of priority did not hold where the robot stood at the start; it is
     * enforced from when it first holds. Per start.
     */
    RELAXED_LIMIT(false),
    /** A reference or a torque was NaN or infinite. Per joint and cycle. */
    NON_FINITE(false),
    /** The target of a policy tick was further away than the reference speed allows. Per plan. */
    REFERENCE_SPEED(false),
    /** The target of a policy tick was put off because an acceleration or jerk limit did not allow it in time. Per plan. */
    DEFERRED_TARGET(false),
    /** A row of an action chunk was not finite, or its rotation was no rotation. Per tick. */
    BAD_ROW(false),
    /** Inverse kinematics found no solution for a row. Per tick. */
    INVERSE_KINEMATICS(false),
    /** A tick came for which the newest chunk has no row any more. Per tick. */
    UNDERRUN(false),
    /** A tick came that lies before the first row of the only chunk at hand, which was taken instead. Per plan. */
    EARLY_CHUNK(false),
    /** A chunk arrived after one with a newer observation, and was dropped. Per chunk. */
    OUTDATED_CHUNK(false),

    /** Hardware was not read. Per cycle. */
    READ_FAILED(false),
    /** Hardware was not written. Per cycle. */
    WRITE_FAILED(false),
    /** A cycle came so late that deadlines had passed without one. Per cycle. */
    MISSED_DEADLINE(false),
    /** Time stood still or ran backwards between two cycles. Per cycle. */
    TIME_JUMP(false),
    /** A measured position was outside its limit, as after a push. Per joint, when it leaves. */
    MEASURED_POSITION(false),
    /** A measured velocity was beyond its limit. Per joint, when it leaves. */
    MEASURED_VELOCITY(false),
    /** A measured position or velocity came back inside its limit. Per joint, when it returns. */
    RECOVERY(false),
    /** The observation behind the reference was too old: the robot stops until a newer one. Per stop. */
    STALE_OBSERVATION(false),
    /** No chunk came for too long: the robot stops until one does. Per stop. */
    POLICY_SILENCE(false),
    /** The e-stop latched. Per latching. */
    EMERGENCY_STOP(false);

    private static final Intervention[] KINDS = values();

    private final boolean limit;

    Intervention(boolean limit) {
        this.limit = limit;
    }

    /**
     * Number of kinds.
     *
     * @return kinds
     */
    static int kinds() {
        return KINDS.length;
    }

    /**
     * Whether this kind enforces a limit of the robot, as against a fault of its input or of the machine.
     *
     * @return true for position, velocity, acceleration, jerk, torques, self-collision and workspace
     */
    public boolean isLimit() {
        return limit;
    }
}
