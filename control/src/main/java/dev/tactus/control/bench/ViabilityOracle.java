package dev.tactus.control.bench;

import dev.tactus.control.dynamics.InverseDynamics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import java.util.Arrays;

/**
 * Says whether an issued state was allowed, without asking the safety filter: the limits from the robot's table, the stop
 * by small bang-bang steps, the distances by search. Slow and obvious on purpose.
 */
public final class ViabilityOracle {
    /** Rounding, in the quantity's own unit. */
    private static final double ROUNDING = 1e-8;

    /** What small steps of the slow stop cost in accuracy, rad and rad/s. */
    private static final double STEPPING_RAD = 1e-3;

    private static final double STEPPING_RAD_PER_S = 0.02;
    private static final double STEP_S = 2.5e-4;
    private static final double LONGEST_STOP_S = 20;
    private static final int LOOK_EVERY = 20;

    private final RobotConfig robot;
    private final int joints;
    private final InverseDynamics dynamics;
    private final SlowClearance clearance;
    private final boolean torqueMatters;
    private final double[] effort;
    private final double[] q;
    private final double[] v;
    private final double[] a;

    /**
     * Answers for a robot.
     *
     * @param robot its limits
     * @param tree its links
     * @param torque whether joint torques by inverse dynamics are among its limits
     */
    public ViabilityOracle(RobotConfig robot, KinematicTree tree, boolean torque) {
        this.robot = robot;
        joints = robot.joints().size();
        torqueMatters = torque;
        dynamics = new InverseDynamics(MultibodyModel.fixed(tree, robot.jointNames()));
        clearance = new SlowClearance(robot, tree);
        effort = new double[joints];
        q = new double[joints];
        v = new double[joints];
        a = new double[joints];
    }

    /**
     * Judges a sample that follows another after some time.
     *
     * @param before what was issued last
     * @param issued what was issued now
     * @param seconds time between both, s
     * @return what is wrong, or null
     */
    public String judge(JointReference before, JointReference issued, double seconds) {
        for (int joint = 0; joint < joints; joint++) {
            String fault = judge(robot.joints().get(joint), joint, before, issued, seconds);
            if (fault != null) {
                return fault;
            }
        }
        return torqueFault(issued.position(), issued.velocity(), issued.acceleration());
    }

    private static String judge(
            JointConfig joint, int i, JointReference before, JointReference issued, double seconds) {
        JointLimits limits = joint.limits();
        double position = issued.position()[i];
        double velocity = issued.velocity()[i];
        double acceleration = issued.acceleration()[i];
        if (!(position >= limits.positionMin() && position <= limits.positionMax())) {
            return joint.name() + ": position " + position;
        }
        double rate = (position - before.position()[i]) / seconds;
        if (joint.motion().acceleration().isEmpty()) {
            // A joint without bounds of acceleration: the rate of its target counts, which one subtraction rounds.
            double slack = ROUNDING + 1e-15 / seconds;
            return Math.abs(rate) <= limits.velocity() + slack && Math.abs(velocity) <= limits.velocity()
                    ? null
                    : joint.name() + ": rate " + rate + ", velocity " + velocity;
        }
        if (!(velocity <= limits.velocityMax(position) + ROUNDING
                && velocity >= limits.velocityMin(position) - ROUNDING)) {
            return joint.name() + ": velocity " + velocity + " at " + position;
        }
        double most = joint.motion().acceleration().getAsDouble();
        if (!(Math.abs(acceleration) <= most + ROUNDING)) {
            return joint.name() + ": acceleration " + acceleration;
        }
        double jerk = joint.motion().jerk().getAsDouble();
        double change = Math.abs(acceleration - before.acceleration()[i]);
        if (!(change <= jerk * seconds * (1 + 1e-6) + ROUNDING)) {
            return joint.name() + ": acceleration changes by " + change + " in " + seconds + " s";
        }
        double mean = 0.5 * (before.velocity()[i] + velocity);
        double bend = most * seconds * seconds / 2 + ROUNDING * seconds + 1e-14;
        boolean consistent = Math.abs(velocity - before.velocity()[i]) <= most * seconds + ROUNDING
                && Math.abs(position - before.position()[i] - mean * seconds) <= bend;
        return consistent ? null : joint.name() + ": position and velocity do not belong together";
    }

    /** What is wrong along the slow stop from a sample, or null. */
    String judgeStop(JointReference issued) {
        System.arraycopy(issued.position(), 0, q, 0, joints);
        System.arraycopy(issued.velocity(), 0, v, 0, joints);
        System.arraycopy(issued.acceleration(), 0, a, 0, joints);
        boolean moving = true;
        int step = 0;
        while (moving) {
            if (step % LOOK_EVERY == 0) {
                String fault = clearance.fault(q);
                fault = fault == null ? torqueFault(q, v, a) : fault;
                if (fault != null) {
                    return "in the stop after " + step * STEP_S + " s: " + fault;
                }
            }
            moving = false;
            for (int joint = 0; joint < joints; joint++) {
                String fault = brake(robot.joints().get(joint), joint);
                if (fault != null) {
                    return "in the stop after " + step * STEP_S + " s: " + fault;
                }
                moving |= v[joint] != 0 || a[joint] != 0;
            }
            step++;
            if (step * STEP_S > LONGEST_STOP_S) {
                return "does not stop";
            }
        }
        return null;
    }

    /** One small step of bang-bang braking. */
    private String brake(JointConfig joint, int i) {
        if (joint.motion().jerk().isEmpty()) {
            v[i] = 0;
            a[i] = 0;
            return null;
        }
        double jerk = joint.motion().jerk().getAsDouble();
        double brake = joint.motion().braking().getAsDouble();
        double left = v[i] + a[i] * Math.abs(a[i]) / (2 * jerk);
        if (Math.abs(v[i]) <= 4 * jerk * STEP_S * STEP_S && Math.abs(a[i]) <= 2 * jerk * STEP_S) {
            v[i] = 0;
            a[i] = 0;
            return null;
        }
        double goal = -Math.copySign(brake, left);
        double j = Math.clamp((goal - a[i]) / STEP_S, -jerk, jerk);
        q[i] += STEP_S * (v[i] + STEP_S * (a[i] / 2 + STEP_S * j / 6));
        v[i] += STEP_S * (a[i] + STEP_S * j / 2);
        a[i] += STEP_S * j;
        JointLimits limits = joint.limits();
        boolean within = q[i] >= limits.positionMin() - STEPPING_RAD && q[i] <= limits.positionMax() + STEPPING_RAD;
        boolean slow = v[i] <= limits.velocityMax(q[i]) + STEPPING_RAD_PER_S
                && v[i] >= limits.velocityMin(q[i]) - STEPPING_RAD_PER_S;
        return within && slow ? null : joint.name() + " at " + q[i] + " rad with " + v[i] + " rad/s";
    }

    private String torqueFault(double[] position, double[] velocity, double[] acceleration) {
        if (!torqueMatters) {
            return null;
        }
        dynamics.compute(position, velocity, acceleration, effort);
        for (int joint = 0; joint < joints; joint++) {
            double most = robot.joints().get(joint).limits().effort();
            if (!(Math.abs(effort[joint]) <= most)) {
                return robot.joints().get(joint).name() + ": torque " + effort[joint] + " Nm of " + most + " at q "
                        + Arrays.toString(position) + " v " + Arrays.toString(velocity) + " a "
                        + Arrays.toString(acceleration);
            }
        }
        return null;
    }
}
