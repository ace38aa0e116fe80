package dev.tactus.control.safety;

import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import java.util.List;

/**
 * Keeps torques and their rate of change within limits; the very last step before hardware. Its state is the torque that
 * it last issued. A torque that is not finite is answered by letting the last one fade to zero at the rate limit: a
 * constant torque would go on pushing. Called by the control thread; allocates nothing, never throws.
 */
public final class TorqueLimiter {
    private final InterventionCounters counters;
    private final double[] greatest;
    private final double[] rate;
    private final double[] issued;

    /**
     * Takes the limits of a robot; a joint without a published torque rate is not limited in it.
     *
     * @param joints the robot's joints in order
     * @param counters counts torque, torque rate and non-finite interventions
     */
    public TorqueLimiter(List<JointConfig> joints, InterventionCounters counters) {
        this.counters = counters;
        greatest = joints.stream().mapToDouble(joint -> joint.limits().effort()).toArray();
        rate = joints.stream()
                .map(JointConfig::limits)
                .map(JointLimits::effortRate)
                .mapToDouble(limit -> limit.orElse(Double.POSITIVE_INFINITY))
                .toArray();
        issued = new double[greatest.length];
    }

    /** Starts again from zero torque, as drives do when they are activated. */
    public void reset() {
        java.util.Arrays.fill(issued, 0);
    }

    /**
     * Limits torques in place.
     *
     * @param effort Nm, robot's joint order
     * @param seconds time since the last call, s
     */
    public void limit(double[] effort, double seconds) {
        for (int joint = 0; joint < issued.length; joint++) {
            issued[joint] = limited(joint, effort[joint], seconds);
            effort[joint] = issued[joint];
        }
    }

    private double limited(int joint, double wanted, double seconds) {
        double torque = wanted;
        if (!Double.isFinite(torque)) {
            counters.count(Intervention.NON_FINITE);
            torque = 0;
        } else if (Math.abs(torque) > greatest[joint]) {
            counters.count(Intervention.TORQUE);
            torque = Math.copySign(greatest[joint], torque);
        }
        double step = rate[joint] * seconds;
        if (Math.abs(torque - issued[joint]) > step) {
            if (Double.isFinite(wanted)) {
                counters.count(Intervention.TORQUE_RATE);
            }
            torque = issued[joint] + Math.copySign(step, torque - issued[joint]);
        }
        return torque;
    }
}
