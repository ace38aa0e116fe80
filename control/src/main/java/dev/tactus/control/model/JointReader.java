package dev.tactus.control.model;

import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.config.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the joints of a {@code robot.yaml}: home, gains, the maker's limits, and what their motion is planned with. */
final class JointReader {
    private final FigureReader figures;
    /** The sources of the set of limits that is asked for. */
    private final Set<String> chosen;

    JointReader(FigureReader figures, Set<String> chosen) {
        this.figures = figures;
        this.chosen = chosen;
    }

    List<JointConfig> joints(ConfigMap map) {
        List<JointConfig> joints = new ArrayList<>();
        for (ConfigMap each : map.maps("joints")) {
            JointConfig joint = joint(each);
            if (joints.stream().anyMatch(other -> other.name().equals(joint.name()))) {
                throw each.error("name", "joint '" + joint.name() + "' stands twice. Remove one.");
            }
            joints.add(joint);
        }
        if (joints.isEmpty()) {
            throw map.error("joints", "a robot has at least one joint");
        }
        return joints;
    }

    private JointConfig joint(ConfigMap map) {
        String name = map.text("name");
        JointLimits limits = limits(map.map("limits"));
        double home = map.quantity("home", Unit.RADIAN);
        if (home < limits.positionMin() || home > limits.positionMax()) {
            throw map.error(
                    "home",
                    home + " rad is outside the position limits [" + limits.positionMin() + ", " + limits.positionMax()
                            + "] rad of " + name);
        }
        double stiffness = FigureReader.notNegative(map, "stiffness", Unit.NEWTON_METRE_PER_RADIAN);
        double damping = FigureReader.notNegative(map, "damping", Unit.NEWTON_METRE_S_PER_RADIAN);
        MotionBounds motion = motion(map.map("motion"), limits);
        map.rejectUnknownKeys();
        return new JointConfig(name, home, stiffness, damping, limits, motion);
    }

    private JointLimits limits(ConfigMap map) {
        double[] position = position(map.map("position"));
        ConfigMap velocity = map.map("velocity");
        double velocityMax = FigureReader.positive(velocity, "max", Unit.RADIAN_PER_S);
        figures.source(velocity);
        List<VelocityEnvelope> envelopes = new ArrayList<>();
        for (ConfigMap each : velocity.maps("envelopes")) {
            VelocityEnvelope envelope = envelope(each);
            if (chosen.contains(each.text("source"))) {
                envelopes.add(envelope);
            }
        }
        velocity.rejectUnknownKeys();
        JointLimits limits = new JointLimits(
                position[0],
                position[1],
                velocityMax,
                figures.maxIfApplicable(map.map("acceleration"), Unit.RADIAN_PER_S2),
                figures.maxIfApplicable(map.map("jerk"), Unit.RADIAN_PER_S3),
                figures.max(map.map("torque"), Unit.NEWTON_METRE),
                figures.maxIfApplicable(map.map("torque_rate"), Unit.NEWTON_METRE_PER_S),
                envelopes);
        map.rejectUnknownKeys();
        return limits;
    }

    /**
     * The range that holds. The file states that of all sets together, which is checked to lie in each of them; a set that
     * is asked for by name has a range of its own.
     */
    private double[] position(ConfigMap map) {
        double[] range = FigureReader.range(map, Unit.RADIAN);
        figures.source(map);
        double[] tightest = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] ofChosen = tightest.clone();
        boolean allChosen = true;
        for (ConfigMap set : map.maps("sets")) {
            double[] published = FigureReader.range(set, Unit.RADIAN);
            boolean counts = chosen.contains(figures.source(set));
            set.rejectUnknownKeys();
            tighten(tightest, published);
            if (counts) {
                tighten(ofChosen, published);
            }
            allChosen &= counts;
        }
        if (range[0] < tightest[0] || range[1] > tightest[1]) {
            throw map.error(
                    range[0] < tightest[0] ? "min" : "max",
                    "[" + range[0] + ", " + range[1] + "] rad reaches beyond the tightest of the sets below, ["
                            + tightest[0] + ", " + tightest[1] + "] rad. A limit must hold in every set.");
        }
        map.rejectUnknownKeys();
        return allChosen || Double.isInfinite(ofChosen[0]) ? range : ofChosen;
    }

    private static void tighten(double[] range, double[] published) {
        range[0] = Math.max(range[0], published[0]);
        range[1] = Math.min(range[1], published[1]);
    }

    private VelocityEnvelope envelope(ConfigMap map) {
        double[] range = FigureReader.range(map, Unit.RADIAN);
        figures.source(map);
        VelocityEnvelope envelope = new VelocityEnvelope(
                FigureReader.notNegative(map, "offset", Unit.RADIAN_PER_S),
                FigureReader.positive(map, "deceleration", Unit.RADIAN_PER_S2),
                range[0],
                range[1]);
        map.rejectUnknownKeys();
        return envelope;
    }

    private MotionBounds motion(ConfigMap map, JointLimits limits) {
        figures.source(map);
        double velocity = FigureReader.positive(map, "velocity", Unit.RADIAN_PER_S);
        if (velocity > limits.velocity()) {
            throw map.error(
                    "velocity",
                    velocity + " rad/s is above the published limit, " + limits.velocity()
                            + " rad/s. Plan with no more than that.");
        }
        OptionalDouble acceleration = within(map, "acceleration", Unit.RADIAN_PER_S2, limits.acceleration());
        OptionalDouble jerk = within(map, "jerk", Unit.RADIAN_PER_S3, limits.jerk());
        OptionalDouble braking = within(map, "braking", Unit.RADIAN_PER_S2, published(limits.deceleration()));
        if (acceleration.isPresent() && braking.isPresent() && braking.getAsDouble() > acceleration.getAsDouble()) {
            throw map.error(
                    "braking",
                    braking.getAsDouble() + " rad/s^2 is more than the acceleration, " + acceleration.getAsDouble()
                            + " rad/s^2; a stop is planned with no more than that");
        }
        map.rejectUnknownKeys();
        return new MotionBounds(velocity, acceleration, jerk, braking);
    }

    private static OptionalDouble published(double limit) {
        return Double.isInfinite(limit) ? OptionalDouble.empty() : OptionalDouble.of(limit);
    }

    private static OptionalDouble within(ConfigMap map, String key, Unit unit, OptionalDouble limit) {
        OptionalDouble bound = FigureReader.positiveIfApplicable(map, key, unit);
        if (limit.isPresent() && bound.orElse(Double.POSITIVE_INFINITY) > limit.getAsDouble()) {
            throw map.error(
                    key,
                    "'" + map.text(key) + "' is beyond the published limit, " + limit.getAsDouble() + " "
                            + unit.symbol() + ". Plan with no more than that.");
        }
        return bound;
    }
}
