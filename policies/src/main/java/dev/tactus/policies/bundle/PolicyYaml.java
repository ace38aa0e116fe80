package dev.tactus.policies.bundle;

import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.bundle.PolicySpec.Provenance;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.config.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code policy.yaml}, the written form of a {@link PolicySpec}. Everything is stated: an unknown or missing key,
 * a value out of range and terms that contradict each other are errors with file, line and key. Which keys there are
 * depends on the kind of policy and no other is taken. {@link PolicyYamlWriter} is its counterpart.
 */
public final class PolicyYaml {
    /** The only schema that this version reads and writes. */
    public static final int SCHEMA = 2;

    private static final int MAX_ROWS = 4096;

    private PolicyYaml() {}

    /**
     * Parses and checks a policy's description.
     *
     * @param text the YAML
     * @param name what messages call it, usually the file's path
     * @return the description
     * @throws BadInputException if anything is missing, unknown or contradictory
     */
    public static PolicySpec parse(String text, String name) {
        ConfigMap map = ConfigMap.parse(text, name);
        map.integer("schema", SCHEMA, SCHEMA);
        List<String> joints = map.texts("joints");
        requireDistinct(map, "joints", joints);
        int horizon = map.integer("horizon", 1, MAX_ROWS);
        int observationSteps = map.integer("observation_steps", 1, horizon);
        PolicyKind kind = map.choice("kind", PolicyKind.class);
        List<ObservationTerm> observations = TermYaml.observations(map, joints);
        requireDistinct(
                map,
                "observations",
                observations.stream().map(ObservationTerm::name).toList());
        List<ActionTerm> actions = TermYaml.actions(map, joints);
        requireDistinct(map, "actions", actions.stream().map(ActionTerm::name).toList());
        int chunk = horizon * actions.stream().mapToInt(ActionTerm::size).sum();
        SamplingSpec sampling = SamplingYaml.read(map, kind);
        PolicySpec spec = new PolicySpec(
                map.text("name"),
                kind,
                map.text("robot"),
                map.text("task"),
                joints,
                horizon,
                observationSteps,
                map.integer("action_steps", 1, horizon - observationSteps + 1),
                periodNs(map),
                gains(map.map("gains"), joints),
                observations,
                nullTerms(map, observations),
                actions,
                sampling,
                SamplingYaml.rti(map, kind, sampling),
                NetworkYaml.read(map.map("network"), kind, chunk, observations, PolicyBundle.OWN_FILES),
                provenance(map.map("provenance")));
        map.rejectUnknownKeys();
        return spec;
    }

    private static long periodNs(ConfigMap map) {
        double milliseconds = map.quantity("control_period", Unit.MILLISECOND);
        if (milliseconds < 0.01 || milliseconds > 60_000.0) {
            throw map.error("control_period", milliseconds + " ms is out of range; allowed is 0.01 ms to 60000 ms");
        }
        return Math.round(milliseconds * 1e6);
    }

    private static Provenance provenance(ConfigMap map) {
        Provenance provenance = new Provenance(map.text("run"), map.text("dataset_sha256"), map.text("parent"));
        map.rejectUnknownKeys();
        return provenance;
    }

    private static Gains gains(ConfigMap map, List<String> joints) {
        Gains gains = new Gains(
                perJoint(map, "stiffness_nm_per_rad", joints),
                perJoint(map, "damping_nms_per_rad", joints),
                map.number("target_smoothing_s", 0, 10));
        map.rejectUnknownKeys();
        return gains;
    }

    private static double[] perJoint(ConfigMap map, String key, List<String> joints) {
        double[] values = map.numbers(key);
        if (values.length != 0 && values.length != joints.size()) {
            throw map.error(
                    key, values.length + " numbers for " + joints.size() + " joints; one per joint, or [] if none");
        }
        return values;
    }

    private static List<String> nullTerms(ConfigMap map, List<ObservationTerm> observations) {
        List<String> names = map.texts("null_terms");
        List<String> known = observations.stream().map(ObservationTerm::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw map.error("null_terms", "'" + name + "' is no observation term; there are " + known);
            }
        }
        requireDistinct(map, "null_terms", names);
        return names;
    }

    private static void requireDistinct(ConfigMap map, String key, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw map.error(key, "'" + name + "' stands twice; rename or remove one");
            }
        }
    }
}
