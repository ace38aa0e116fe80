package dev.tactus.control.model;

import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.config.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads one {@code robot.yaml}; each method reads one mapping of it and refuses what that mapping should not have. */
final class RobotConfigReader {
    private static final int SCHEMA = 1;

    private final Path file;
    private final Map<String, String> sources = new LinkedHashMap<>();

    RobotConfigReader(Path file) {
        this.file = file;
    }

    RobotConfig read() {
        ConfigMap map = ConfigMap.read(file);
        map.integer("schema", SCHEMA, SCHEMA);
        Path folder = file.toAbsolutePath().normalize().getParent();
        String name = map.text("name");
        if (!name.equals(folder.getFileName().toString())) {
            throw map.error(
                    "name",
                    "'" + name + "' is not the folder's name, '" + folder.getFileName() + "'. Make both the same.");
        }
        String description = map.text("description");
        String baseLink = map.text("base_link");
        String toolFrame = map.text("tool_frame");
        Path urdf = existing(map, "urdf", folder);
        Path mjcf = existing(map, "mjcf", folder);
        double rate = positive(map, "control_rate", Unit.HERTZ);
        readSources(map.map("sources"));
        List<JointConfig> joints = joints(map);
        GripperConfig gripper = gripper(map.map("gripper"));
        map.rejectUnknownKeys();
        return new RobotConfig(
                name, folder, urdf, mjcf, baseLink, toolFrame, rate, joints, gripper, description, sources);
    }

    private static Path existing(ConfigMap map, String key, Path folder) {
        Path path = folder.resolve(map.text(key));
        if (!Files.isRegularFile(path)) {
            throw map.error(key, "there is no file " + path + ". Name a file in the folder of robot.yaml.");
        }
        return path;
    }

    private void readSources(ConfigMap map) {
        for (String key : map.keys()) {
            sources.put(key, map.text(key));
        }
    }

    private List<JointConfig> joints(ConfigMap map) {
        List<JointConfig> joints = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigMap joint : map.maps("joints")) {
            JointConfig config = joint(joint);
            if (!names.add(config.name())) {
                throw joint.error("name", "joint '" + config.name() + "' stands twice. Remove one.");
            }
            joints.add(config);
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
        double stiffness = notNegative(map, "stiffness", Unit.NEWTON_METRE_PER_RADIAN);
        double damping = notNegative(map, "damping", Unit.NEWTON_METRE_S_PER_RADIAN);
        map.rejectUnknownKeys();
        return new JointConfig(name, home, stiffness, damping, limits);
    }

    private JointLimits limits(ConfigMap map) {
        double[] position = position(map.map("position"));
        ConfigMap velocity = map.map("velocity");
        double velocityMax = positive(velocity, "max", Unit.RADIAN_PER_S);
        source(velocity);
        List<VelocityEnvelope> envelopes = new ArrayList<>();
        for (ConfigMap envelope : velocity.maps("envelopes")) {
            envelopes.add(envelope(envelope));
        }
        velocity.rejectUnknownKeys();
        JointLimits limits = new JointLimits(
                position[0],
                position[1],
                velocityMax,
                maxIfApplicable(map.map("acceleration"), Unit.RADIAN_PER_S2),
                maxIfApplicable(map.map("jerk"), Unit.RADIAN_PER_S3),
                max(map.map("torque"), Unit.NEWTON_METRE),
                maxIfApplicable(map.map("torque_rate"), Unit.NEWTON_METRE_PER_S),
                envelopes);
        map.rejectUnknownKeys();
        return limits;
    }

    /** The limits that hold, checked to be the pointwise minimum of the maker's sets. */
    private double[] position(ConfigMap map) {
        double[] range = range(map, Unit.RADIAN);
        source(map);
        double min = Double.NEGATIVE_INFINITY;
        double max = Double.POSITIVE_INFINITY;
        for (ConfigMap set : map.maps("sets")) {
            double[] published = range(set, Unit.RADIAN);
            source(set);
            set.rejectUnknownKeys();
            min = Math.max(min, published[0]);
            max = Math.min(max, published[1]);
        }
        if (range[0] < min || range[1] > max) {
            throw map.error(
                    range[0] < min ? "min" : "max",
                    "[" + range[0] + ", " + range[1] + "] rad reaches beyond the tightest of the sets below, [" + min
                            + ", " + max + "] rad. A limit must hold in every set.");
        }
        map.rejectUnknownKeys();
        return range;
    }

    private VelocityEnvelope envelope(ConfigMap map) {
        double[] range = range(map, Unit.RADIAN);
        source(map);
        VelocityEnvelope envelope = new VelocityEnvelope(
                notNegative(map, "offset", Unit.RADIAN_PER_S),
                positive(map, "deceleration", Unit.RADIAN_PER_S2),
                range[0],
                range[1]);
        map.rejectUnknownKeys();
        return envelope;
    }

    private GripperConfig gripper(ConfigMap map) {
        ConfigMap openingMap = map.map("opening");
        double[] opening = range(openingMap, Unit.METRE);
        source(openingMap);
        openingMap.rejectUnknownKeys();
        List<String> joints = map.texts("joints");
        if (joints.isEmpty()) {
            throw map.error("joints", "name at least one finger joint");
        }
        GripperConfig gripper = new GripperConfig(
                map.text("name"),
                joints,
                opening[0],
                opening[1],
                max(map.map("finger_speed"), Unit.METRE_PER_S),
                max(map.map("force"), Unit.NEWTON));
        map.rejectUnknownKeys();
        return gripper;
    }

    private static double[] range(ConfigMap map, Unit unit) {
        double min = map.quantity("min", unit);
        double max = map.quantity("max", unit);
        if (min >= max) {
            throw map.error("max", max + " " + unit.symbol() + " must be greater than min, " + min);
        }
        return new double[] {min, max};
    }

    private double max(ConfigMap map, Unit unit) {
        source(map);
        double value = positive(map, "max", unit);
        map.rejectUnknownKeys();
        return value;
    }

    private OptionalDouble maxIfApplicable(ConfigMap map, Unit unit) {
        if (map.text("max").equals("not_applicable")) {
            source(map);
            map.rejectUnknownKeys();
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(max(map, unit));
    }

    private void source(ConfigMap map) {
        String source = map.text("source");
        if (!sources.containsKey(source)) {
            throw map.error(
                    "source",
                    "'" + source + "' is not among the sources of this file: " + String.join(", ", sources.keySet()));
        }
    }

    private static double positive(ConfigMap map, String key, Unit unit) {
        double value = map.quantity(key, unit);
        if (value <= 0) {
            throw map.error(key, value + " " + unit.symbol() + " is not allowed; it must be greater than zero");
        }
        return value;
    }

    private static double notNegative(ConfigMap map, String key, Unit unit) {
        double value = map.quantity(key, unit);
        if (value < 0) {
            throw map.error(key, value + " " + unit.symbol() + " is not allowed; it must not be negative");
        }
        return value;
    }
}
