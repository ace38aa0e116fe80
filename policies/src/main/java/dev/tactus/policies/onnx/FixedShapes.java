package dev.tactus.policies.onnx;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.onnx.GraphModel.Axis;
import dev.tactus.policies.onnx.GraphModel.Declared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A graph's inputs and outputs with every size known: from the graph where it says one, from the caller where it leaves
 * one open. A symbol such as {@code batch} has one size wherever it stands. An output whose size nobody knows is left out:
 * it is neither bound nor computed.
 */
record FixedShapes(List<TensorInfo> inputs, List<TensorInfo> outputs, Map<String, Long> symbols) {

    static FixedShapes of(GraphModel model, Map<String, List<Long>> shapes) {
        requireKnown(model, shapes);
        Map<String, Long> symbols = new LinkedHashMap<>();
        model.inputs().forEach(input -> bind(model, "input", input, shapes, symbols));
        model.outputs().forEach(output -> bind(model, "output", output, shapes, symbols));
        List<TensorInfo> inputs = new ArrayList<>();
        List<TensorInfo> outputs = new ArrayList<>();
        for (Declared input : model.inputs()) {
            inputs.add(fix(input, shapes, symbols).orElseThrow(() -> open(model, input)));
        }
        model.outputs().forEach(output -> fix(output, shapes, symbols).ifPresent(outputs::add));
        return new FixedShapes(List.copyOf(inputs), List.copyOf(outputs), Map.copyOf(symbols));
    }

    private static void requireKnown(GraphModel model, Map<String, List<Long>> shapes) {
        List<String> names =
                new ArrayList<>(model.inputs().stream().map(Declared::name).toList());
        names.addAll(model.outputs().stream().map(Declared::name).toList());
        for (String name : new TreeSet<>(shapes.keySet())) {
            if (!names.contains(name)) {
                throw new BadInputException(model.name() + ": has no input or output '" + name + "'; it has " + names
                        + ". Use one of these names, or export the network again.");
            }
        }
    }

    private static void bind(
            GraphModel model,
            String role,
            Declared declared,
            Map<String, List<Long>> shapes,
            Map<String, Long> symbols) {
        List<Long> given = shapes.get(declared.name());
        if (given == null || declared.shape().isEmpty()) {
            return;
        }
        List<Axis> axes = declared.shape().get();
        if (axes.size() != given.size()) {
            throw new BadInputException(model.name() + ": " + role + " '" + declared.name() + "' has " + axes.size()
                    + " axes " + axes + "; " + given.size() + " are expected, " + given
                    + ". Export the network again.");
        }
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            long expected = axis.size().orElse(symbols.getOrDefault(axis.symbol(), given.get(i)));
            if (expected != given.get(i)) {
                throw new BadInputException(model.name() + ": " + role + " '" + declared.name() + "' has the size "
                        + expected + " on axis " + i + " of " + axes + "; " + given.get(i) + " is expected, as in "
                        + given + ". Correct the description, or export the network again.");
            }
            if (axis.size().isEmpty() && !axis.symbol().isEmpty()) {
                symbols.put(axis.symbol(), expected);
            }
        }
    }

    private static Optional<TensorInfo> fix(
            Declared declared, Map<String, List<Long>> shapes, Map<String, Long> symbols) {
        List<Long> given = shapes.get(declared.name());
        if (given != null) {
            return Optional.of(new TensorInfo(declared.name(), declared.type(), given));
        }
        List<Long> shape = new ArrayList<>();
        for (Axis axis : declared.shape().orElse(List.of(new Axis(Optional.empty(), "")))) {
            Long size = axis.size().orElse(symbols.get(axis.symbol()));
            if (size == null) {
                return Optional.empty();
            }
            shape.add(size);
        }
        return Optional.of(new TensorInfo(declared.name(), declared.type(), shape));
    }

    private static BadInputException open(GraphModel model, Declared input) {
        return new BadInputException(model.name() + ": input '" + input.name() + "' has an open size, "
                + input.shape().map(List::toString).orElse("even its number of axes is not said")
                + ", and nothing fixes it. Give its shape, or export the network with fixed sizes.");
    }
}
