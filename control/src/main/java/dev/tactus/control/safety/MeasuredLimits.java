package dev.tactus.control.safety;

import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import java.util.List;

/**
 * Watches what the robot measured against its position and velocity limits. What was issued is always inside; what is
 * measured may not be, after a push or a collision: that is counted, and so is the return. Called by the control thread;
 * allocates nothing, never throws.
 */
public final class MeasuredLimits {
    private final InterventionCounters counters;
    private final JointLimits[] limits;
    private final boolean[] positionOutside;
    private final boolean[] velocityOutside;

    /**
     * Takes the limits.
     *
     * @param joints the robot's joints in order
     * @param counters counts departures and returns
     */
    public MeasuredLimits(List<JointConfig> joints, InterventionCounters counters) {
        this.counters = counters;
        limits = joints.stream().map(JointConfig::limits).toArray(JointLimits[]::new);
        positionOutside = new boolean[limits.length];
        velocityOutside = new boolean[limits.length];
    }

    /**
     * Looks at one measurement.
     *
     * @param state what was measured
     */
    public void observe(RobotState state) {
        for (int joint = 0; joint < limits.length; joint++) {
            JointLimits bound = limits[joint];
            double q = state.position()[joint];
            double v = state.velocity()[joint];
            boolean outside = q > bound.positionMax() || q < bound.positionMin();
            count(positionOutside, joint, outside, Intervention.MEASURED_POSITION);
            boolean fast = v > bound.velocityMax(q) || v < bound.velocityMin(q);
            // Resting outside the envelope of a limit is no motion that is too fast.
            count(velocityOutside, joint, fast && Math.abs(v) > JointBounds.SLACK, Intervention.MEASURED_VELOCITY);
        }
    }

    private void count(boolean[] outside, int joint, boolean now, Intervention kind) {
        if (now != outside[joint]) {
            counters.count(now ? kind : Intervention.RECOVERY);
            outside[joint] = now;
        }
    }
}
