package dev.tactus.policies.bundle;

import dev.tactus.policies.bundle.NetworkSpec.Condition;
import dev.tactus.policies.bundle.NetworkSpec.Layout;
import dev.tactus.policies.bundle.NetworkSpec.Level;
import dev.tactus.policies.bundle.NetworkSpec.LevelPer;
import dev.tactus.policies.bundle.NetworkSpec.LevelType;
import dev.tactus.policies.bundle.NetworkSpec.State;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.ConfigMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reads the roles of a network's inputs and outputs, and checks that observations and actions fill them exactly. */
final class NetworkYaml {
    static final String BATCH = "B";
    static final String ZERO = "zero";

    private NetworkYaml() {}

    static NetworkSpec read(
            ConfigMap map, PolicyKind kind, int chunkSize, List<ObservationTerm> observations, Set<String> ownFiles) {
        boolean levels = kind.denoises() || kind == PolicyKind.MIP;
        NetworkSpec network = new NetworkSpec(
                shape(map, "chunk_shape", chunkSize, "H * D"),
                when(kind.hasLatent(), () -> map.text("latent")),
                when(levels, () -> level(map.map("level"))),
                kind == PolicyKind.CONSISTENCY
                        ? map.optionalMap("stop_level").map(NetworkYaml::level)
                        : Optional.empty(),
                conditions(map, observations),
                when(kind != PolicyKind.ENERGY, () -> map.text("prediction")),
                when(kind == PolicyKind.GAUSSIAN, () -> map.text("log_std")),
                when(kind == PolicyKind.ENERGY, () -> map.text("energy")),
                when(kind == PolicyKind.ENERGY, () -> map.text("gradient")),
                states(map),
                map.texts("external_data"));
        map.rejectUnknownKeys();
        checkNames(map, network);
        checkFiles(map, network, ownFiles);
        return network;
    }

    private static <T> Optional<T> when(boolean present, Supplier<T> read) {
        return present ? Optional.of(read.get()) : Optional.empty();
    }

    private static Level level(ConfigMap map) {
        Level level =
                new Level(map.text("name"), map.choice("type", LevelType.class), map.choice("per", LevelPer.class));
        map.rejectUnknownKeys();
        return level;
    }

    private static List<Condition> conditions(ConfigMap map, List<ObservationTerm> observations) {
        Set<String> unused = observations.stream().map(ObservationTerm::name).collect(Collectors.toSet());
        List<Condition> conditions = new ArrayList<>();
        for (ConfigMap input : map.maps("conditions")) {
            List<ObservationTerm> terms = terms(input, observations, unused);
            Layout layout = input.choice("layout", Layout.class);
            if (layout == Layout.TIME_MAJOR
                    && terms.stream().map(ObservationTerm::history).distinct().count() > 1) {
                throw input.error(
                        "layout",
                        "time_major lays out whole observations, and these terms have different histories; give them"
                                + " the same, or write term_major");
            }
            int size = terms.stream()
                    .mapToInt(term -> term.history() * term.size())
                    .sum();
            conditions.add(new Condition(
                    input.text("name"),
                    input.texts("terms"),
                    layout,
                    shape(input, "shape", size, "history * size of its terms")));
            input.rejectUnknownKeys();
        }
        if (conditions.isEmpty()) {
            throw map.error("conditions", "there is none; a policy sees at least one term");
        }
        if (!unused.isEmpty()) {
            throw map.error(
                    "conditions", "no input takes the observation terms " + unused + "; name them, or remove them");
        }
        return List.copyOf(conditions);
    }

    private static List<ObservationTerm> terms(
            ConfigMap input, List<ObservationTerm> observations, Set<String> unused) {
        List<ObservationTerm> terms = new ArrayList<>();
        for (String name : input.texts("terms")) {
            ObservationTerm term = observations.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> input.error(
                            "terms",
                            "'" + name + "' is no observation term; there are "
                                    + observations.stream()
                                            .map(ObservationTerm::name)
                                            .toList()));
            if (terms.contains(term)) {
                throw input.error("terms", "'" + name + "' stands twice");
            }
            unused.remove(name);
            terms.add(term);
        }
        return terms;
    }

    private static List<State> states(ConfigMap map) {
        List<State> states = new ArrayList<>();
        for (ConfigMap one : map.maps("states")) {
            List<Integer> shape = new ArrayList<>();
            for (String axis : one.texts("shape")) {
                shape.add(axis.equals(BATCH) ? Integer.valueOf(State.BATCH) : axis(one, "shape", axis));
            }
            if (shape.stream().filter(axis -> axis == State.BATCH).count() != 1) {
                throw one.error("shape", "must say once where the batch axis is, for example [B, 60, 256]");
            }
            String initial = one.text("initial");
            states.add(new State(
                    one.text("input"),
                    one.text("output"),
                    List.copyOf(shape),
                    initial.equals(ZERO) ? Optional.empty() : Optional.of(initial)));
            one.rejectUnknownKeys();
        }
        return List.copyOf(states);
    }

    private static List<Integer> shape(ConfigMap map, String key, int size, String what) {
        List<Integer> shape =
                map.texts(key).stream().map(text -> axis(map, key, text)).toList();
        long product = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> Math.min(a * b, 1L << 40));
        if (shape.isEmpty() || product != size) {
            throw map.error(
                    key,
                    shape + " holds " + product + " numbers; " + what + " is " + size + " (without the batch axis)");
        }
        return shape;
    }

    private static int axis(ConfigMap map, String key, String text) {
        try {
            int axis = Integer.parseInt(text);
            if (axis >= 1 && axis <= TermYaml.MAX_SIZE) {
                return axis;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw map.error(key, "'" + text + "' is no size of an axis; whole numbers from 1 are expected");
    }

    private static void checkNames(ConfigMap map, NetworkSpec network) {
        List<String> inputs = new ArrayList<>();
        network.latent().ifPresent(inputs::add);
        network.level().map(Level::name).ifPresent(inputs::add);
        network.stopLevel().map(Level::name).ifPresent(inputs::add);
        network.conditions().forEach(input -> inputs.add(input.name()));
        network.states().forEach(state -> inputs.add(state.input()));
        requireDistinct(map, inputs, "inputs");
        List<String> outputs = new ArrayList<>();
        List.<Function<NetworkSpec, Optional<String>>>of(
                        NetworkSpec::prediction, NetworkSpec::logStd, NetworkSpec::energy, NetworkSpec::gradient)
                .forEach(output -> output.apply(network).ifPresent(outputs::add));
        network.states().forEach(state -> outputs.add(state.output()));
        requireDistinct(map, outputs, "outputs");
    }

    private static void requireDistinct(ConfigMap map, List<String> names, String what) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw map.error("conditions", "two " + what + " are named '" + name + "'; each has one role");
            }
        }
    }

    /** Files beside the model must be plain names: they are looked for in the bundle and nowhere else. */
    private static void checkFiles(ConfigMap map, NetworkSpec network, Set<String> ownFiles) {
        Set<String> seen = new HashSet<>(ownFiles);
        for (String file : network.files()) {
            if (!file.matches(Manifest.NAME)) {
                throw map.error(
                        "external_data",
                        "'" + file + "' is no file name of a bundle; letters, digits, '.', '_' and '-', no folders");
            }
            if (!seen.add(file)) {
                throw map.error("external_data", "'" + file + "' stands twice, or is a file that every bundle has");
            }
        }
    }

    /** An initial state holds exactly the numbers of its state, all finite. */
    static void checkStates(NetworkSpec network, Map<String, byte[]> files, UnaryOperator<String> called) {
        for (State state : network.states()) {
            if (state.initial().isEmpty()) {
                continue;
            }
            String name = state.initial().get();
            byte[] bytes = files.get(name);
            if (bytes.length != Float.BYTES * state.size()) {
                throw new BadInputException(called.apply(name) + ": has " + bytes.length + " bytes; state '"
                        + state.input() + "' has " + state.size() + " float32 numbers a sample. Write it again.");
            }
            FloatBuffer values =
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            for (int i = 0; i < values.capacity(); i++) {
                if (!Float.isFinite(values.get(i))) {
                    throw new BadInputException(called.apply(name) + ": number " + i + " is " + values.get(i)
                            + "; a state begins with finite numbers. Write it again.");
                }
            }
        }
    }
}
