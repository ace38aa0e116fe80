package dev.tactus.policies.contract;

import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.contract.DeployContract.Action;
import dev.tactus.policies.contract.DeployContract.Group;
import dev.tactus.policies.contract.DeployContract.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads a {@link DeployContract}. Keys that decide nothing here become notes; keys that are misspelt are errors. */
final class DeployContractYaml {
    private static final String NULL = "null";
    private static final int MAX_HISTORY = 1000;

    private final ConfigMap map;
    /** A policy that is asked less than once a second is none; 20 is 20 ms that somebody wrote in the wrong unit. */
    private static final double LONGEST_STEP_S = 1.0;

    private final List<String> notes = new ArrayList<>();

    private DeployContractYaml(ConfigMap map) {
        this.map = map;
    }

    static DeployContract read(ConfigMap map, List<String> namedJoints) {
        return new DeployContractYaml(map).contract(namedJoints);
    }

    private DeployContract contract(List<String> namedJoints) {
        List<String> joints = joints(namedJoints);
        List<Integer> motors = motors(joints);
        double[] defaults = sized(map, "default_joint_pos", motors.size(), "joints of the policy (joint_ids_map)");
        List<Action> actions = new ArrayList<>();
        ConfigMap actionMap = map.map("actions");
        for (String name : actionMap.keys()) {
            actions.add(action(name, actionMap.map(name), defaults));
        }
        DeployContract contract = new DeployContract(
                joints,
                motors,
                map.number("step_dt", 1e-5, LONGEST_STEP_S),
                sized(map, "stiffness", joints.size(), "motors"),
                sized(map, "damping", joints.size(), "motors"),
                defaults,
                List.copyOf(actions),
                groups(map.map("observations")),
                notes);
        if (actions.isEmpty()) {
            throw map.error("actions", "there is none; a policy commands something");
        }
        noteRanges();
        map.rejectUnknownKeys();
        return contract;
    }

    private void noteRanges() {
        if (map.isMap("commands")) {
            notes.add(
                    "commands: the ranges that it was trained for are no part of a policy's description; whoever sends"
                            + " velocity commands must keep them");
        }
    }

    private List<String> joints(List<String> named) {
        List<String> joints = map.has("joint_names") ? map.texts("joint_names") : named;
        if (joints.isEmpty()) {
            throw map.error(
                    "joint_names",
                    "the contract names no joints, and an order map without names fits any robot; add joint_names: [...]"
                            + " in the order of the robot's motors (that of stiffness), or name them with --joints");
        }
        if (!named.isEmpty() && !joints.equals(named)) {
            throw map.error("joint_names", joints + " here and " + named + " with --joints; say it once");
        }
        if (new HashSet<>(joints).size() != joints.size()) {
            throw map.error("joint_names", "a joint stands twice in " + joints);
        }
        return joints;
    }

    private List<Integer> motors(List<String> joints) {
        double[] ids = map.numbers("joint_ids_map");
        List<Integer> motors = new ArrayList<>();
        for (double id : ids) {
            if (id != Math.rint(id) || id < 0 || id >= joints.size() || motors.contains((int) id)) {
                throw map.error(
                        "joint_ids_map",
                        Arrays.toString(ids) + " must name each motor once at most, by whole numbers in [0, "
                                + (joints.size() - 1) + "]; there are the joints " + joints);
            }
            motors.add((int) id);
        }
        return List.copyOf(motors);
    }

    private static double[] sized(ConfigMap map, String key, int size, String what) {
        double[] values = map.numbers(key);
        if (values.length != size) {
            throw map.error(key, values.length + " numbers for " + size + " " + what + "; one each is expected");
        }
        return values;
    }

    private Action action(String name, ConfigMap term, double[] defaults) {
        List<Integer> ids = isNull(term, "joint_ids")
                ? IntStream.range(0, defaults.length).boxed().toList()
                : ids(term, defaults.length);
        term.has("joint_names"); // patterns that the framework resolved into joint_ids
        double[] scale = each(term, "scale", ids.size());
        double[] offset;
        if (isNull(term, "offset")) {
            offset = ids.stream().mapToDouble(id -> defaults[id]).toArray();
            notes.add("actions." + name + ": no offset; default_joint_pos is taken, as the framework does where"
                    + " use_default_offset is left on");
        } else {
            offset = each(term, "offset", ids.size());
        }
        Optional<double[][]> clip = Optional.empty();
        if (!isNull(term, "clip")) {
            clip = Optional.of(pairs(term, ids.size()));
        }
        term.rejectUnknownKeys();
        if (clip.isEmpty()) {
            notes.add(
                    "actions." + name + ": no clip, so nothing the network says is out of bounds here; the robot's own"
                            + " limits are all that holds it");
        }
        return new Action(name, ids, scale, offset, clip);
    }

    private static List<Integer> ids(ConfigMap term, int joints) {
        List<Integer> ids = new ArrayList<>();
        for (double id : term.numbers("joint_ids")) {
            if (id != Math.rint(id) || id < 0 || id >= joints || ids.contains((int) id)) {
                throw term.error(
                        "joint_ids",
                        id + " is not allowed; each joint of the policy once, in [0, " + (joints - 1) + "]");
            }
            ids.add((int) id);
        }
        return List.copyOf(ids);
    }

    private List<Group> groups(ConfigMap observations) {
        boolean several = observations.keys().stream().anyMatch(key -> isGroup(observations, key));
        if (!several) {
            return List.of(group(Optional.empty(), observations));
        }
        List<Group> groups = new ArrayList<>();
        for (String name : observations.keys()) {
            groups.add(group(Optional.of(name), observations.map(name)));
        }
        return List.copyOf(groups);
    }

    /** A group holds terms, a term holds numbers: what has mappings inside other than params is a group. */
    private static boolean isGroup(ConfigMap observations, String key) {
        if (!observations.isMap(key)) {
            return false;
        }
        ConfigMap inner = observations.map(key);
        return !inner.has("params") && inner.keys().stream().anyMatch(inner::isMap);
    }

    private Group group(Optional<String> name, ConfigMap group) {
        boolean timeMajor = group.has("use_gym_history") && group.flag("use_gym_history");
        boolean scaleFirst = group.has("scale_first") && group.flag("scale_first");
        List<Observation> terms = new ArrayList<>();
        for (String key : group.keys()) {
            if (!key.equals("use_gym_history") && !key.equals("scale_first")) {
                terms.add(observation(key, group.map(key), scaleFirst));
            }
        }
        return new Group(name, timeMajor, List.copyOf(terms));
    }

    private Observation observation(String name, ConfigMap term, boolean scaleFirst) {
        term.has("params"); // what the framework computes the term from
        boolean one = isNull(term, "scale") || term.words("scale").size() == 1 && !term.isList("scale");
        double same = isNull(term, "scale") ? 1.0 : one ? term.number("scale", -1e12, 1e12) : Double.NaN;
        double[] scale = one ? new double[0] : term.numbers("scale");
        Optional<double[]> clip = Optional.empty();
        if (!isNull(term, "clip")) {
            double[] bounds = term.numbers("clip");
            if (bounds.length != 2 || bounds[0] >= bounds[1]) {
                throw term.error("clip", Arrays.toString(bounds) + "; [least, greatest] or null is expected");
            }
            clip = Optional.of(bounds);
        }
        int history = term.has("history_length") ? term.integer("history_length", 0, MAX_HISTORY) : 1;
        boolean first = term.has("scale_first") ? term.flag("scale_first") : scaleFirst;
        term.rejectUnknownKeys();
        return new Observation(name, scale, same, clip, first, Math.max(1, history));
    }

    private static boolean isNull(ConfigMap map, String key) {
        return !map.has(key)
                || !map.isList(key) && !map.isMap(key) && map.text(key).equals(NULL);
    }

    private static double[] each(ConfigMap map, String key, int size) {
        if (map.isList(key)) {
            return sized(map, key, size, "joints of this action");
        }
        double[] values = new double[size];
        Arrays.fill(values, map.number(key, -1e12, 1e12));
        return values;
    }

    private static double[][] pairs(ConfigMap term, int size) {
        List<double[]> rows = term.rows("clip");
        if (rows.size() != size || rows.stream().anyMatch(row -> row.length != 2 || row[0] >= row[1])) {
            throw term.error(
                    "clip", rows.size() + " entries for " + size + " joints; one [least, greatest] each is expected");
        }
        return rows.toArray(double[][]::new);
    }
}
