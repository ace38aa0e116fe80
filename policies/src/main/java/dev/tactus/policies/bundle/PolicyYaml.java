package dev.tactus.policies.bundle;

import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.bundle.PolicySpec.LevelType;
import dev.tactus.policies.bundle.PolicySpec.NetworkSpec;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.bundle.PolicySpec.Provenance;
import dev.tactus.policies.bundle.PolicySpec.RealTimeIterationSpec;
import dev.tactus.policies.bundle.PolicySpec.Schedule;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.config.Unit;
import dev.tactus.policies.schedule.Parameterisation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code policy.yaml}, the written form of a {@link PolicySpec}. Everything is stated: an unknown or missing key,
 * a value out of range and terms that contradict each other are errors with file, line and key. {@link
 * PolicyYamlWriter} is its counterpart.
 */
public final class PolicyYaml {
    /** The only schema that this version reads and writes. */
    public static final int SCHEMA = 1;

    private static final int MAX_SIZE = 1 << 20;

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
        int horizon = map.integer("horizon", 1, 4096);
        int observationSteps = map.integer("observation_steps", 1, horizon);
        Schedule schedule = schedule(map.map("schedule"));
        ConfigMap gains = map.map("gains");
        PolicySpec spec = new PolicySpec(
                map.text("name"),
                map.choice("kind", PolicyKind.class),
                map.text("robot"),
                map.text("task"),
                joints,
                map.choice("parameterisation", Parameterisation.class),
                schedule,
                horizon,
                observationSteps,
                map.integer("action_steps", 1, horizon - observationSteps + 1),
                periodNs(map),
                observations(map, observationSteps, joints),
                actions(map, joints),
                rti(map.map("rti"), schedule),
                network(map.map("network")),
                gain(gains, "stiffness_nm_per_rad", joints),
                gain(gains, "damping_nms_per_rad", joints),
                gains.number("target_smoothing_s", 0, 10),
                provenance(map.map("provenance")));
        gains.rejectUnknownKeys();
        map.rejectUnknownKeys();
        checkUnique(map, spec);
        return spec;
    }

    private static long periodNs(ConfigMap map) {
        double milliseconds = map.quantity("control_period", Unit.MILLISECOND);
        if (milliseconds < 0.01 || milliseconds > 60_000.0) {
            throw map.error("control_period", milliseconds + " ms is out of range; allowed is 0.01 ms to 60000 ms");
        }
        return Math.round(milliseconds * 1e6);
    }

    private static Schedule schedule(ConfigMap map) {
        Schedule schedule = new Schedule(
                map.text("name"), map.integer("steps", 1, 100_000), map.number("clip_sample", 1e-6, Double.MAX_VALUE));
        map.rejectUnknownKeys();
        return schedule;
    }

    private static RealTimeIterationSpec rti(ConfigMap map, Schedule schedule) {
        List<Integer> steps = new ArrayList<>();
        for (String text : map.texts("steps")) {
            steps.add(step(map, text, schedule.steps()));
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i) >= steps.get(i - 1)) {
                throw map.error("steps", steps + " does not descend; write each level once, greatest first");
            }
        }
        if (steps.isEmpty() || steps.getLast() != 0) {
            throw map.error("steps", steps + " does not end with 0, the level that yields a clean chunk; add it");
        }
        RealTimeIterationSpec rti = new RealTimeIterationSpec(
                List.copyOf(steps),
                map.choice("discrete", DiscreteVariant.class),
                map.number("discrete_factor", 1.0, 1000.0));
        map.rejectUnknownKeys();
        return rti;
    }

    private static int step(ConfigMap map, String text, int trainingSteps) {
        try {
            int step = Integer.parseInt(text);
            if (step >= 0 && step < trainingSteps) {
                return step;
            }
        } catch (NumberFormatException e) {
            // reported below, with the bounds
        }
        throw map.error("steps", "'" + text + "' is not a level; whole numbers in [0, " + (trainingSteps - 1) + "]");
    }

    private static NetworkSpec network(ConfigMap map) {
        NetworkSpec network = new NetworkSpec(
                map.text("latent"),
                map.text("level"),
                map.text("condition"),
                map.text("prediction"),
                map.choice("level_type", LevelType.class));
        map.rejectUnknownKeys();
        return network;
    }

    private static Provenance provenance(ConfigMap map) {
        Provenance provenance = new Provenance(map.text("run"), map.text("dataset_sha256"), map.text("parent"));
        map.rejectUnknownKeys();
        return provenance;
    }

    private static double[] gain(ConfigMap map, String key, List<String> joints) {
        double[] values = map.numbers(key);
        if (values.length != 0 && values.length != joints.size()) {
            throw map.error(
                    key, values.length + " numbers for " + joints.size() + " joints; one per joint, or [] if none");
        }
        return values;
    }

    private static List<ObservationTerm> observations(ConfigMap map, int observationSteps, List<String> joints) {
        List<ObservationTerm> terms = new ArrayList<>();
        for (ConfigMap term : map.maps("observations")) {
            TermKind kind = term.choice("kind", TermKind.class);
            int size = term.integer("size", 1, MAX_SIZE);
            int history = term.integer("history", 1, observationSteps);
            if (history != observationSteps) {
                throw term.error(
                        "history",
                        history + " steps; this version conditions on observation_steps = " + observationSteps
                                + " of every term");
            }
            terms.add(new ObservationTerm(
                    term.text("name"),
                    kind,
                    size,
                    TermChecks.joints(term, kind, size, joints),
                    term.text("frame"),
                    term.text("subject"),
                    TermChecks.unit(term, kind),
                    TermChecks.rotation(term, kind, size),
                    history,
                    term.choice("time_alignment", TimeAlignment.class),
                    image(term, kind, size),
                    normalisation(term.map("normalisation"), size)));
            term.rejectUnknownKeys();
        }
        return List.copyOf(terms);
    }

    private static List<ActionTerm> actions(ConfigMap map, List<String> joints) {
        List<ActionTerm> terms = new ArrayList<>();
        for (ConfigMap term : map.maps("actions")) {
            TermKind kind = term.choice("kind", TermKind.class);
            int size = term.integer("size", 1, MAX_SIZE);
            terms.add(new ActionTerm(
                    term.text("name"),
                    kind,
                    size,
                    TermChecks.joints(term, kind, size, joints),
                    term.text("frame"),
                    term.text("subject"),
                    TermChecks.unit(term, kind),
                    TermChecks.rotation(term, kind, size),
                    term.text("relative_to"),
                    term.flag("discrete"),
                    normalisation(term.map("normalisation"), size)));
            term.rejectUnknownKeys();
        }
        if (terms.isEmpty()) {
            throw map.error("actions", "there is none; a policy commands at least one term");
        }
        return List.copyOf(terms);
    }

    private static Optional<ImageFormat> image(ConfigMap term, TermKind kind, int size) {
        if (kind != TermKind.IMAGE) {
            return Optional.empty();
        }
        ConfigMap map = term.map("image");
        ImageFormat image = new ImageFormat(
                map.integer("width", 1, 16384),
                map.integer("height", 1, 16384),
                map.choice("colours", ImageFormat.ColourOrder.class));
        map.rejectUnknownKeys();
        long planes = image.colours() == ImageFormat.ColourOrder.GREY ? 1 : 3;
        if (planes * image.width() * image.height() != size) {
            throw term.error("size", size + " for " + planes + " planes of " + image.width() + " x " + image.height());
        }
        return Optional.of(image);
    }

    private static Normalisation normalisation(ConfigMap map, int size) {
        double scale = map.number("scale", -1e12, 1e12);
        double clipMin = bound(map, "clip_min", -Double.MAX_VALUE);
        double clipMax = bound(map, "clip_max", Double.MAX_VALUE);
        double[] gain = perElement(map, "gain", size);
        double[] offset = perElement(map, "offset", size);
        if (scale == 0.0) {
            throw map.error("scale", "0 would erase the numbers; any other value is allowed");
        }
        if (clipMin >= clipMax) {
            throw map.error("clip_max", clipMax + " must be greater than clip_min " + clipMin);
        }
        for (double value : gain) {
            if (value == 0.0) {
                throw map.error("gain", "0 cannot be undone; a dimension that never changes has gain 1");
            }
        }
        map.rejectUnknownKeys();
        return new Normalisation(scale, clipMin, clipMax, gain, offset);
    }

    private static double bound(ConfigMap map, String key, double unbounded) {
        return map.text(key).equals(PolicyYamlWriter.UNBOUNDED)
                ? unbounded
                : map.number(key, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    private static double[] perElement(ConfigMap map, String key, int size) {
        double[] values = map.numbers(key);
        if (values.length != size) {
            throw map.error(key, values.length + " numbers; the term has " + size + " elements, one number each");
        }
        return values;
    }

    private static void checkUnique(ConfigMap map, PolicySpec spec) {
        Set<String> names = new HashSet<>();
        for (ObservationTerm term : spec.observations()) {
            if (!names.add(term.name())) {
                throw map.error("observations", "two terms are named '" + term.name() + "'; rename one");
            }
        }
        names.clear();
        for (ActionTerm term : spec.actions()) {
            if (!names.add(term.name())) {
                throw map.error("actions", "two terms are named '" + term.name() + "'; rename one");
            }
        }
        if (new HashSet<>(spec.joints()).size() != spec.joints().size()) {
            throw map.error("joints", "a joint stands twice in " + spec.joints());
        }
    }
}
