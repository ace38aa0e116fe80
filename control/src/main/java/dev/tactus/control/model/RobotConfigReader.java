package dev.tactus.control.model;

import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.config.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one {@code robot.yaml}; each method reads one mapping of it and refuses what that mapping should not have. */
final class RobotConfigReader {
    private static final int SCHEMA = 2;
    private static final String NONE = "none";

    private final Path file;

    RobotConfigReader(Path file) {
        this.file = file;
    }

    RobotConfig read(String limitSet) {
        ConfigMap map = ConfigMap.read(file);
        map.integer("schema", SCHEMA, SCHEMA);
        Path folder = file.toAbsolutePath().normalize().getParent();
        String name = map.text("name");
        if (!name.equals(folder.getFileName().toString())) {
            throw map.error(
                    "name",
                    "'" + name + "' is not the folder's name, '" + folder.getFileName() + "'. Make both the same.");
        }
        FigureReader figures = new FigureReader(map.map("sources"));
        List<JointConfig> joints = new JointReader(figures, limitSet(map, figures, limitSet)).joints(map);
        ProtectionReader protection = new ProtectionReader(figures);
        RobotConfig robot = new RobotConfig(
                name,
                map.text("description"),
                folder,
                existing(map, "urdf", folder),
                existing(map, "mjcf", folder),
                map.choice("base", BaseType.class),
                map.text("base_link"),
                Optional.of(map.text("tool_frame")).filter(frame -> !frame.equals(NONE)),
                FigureReader.positive(map, "control_rate", Unit.HERTZ),
                commandInterfaces(map),
                joints,
                map.optionalMap("gripper").map(gripper -> gripper(figures, gripper)),
                jointOrders(map, joints),
                new StanceReader(figures, joints).stance(map),
                limitSet,
                protection.workspace(map),
                protection.selfCollision(map),
                protection.supervision(map.map("supervision")),
                protection.limitPriority(map),
                figures.sources());
        refuseContradictions(map, robot);
        map.rejectUnknownKeys();
        return robot;
    }

    private static void refuseContradictions(ConfigMap map, RobotConfig robot) {
        if (robot.workspace().isPresent() && robot.toolFrame().isEmpty()) {
            throw map.error(
                    "workspace", "bounds the tool frame, but tool_frame is none. Name one, or write none here.");
        }
    }

    private static Path existing(ConfigMap map, String key, Path folder) {
        Path path = folder.resolve(map.text(key));
        if (!Files.isRegularFile(path)) {
            throw map.error(key, "there is no file " + path + ". Name a file in the folder of robot.yaml.");
        }
        return path;
    }

    private static Set<CommandInterface> commandInterfaces(ConfigMap map) {
        Set<CommandInterface> interfaces =
                new LinkedHashSet<>(map.choices("command_interfaces", CommandInterface.class));
        if (interfaces.isEmpty()) {
            throw map.error("command_interfaces", "a robot takes at least one; write what its drives accept");
        }
        return interfaces;
    }

    /** The sources whose ranges and envelopes count: those of one set, or of all. */
    private static Set<String> limitSet(ConfigMap map, FigureReader figures, String wanted) {
        Map<String, List<String>> sets = new LinkedHashMap<>();
        map.optionalMap("limit_sets").ifPresent(named -> {
            for (String set : named.keys()) {
                for (String source : named.texts(set)) {
                    figures.requireKnown(named, set, source);
                }
                sets.put(set, named.texts(set));
            }
        });
        if (wanted.equals(RobotConfig.MINIMUM)) {
            return figures.sources().keySet();
        }
        if (!sets.containsKey(wanted)) {
            throw map.error(
                    "limit_sets",
                    "there is no set '" + wanted + "'; there are: "
                            + String.join(", ", sets.isEmpty() ? Set.of(NONE) : sets.keySet()) + ", and '"
                            + RobotConfig.MINIMUM + "', which keeps to all of them");
        }
        return Set.copyOf(sets.get(wanted));
    }

    private static Map<String, JointOrder> jointOrders(ConfigMap map, List<JointConfig> joints) {
        List<String> names = joints.stream().map(JointConfig::name).toList();
        Map<String, JointOrder> orders = new LinkedHashMap<>();
        map.optionalMap("joint_orders").ifPresent(named -> {
            for (String key : named.keys()) {
                JointOrder order = new JointOrder(key, named.texts(key));
                if (!order.isPermutationOf(names)) {
                    throw named.error(
                            key,
                            "[" + String.join(", ", order.joints()) + "] is no order of the joints; each of "
                                    + String.join(", ", names) + " must stand in it once");
                }
                orders.put(key, order);
            }
        });
        return orders;
    }

    private static GripperConfig gripper(FigureReader figures, ConfigMap map) {
        ConfigMap openingMap = map.map("opening");
        double[] opening = FigureReader.range(openingMap, Unit.METRE);
        figures.source(openingMap);
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
                figures.max(map.map("finger_speed"), Unit.METRE_PER_S),
                figures.max(map.map("force"), Unit.NEWTON));
        map.rejectUnknownKeys();
        return gripper;
    }
}
