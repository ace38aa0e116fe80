package dev.tactus.control.bench;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.control.safety.SafetyFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the safety filter makes of one bad joint over three and a half seconds, to look at: the command runs into the upper
 * limit, then into the lower one, then is NaN, then goes home.
 */
public final class SafetyTrace {
    private static final int EVERY = 10;
    private static final int CYCLES = 3600;
    private static final double OVER = 0.5;

    private SafetyTrace() {}

    /**
     * Records the robot's first joint.
     *
     * @param robot a robot whose joints have bounds of acceleration and jerk
     * @param tree its links
     * @return command, position, velocity and acceleration over time, and the limits
     */
    public static Map<String, Object> of(RobotConfig robot, KinematicTree tree) {
        SafetyFilter filter = new SafetyFilter(robot, tree, new InterventionCounters());
        filter.reset(robot.home(), 0);
        JointReference reference = new JointReference(robot.joints().size());
        JointLimits limits = robot.joints().getFirst().limits();
        double period = 1 / robot.controlRateHz();
        List<Double> wanted = new ArrayList<>();
        List<Double> position = new ArrayList<>();
        List<Double> velocity = new ArrayList<>();
        List<Double> acceleration = new ArrayList<>();
        List<Double> velocityMax = new ArrayList<>();
        List<Double> velocityMin = new ArrayList<>();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            System.arraycopy(robot.home(), 0, reference.position(), 0, reference.joints());
            java.util.Arrays.fill(reference.velocity(), 0);
            java.util.Arrays.fill(reference.acceleration(), 0);
            double command = command(cycle * period, limits, robot.home()[0]);
            reference.position()[0] = command;
            filter.limit(reference, period);
            if (cycle % EVERY == 0) {
                wanted.add(Double.isNaN(command) ? null : command);
                position.add(reference.position()[0]);
                velocity.add(reference.velocity()[0]);
                acceleration.add(reference.acceleration()[0]);
                velocityMax.add(limits.velocityMax(reference.position()[0]));
                velocityMin.add(limits.velocityMin(reference.position()[0]));
            }
        }
        Map<String, Object> trace = new LinkedHashMap<>();
        trace.put("joint", robot.joints().getFirst().name());
        trace.put("period_s", EVERY * period);
        trace.put("position_min_rad", limits.positionMin());
        trace.put("position_max_rad", limits.positionMax());
        trace.put(
                "acceleration_max_rad_per_s2",
                robot.joints().getFirst().motion().acceleration().orElseThrow());
        trace.put("wanted_rad", wanted);
        trace.put("position_rad", position);
        trace.put("velocity_rad_per_s", velocity);
        trace.put("velocity_max_rad_per_s", velocityMax);
        trace.put("velocity_min_rad_per_s", velocityMin);
        trace.put("acceleration_rad_per_s2", acceleration);
        return trace;
    }

    private static double command(double t, JointLimits limits, double home) {
        if (t < 0.2 || t >= 2.8) {
            return home;
        }
        if (t < 1.6) {
            return limits.positionMax() + OVER;
        }
        return t < 2.3 ? limits.positionMin() - OVER : Double.NaN;
    }
}
