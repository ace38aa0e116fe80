package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.bundle.NetworkSpec.Level;
import dev.tactus.policies.bundle.NetworkSpec.LevelPer;
import dev.tactus.policies.bundle.NetworkSpec.LevelType;
import dev.tactus.policies.bundle.NetworkSpec.State;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.onnx.ElementType;
import dev.tactus.policies.onnx.GraphModel;
import dev.tactus.policies.onnx.GraphModel.Axis;
import dev.tactus.policies.onnx.GraphModel.Declared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares a network's inputs and outputs with what {@code policy.yaml} says of them: names, types, ranks, sizes. What
 * it expects of each is also the shape that the session is opened with.
 */
final class NetworkCheck {
    private final GraphModel model;
    private final PolicySpec spec;
    private final long batch;
    private final Map<String, Expected> inputs = new LinkedHashMap<>();
    private final Map<String, Expected> outputs = new LinkedHashMap<>();

    /** What a tensor must be; axes have names where a person has words for them. */
    private record Expected(String role, ElementType type, List<Long> shape, List<String> axes) {}

    private NetworkCheck(GraphModel model, PolicySpec spec, int batch) {
        this.model = model;
        this.spec = spec;
        this.batch = batch;
        NetworkSpec network = spec.network();
        network.latent().ifPresent(name -> inputs.put(name, chunk("latent")));
        network.level().ifPresent(level -> inputs.put(level.name(), level("level", level)));
        network.stopLevel().ifPresent(level -> inputs.put(level.name(), level("stop level", level)));
        network.conditions().forEach(condition -> inputs.put(condition.name(), condition(condition.shape())));
        network.prediction().ifPresent(name -> outputs.put(name, chunk("prediction")));
        network.logStd().ifPresent(name -> outputs.put(name, chunk("logarithm of the standard deviation")));
        network.gradient().ifPresent(name -> outputs.put(name, chunk("gradient")));
        network.energy().ifPresent(name -> outputs.put(name, energy(name)));
        for (State state : network.states()) {
            List<Long> shape = state.shape().stream()
                    .map(axis -> axis == State.BATCH ? this.batch : axis.longValue())
                    .toList();
            inputs.put(state.input(), new Expected("state", ElementType.FLOAT32, shape, List.of()));
            outputs.put(state.output(), new Expected("state", ElementType.FLOAT32, shape, List.of()));
        }
    }

    /**
     * Checks a network.
     *
     * @param model the network
     * @param spec what it must look like
     * @param batch B
     * @return the shapes of its inputs and outputs at this batch
     * @throws BadInputException that names the first thing that does not fit
     */
    static Map<String, List<Long>> shapes(GraphModel model, PolicySpec spec, int batch) {
        NetworkCheck check = new NetworkCheck(model, spec, batch);
        check.names();
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        check.compare("input", model.inputs(), check.inputs, shapes);
        check.compare("output", model.outputs(), check.outputs, shapes);
        return shapes;
    }

    private Expected chunk(String role) {
        List<Integer> sizes = spec.network().chunkShape();
        List<String> axes = sizes.size() == 2 ? List.of("batch", "horizon", "action size") : List.of("batch");
        return new Expected(role, ElementType.FLOAT32, batched(sizes), axes);
    }

    private Expected level(String role, Level level) {
        boolean perRow = level.per() == LevelPer.ROW;
        return new Expected(
                role,
                level.type() == LevelType.INT64 ? ElementType.INT64 : ElementType.FLOAT32,
                perRow ? List.of(batch, (long) spec.horizon()) : List.of(batch),
                perRow ? List.of("batch", "horizon") : List.of("batch"));
    }

    private Expected condition(List<Integer> shape) {
        List<String> axes = shape.size() == 1 ? List.of("batch", "condition size") : List.of("batch");
        return new Expected("condition", ElementType.FLOAT32, batched(shape), axes);
    }

    /** One number a sample, with or without an axis of its own. */
    private Expected energy(String name) {
        boolean column = model.outputs().stream()
                .filter(output -> output.name().equals(name))
                .anyMatch(output -> output.shape().map(List::size).orElse(1) == 2);
        return new Expected(
                "energy", ElementType.FLOAT32, column ? List.of(batch, 1L) : List.of(batch), List.of("batch"));
    }

    private List<Long> batched(List<Integer> shape) {
        List<Long> sizes = new ArrayList<>(List.of(batch));
        shape.forEach(size -> sizes.add(size.longValue()));
        return sizes;
    }

    private void names() {
        Set<String> found = new TreeSet<>();
        model.inputs().forEach(input -> found.add(input.name()));
        if (!found.equals(inputs.keySet())) {
            throw new BadInputException(model.name() + ": has the inputs " + found + "; policy.yaml (network) says "
                    + new TreeSet<>(inputs.keySet()) + ". Correct policy.yaml, or export the network again.");
        }
        Set<String> given = new TreeSet<>();
        model.outputs().forEach(output -> given.add(output.name()));
        outputs.forEach((name, expected) -> {
            if (!given.contains(name)) {
                throw new BadInputException(model.name() + ": has the outputs " + given + "; policy.yaml (network) says"
                        + " that its " + expected.role() + " is '" + name
                        + "'. Correct policy.yaml, or export the network again.");
            }
        });
    }

    private void compare(
            String role, List<Declared> declared, Map<String, Expected> all, Map<String, List<Long>> shapes) {
        for (Declared tensor : declared) {
            Expected expected = all.get(tensor.name());
            if (expected == null) {
                continue; // an output that no policy of this kind needs
            }
            if (tensor.type() != expected.type()) {
                throw new BadInputException(model.name() + ": " + role + " '" + tensor.name() + "' is of type "
                        + tensor.type() + "; policy.yaml asks for " + expected.type()
                        + ". Correct policy.yaml (network), or export the network again.");
            }
            tensor.shape().ifPresent(axes -> compare(tensor.name(), axes, expected));
            shapes.put(tensor.name(), expected.shape());
        }
    }

    private void compare(String name, List<Axis> axes, Expected expected) {
        if (axes.size() != expected.shape().size()) {
            throw new BadInputException(model.name() + ": '" + name + "' has " + axes.size() + " axes " + axes + "; "
                    + expected.shape().size() + " are expected, " + expected.shape()
                    + ". Correct policy.yaml (network), or export the network again.");
        }
        for (int i = 0; i < axes.size(); i++) {
            long wanted = expected.shape().get(i);
            long found = axes.get(i).size().orElse(wanted);
            if (found != wanted) {
                String axis = i < expected.axes().size() ? expected.axes().get(i) : "size of axis " + i;
                throw new BadInputException(model.name() + ": '" + name + "' has the " + axis + " " + found
                        + ", but policy.yaml says " + wanted + ". " + remedy(i, found));
            }
        }
    }

    private String remedy(int axis, long found) {
        return axis == 0 && found == 1
                ? "It was exported for one sample at a time: export it with an open batch axis."
                : "Correct policy.yaml, or export the network again.";
    }
}
