package dev.tactus.control.model;

import dev.tactus.control.model.KinematicTree.Link;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a URDF into a {@link KinematicTree}. Geometry, transmissions and what simulators add are skipped. Xacro is not
 * expanded here: run {@code xacro} first.
 *
 * <p>Source of the format: ROS, URDF XML specification (link, joint).
 */
public final class UrdfReader {
    /** Beyond two full turns either way, a limit in rad is taken for one in degrees. */
    private static final double MAX_ANGLE = 4 * Math.PI;
    /** No joint of a robot turns faster, rad/s; 180 deg/s is often written as 180. */
    private static final double MAX_SPEED = 100;
    /** No joint of a robot slides further, m; 800 mm is often written as 800. */
    private static final double MAX_TRAVEL = 50;

    private static final double[] ZERO = {0, 0, 0};
    private static final double[] FREE = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0};

    private final XmlElement robot;
    private final Map<String, XmlElement> links = new LinkedHashMap<>();
    /** The joint that carries each link, by the link's name. */
    private final Map<String, XmlElement> carriers = new LinkedHashMap<>();

    private final Map<String, List<String>> children = new LinkedHashMap<>();
    private final List<Link> tree = new ArrayList<>();

    private UrdfReader(XmlElement robot) {
        this.robot = robot;
    }

    /**
     * Reads a URDF.
     *
     * @param file the file
     * @return its tree: links in the order of the joints in the file, depth first
     * @throws dev.tactus.policies.command.BadInputException if it is no URDF, or describes no tree with plausible
     *     inertias and limits; says file, line, what was found and what is allowed
     */
    public static KinematicTree read(Path file) {
        XmlElement robot = XmlElement.read(file);
        if (!robot.name().equals("robot")) {
            throw robot.error("is not a URDF's top element; <robot name=\"...\"> is expected");
        }
        return new UrdfReader(robot).tree();
    }

    private KinematicTree tree() {
        refuseXacro(robot);
        for (XmlElement link : robot.children("link")) {
            if (links.put(link.text("name"), link) != null) {
                throw link.error("stands twice. Give every link a name of its own.");
            }
        }
        connect();
        add(root(), "", JointType.FIXED, -1, ZERO, identity(), ZERO, FREE);
        if (tree.size() < links.size()) {
            List<String> reached = tree.stream().map(Link::name).toList();
            String lost = links.keySet().stream()
                    .filter(link -> !reached.contains(link))
                    .findFirst()
                    .orElseThrow();
            throw carriers.get(lost)
                    .error("closes a loop: following parents from link '" + lost + "' never reaches the root. A tree is"
                            + " expected; cut the loop at one joint.");
        }
        return new KinematicTree(robot.text("name"), tree);
    }

    /** Macros may stand anywhere, and expressions in any attribute. */
    private static void refuseXacro(XmlElement element) {
        boolean expression =
                element.attributes().values().stream().anyMatch(value -> value.contains("${") || value.contains("$("));
        if (expression || element.name().startsWith("xacro:")) {
            throw element.error("is xacro. Expand the file first: xacro robot.urdf.xacro > robot.urdf");
        }
        element.children().forEach(UrdfReader::refuseXacro);
    }

    private void connect() {
        Map<String, XmlElement> joints = new LinkedHashMap<>();
        for (XmlElement joint : robot.children("joint")) {
            if (joints.put(joint.text("name"), joint) != null) {
                throw joint.error("stands twice. Give every joint a name of its own.");
            }
            String parent = end(joint, "parent");
            String child = end(joint, "child");
            XmlElement other = carriers.put(child, joint);
            if (other != null) {
                throw joint.error("is the second joint that carries link '" + child + "' (the first is '"
                        + other.text("name") + "' on line " + other.line() + "), which closes a loop. A tree is"
                        + " expected.");
            }
            children.computeIfAbsent(parent, key -> new ArrayList<>()).add(child);
        }
    }

    private String end(XmlElement joint, String which) {
        String link = joint.requireChild(which).text("link");
        if (!links.containsKey(link)) {
            throw joint.requireChild(which)
                    .error("names link '" + link + "', which this file does not have; its links are: "
                            + String.join(", ", links.keySet()));
        }
        return link;
    }

    private String root() {
        List<String> roots = links.keySet().stream()
                .filter(link -> !carriers.containsKey(link))
                .toList();
        if (roots.size() == 1) {
            return roots.getFirst();
        }
        throw robot.error(
                roots.isEmpty()
                        ? "has no root: every link is carried by a joint, which closes a loop. A tree is expected."
                        : "has " + roots.size() + " links that no joint carries (" + String.join(", ", roots)
                                + "); a joint is missing. A tree has one root.");
    }

    /** Adds a link, then everything that hangs on it. */
    private void add(
            String name,
            String joint,
            JointType type,
            int parent,
            double[] translation,
            double[] rotation,
            double[] axis,
            double[] limits) {
        int number = tree.size();
        UrdfInertia inertia = UrdfInertia.of(links.get(name), type != JointType.FIXED);
        tree.add(new Link(
                name,
                joint,
                type,
                parent,
                translation,
                rotation,
                axis,
                inertia.mass(),
                inertia.centre(),
                inertia.matrix(),
                limits));
        for (String child : children.getOrDefault(name, List.of())) {
            addCarried(child, number);
        }
    }

    private void addCarried(String name, int parent) {
        XmlElement joint = carriers.get(name);
        JointType type = type(joint);
        if (joint.child("mimic").isPresent()) {
            throw joint.error("mimics another joint, which is not supported: a coupled joint would move without being"
                    + " measured. Remove <mimic> and couple the joints in the driver or the simulator.");
        }
        double[] xyz = ZERO;
        double[] rpy = ZERO;
        if (joint.child("origin").isPresent()) {
            xyz = joint.requireChild("origin").triple("xyz", ZERO);
            rpy = joint.requireChild("origin").triple("rpy", ZERO);
            requireRadian(joint.requireChild("origin"), rpy);
        }
        add(
                name,
                joint.text("name"),
                type,
                parent,
                xyz,
                rotation(rpy),
                type == JointType.FIXED ? ZERO : axis(joint),
                limits(joint, type));
    }

    /** No description turns a frame by more than a full turn. */
    static void requireRadian(XmlElement origin, double[] rpy) {
        for (double angle : rpy) {
            if (Math.abs(angle) > 2 * Math.PI + 1e-3) {
                throw origin.error(
                        "turns by " + angle + " rad, more than a full turn: that looks like degrees. Write radian.");
            }
        }
    }

    private static JointType type(XmlElement joint) {
        return switch (joint.text("type")) {
            case "fixed" -> JointType.FIXED;
            case "revolute" -> JointType.REVOLUTE;
            case "continuous" -> JointType.CONTINUOUS;
            case "prismatic" -> JointType.PRISMATIC;
            default ->
                throw joint.error(
                        "has type '" + joint.text("type") + "'; allowed are fixed, revolute, continuous and prismatic");
        };
    }

    private static double[] axis(XmlElement joint) {
        if (joint.child("axis").isEmpty()) {
            return new double[] {1, 0, 0};
        }
        double[] axis = joint.requireChild("axis").triple("xyz", 1, 0, 0);
        double length = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
        if (length < 1e-9) {
            throw joint.requireChild("axis").error("has length zero. Give the direction that the joint moves about.");
        }
        return new double[] {axis[0] / length, axis[1] / length, axis[2] / length};
    }

    private static double[] limits(XmlElement joint, JointType type) {
        if (type == JointType.FIXED) {
            return FREE;
        }
        XmlElement limit = joint.child("limit")
                .orElseThrow(
                        () -> joint.error("has no <limit>. Every joint that moves needs one: lower, upper, velocity,"
                                + " effort (a continuous one: velocity, effort)."));
        double velocity = positive(limit, "velocity");
        double effort = positive(limit, "effort");
        if (type != JointType.PRISMATIC && velocity > MAX_SPEED) {
            throw joint.error("may turn at " + velocity + " rad/s, more than " + MAX_SPEED
                    + ": that looks like degrees per second. Write rad/s.");
        }
        if (type == JointType.CONTINUOUS) {
            return new double[] {FREE[0], FREE[1], velocity, effort};
        }
        double lower = limit.number("lower");
        double upper = limit.number("upper");
        if (lower >= upper) {
            throw joint.error("has lower limit " + lower + " and upper limit " + upper + "; lower must be less");
        }
        if (type == JointType.REVOLUTE && Math.max(-lower, upper) > MAX_ANGLE) {
            throw joint.error("may turn from " + lower + " to " + upper + " rad, more than two full turns: that looks"
                    + " like degrees. Write radian, or make the joint continuous.");
        }
        if (type == JointType.PRISMATIC && Math.max(-lower, upper) > MAX_TRAVEL) {
            throw joint.error(
                    "may slide from " + lower + " to " + upper + " m: that looks like millimetres. Write" + " metres.");
        }
        return new double[] {lower, upper, velocity, effort};
    }

    private static double positive(XmlElement limit, String attribute) {
        double value = limit.number(attribute);
        if (value <= 0) {
            throw limit.error("has " + attribute + " " + value + "; it must be greater than zero");
        }
        return value;
    }

    /** Fixed-axis roll, pitch, yaw: Rz(yaw) Ry(pitch) Rx(roll). */
    static double[] rotation(double[] rpy) {
        double cr = Math.cos(rpy[0]);
        double sr = Math.sin(rpy[0]);
        double cp = Math.cos(rpy[1]);
        double sp = Math.sin(rpy[1]);
        double cy = Math.cos(rpy[2]);
        double sy = Math.sin(rpy[2]);
        return new double[] {
            cy * cp,
            cy * sp * sr - sy * cr,
            cy * sp * cr + sy * sr,
            sy * cp,
            sy * sp * sr + cy * cr,
            sy * sp * cr - cy * sr,
            -sp,
            cp * sr,
            cp * cr
        };
    }

    private static double[] identity() {
        return rotation(ZERO);
    }
}
