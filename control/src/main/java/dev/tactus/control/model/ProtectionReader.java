package dev.tactus.control.model;

import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.config.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what protects a robot beside its joints' limits: workspace, self-collision, supervision, priorities. */
final class ProtectionReader {
    private final FigureReader figures;

    ProtectionReader(FigureReader figures) {
        this.figures = figures;
    }

    Optional<WorkspaceBox> workspace(ConfigMap robot) {
        Optional<ConfigMap> found = robot.optionalMap("workspace");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ConfigMap map = found.get();
        figures.source(map);
        WorkspaceBox box = new WorkspaceBox(map.quantities("min", Unit.METRE, 3), map.quantities("max", Unit.METRE, 3));
        for (int k = 0; k < 3; k++) {
            if (box.min()[k] >= box.max()[k]) {
                throw map.error(
                        "max",
                        "its " + "xyz".charAt(k) + ", " + box.max()[k] + " m, must be greater than that of min, "
                                + box.min()[k] + " m");
            }
        }
        map.rejectUnknownKeys();
        return Optional.of(box);
    }

    Optional<SelfCollision> selfCollision(ConfigMap robot) {
        Optional<ConfigMap> found = robot.optionalMap("self_collision");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ConfigMap map = found.get();
        figures.source(map);
        double margin = FigureReader.notNegative(map, "margin", Unit.METRE);
        List<Capsule> capsules = new ArrayList<>();
        for (ConfigMap each : map.maps("capsules")) {
            Capsule capsule = capsule(each);
            if (capsules.stream().anyMatch(other -> other.name().equals(capsule.name()))) {
                throw each.error("name", "capsule '" + capsule.name() + "' stands twice. Remove one.");
            }
            capsules.add(capsule);
        }
        List<CapsulePair> pairs =
                pairs(map.map("pairs"), capsules.stream().map(Capsule::name).toList());
        map.rejectUnknownKeys();
        return Optional.of(new SelfCollision(margin, capsules, pairs));
    }

    private static Capsule capsule(ConfigMap map) {
        Capsule capsule = new Capsule(
                map.text("name"),
                map.text("link"),
                map.quantities("from", Unit.METRE, 3),
                map.quantities("to", Unit.METRE, 3),
                FigureReader.positive(map, "radius", Unit.METRE));
        map.rejectUnknownKeys();
        return capsule;
    }

    private static List<CapsulePair> pairs(ConfigMap map, List<String> names) {
        List<CapsulePair> pairs = new ArrayList<>();
        for (String key : map.keys()) {
            int one = index(map, key, key, names);
            for (String against : map.texts(key)) {
                int other = index(map, key, against, names);
                CapsulePair pair = new CapsulePair(Math.min(one, other), Math.max(one, other));
                if (one == other || pairs.contains(pair)) {
                    throw map.error(
                            key,
                            one == other
                                    ? "'" + key + "' cannot be held against itself"
                                    : "the pair of '" + key + "' and '" + against + "' stands twice. Remove one.");
                }
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static int index(ConfigMap map, String key, String capsule, List<String> names) {
        int index = names.indexOf(capsule);
        if (index < 0) {
            throw map.error(key, "there is no capsule '" + capsule + "'; there are: " + String.join(", ", names));
        }
        return index;
    }

    Supervision supervision(ConfigMap map) {
        Supervision supervision = new Supervision(
                FigureReader.nanoseconds(map, "stale_observation", Unit.MILLISECOND),
                FigureReader.nanoseconds(map, "policy_silence", Unit.MILLISECOND),
                map.integer("missed_deadlines", 1, 1_000_000),
                map.integer("failed_reads", 1, 1_000_000),
                FigureReader.nanoseconds(map, "watchdog_timeout", Unit.MILLISECOND));
        map.rejectUnknownKeys();
        return supervision;
    }

    List<LimitKind> limitPriority(ConfigMap robot) {
        List<LimitKind> kinds = robot.choices("limit_priority", LimitKind.class);
        for (LimitKind kind : LimitKind.values()) {
            if (!kinds.contains(kind)) {
                throw robot.error(
                        "limit_priority",
                        "lacks " + kind.name().toLowerCase(java.util.Locale.ROOT)
                                + ". Name every kind of limit once, the most important one first.");
            }
        }
        return kinds;
    }
}
