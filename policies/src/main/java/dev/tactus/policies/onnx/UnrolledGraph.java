package dev.tactus.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.tactus.policies.command.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes K denoising steps of a network as one graph without control flow, which is what a CUDA graph can record: the
 * network's nodes stand in it once a step, its weights once, and whatever depends on neither latent nor level once too.
 * A step is linear but for the clipping:
 *
 * <pre>
 *   clean = clamp(cleanOfLatent x + cleanOfPrediction p, -clip, clip)       p = network(x, level, condition)
 *   x'    = latent x + clean' clean + prediction p + noise z
 * </pre>
 *
 * so DDPM, DDIM, Euler and real-time iteration's short lists are the same writer with other numbers. Inputs: the
 * network's latent and conditions under their own names, and {@code noise_i} for every step i that adds noise. Output:
 * {@value #RESULT}.
 */
public final class UnrolledGraph {
    /** The output: the latent after the last step. */
    public static final String RESULT = "denoised";

    private static final String NOISE = "noise_";

    private final GraphModel model;
    private final Roles roles;
    private final TensorInfo latent;
    private final TensorInfo level;
    private final ModelProto source;
    private final GraphProto.Builder graph;
    private final Set<String> perStep = new HashSet<>();

    /**
     * Which of the network's tensors are which.
     *
     * @param latent input with the noisy chunk, float32
     * @param level input with the noise level, int64 or float32
     * @param prediction output, of the latent's shape
     */
    public record Roles(String latent, String level, String prediction) {}

    /**
     * One step's numbers, see the class.
     *
     * @param level what the network's level input gets
     * @param cleanOfLatent share of the latent in the clean estimate
     * @param cleanOfPrediction share of the prediction in the clean estimate
     * @param latent share of the latent in the next latent
     * @param clean share of the clipped clean estimate in the next latent
     * @param prediction share of the prediction in the next latent
     * @param noise standard deviation of the noise that is added; 0 for none, and then there is no noise input
     */
    public record Step(
            double level,
            double cleanOfLatent,
            double cleanOfPrediction,
            double latent,
            double clean,
            double prediction,
            double noise) {}

    private UnrolledGraph(GraphModel model, Roles roles, Map<String, List<Long>> shapes) {
        this.model = model;
        this.roles = roles;
        FixedShapes fixed = FixedShapes.of(model, shapes);
        latent = find(fixed.inputs(), roles.latent());
        level = find(fixed.inputs(), roles.level());
        TensorInfo prediction = find(fixed.outputs(), roles.prediction());
        if (latent.type() != ElementType.FLOAT32 || prediction.type() != ElementType.FLOAT32) {
            throw new BadInputException(model.name() + ": '" + roles.latent() + "' and '" + roles.prediction()
                    + "' are " + latent.type() + " and " + prediction.type() + "; both must be FLOAT32 to be unrolled"
                    + " (a half-precision network may cast inside). Export the network again.");
        }
        source = model.proto();
        graph = source.getGraph().toBuilder()
                .clearNode()
                .clearInput()
                .clearOutput()
                .clearValueInfo();
        fixed.inputs().stream()
                .filter(input -> !input.name().equals(roles.level()))
                .forEach(input -> graph.addInput(value(input.name(), input)));
    }

    /**
     * Unrolls a network.
     *
     * @param model the network; if its weights lie in files, the result refers to the same files
     * @param roles its latent, level and prediction; every other input is a condition
     * @param shapes sizes that the network leaves open, as for {@link GraphSession#open}
     * @param steps the steps in order, one at least
     * @param clip bound on every element of the clean estimate
     * @return the unrolled graph; its shapes are fixed
     * @throws BadInputException if the network has control flow, or its latent is not float32
     */
    public static GraphModel of(
            GraphModel model, Roles roles, Map<String, List<Long>> shapes, List<Step> steps, double clip) {
        if (steps.isEmpty()) {
            throw new BadInputException(model.name() + ": no steps to unroll; name one at least.");
        }
        UnrolledGraph writer = new UnrolledGraph(model, roles, shapes);
        byte[] bytes = writer.write(steps, clip);
        return model.sibling(model.name() + " unrolled to " + steps.size() + " steps", bytes);
    }

    private byte[] write(List<Step> steps, double clip) {
        writeShared();
        scalar("step/low", -clip);
        scalar("step/high", clip);
        String x = roles.latent();
        for (int i = 0; i < steps.size(); i++) {
            x = writeStep(i, steps.get(i), x);
        }
        node("Identity", RESULT, x);
        graph.addOutput(value(RESULT, latent));
        return source.toBuilder().setGraph(graph).build().toByteArray();
    }

    /** Writes once what depends on neither latent nor level, and notes the names of what does. */
    private void writeShared() {
        perStep.add(roles.latent());
        perStep.add(roles.level());
        for (NodeProto node : source.getGraph().getNodeList()) {
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG() || attribute.getGraphsCount() > 0) {
                    throw new BadInputException(model.name() + ": has the control flow operator " + node.getOpType()
                            + " ('" + node.getName() + "'), which cannot be unrolled or recorded as a CUDA graph."
                            + " Export the network again without it, or run it step by step.");
                }
            }
            if (node.getInputList().stream().anyMatch(perStep::contains)) {
                perStep.addAll(node.getOutputList());
                perStep.remove(""); // the name of outputs and inputs that are left out
            } else {
                graph.addNode(node);
            }
        }
    }

    private String writeStep(int i, Step step, String x) {
        String prefix = "step" + i + "/";
        graph.addInitializer(levels(prefix + roles.level(), step.level()));
        for (NodeProto node : source.getGraph().getNodeList()) {
            if (node.getInputList().stream().anyMatch(perStep::contains)) {
                graph.addNode(renamed(node, prefix, x));
            }
        }
        String p = perStep.contains(roles.prediction()) ? prefix + roles.prediction() : roles.prediction();
        String clean = node(
                "Add",
                prefix + "estimate",
                scaled(prefix + "cl", x, step.cleanOfLatent()),
                scaled(prefix + "cp", p, step.cleanOfPrediction()));
        clean = node("Min", prefix + "clean", node("Max", prefix + "above", clean, "step/low"), "step/high");
        String next = node(
                "Add",
                prefix + "mean",
                scaled(prefix + "x", x, step.latent()),
                scaled(prefix + "c", clean, step.clean()));
        if (step.prediction() != 0.0) {
            next = node("Add", prefix + "moved", next, scaled(prefix + "p", p, step.prediction()));
        }
        if (step.noise() != 0.0) {
            graph.addInput(value(NOISE + i, latent));
            next = node("Add", prefix + "noisy", next, scaled(prefix + "z", NOISE + i, step.noise()));
        }
        return next;
    }

    private NodeProto renamed(NodeProto node, String prefix, String x) {
        NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
        if (!node.getName().isEmpty()) {
            copy.setName(prefix + node.getName());
        }
        for (String input : node.getInputList()) {
            String name = perStep.contains(input) ? prefix + input : input;
            copy.addInput(input.equals(roles.latent()) ? x : name);
        }
        node.getOutputList().forEach(output -> copy.addOutput(output.isEmpty() ? "" : prefix + output));
        return copy.build();
    }

    private String scaled(String name, String tensor, double factor) {
        scalar(name + "/factor", factor);
        return node("Mul", name + "/scaled", tensor, name + "/factor");
    }

    private String node(String operator, String output, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output));
        return output;
    }

    private void scalar(String name, double value) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.putFloat(0, (float) value);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(ElementType.FLOAT32.code())
                .setRawData(ByteString.copyFrom(raw)));
    }

    private TensorProto levels(String name, double value) {
        ByteBuffer raw = ByteBuffer.allocate(Math.toIntExact(level.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        while (raw.hasRemaining()) {
            if (level.type() == ElementType.INT64) {
                raw.putLong((long) value);
            } else {
                raw.putFloat((float) value);
            }
        }
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(level.type().code())
                .addAllDims(level.shape())
                .setRawData(ByteString.copyFrom(raw.flip()))
                .build();
    }

    private static ValueInfoProto value(String name, TensorInfo tensor) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        tensor.shape()
                .forEach(size ->
                        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(tensor.type().code())
                                .setShape(shape)))
                .build();
    }

    private TensorInfo find(List<TensorInfo> tensors, String name) {
        return tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException(model.name() + ": has no '" + name + "'; it has "
                        + tensors.stream().map(TensorInfo::name).toList() + ". Correct the name."));
    }
}
