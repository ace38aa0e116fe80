package dev.tactus.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.tactus.policies.command.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites a float32 network to compute in 16-bit floats, half the bytes of weights to read, which is what a GPU at
 * batch 1 waits for. Inputs and outputs stay float32. What no float input reaches stays float32 too: the embedding of
 * the noise level, whose phases need more than 11 bits.
 */
public final class HalfPrecision {
    private static final String SUFFIX = "/half";
    private static final int FLOAT = DataType.FLOAT.getNumber();
    private static final int HALF = DataType.FLOAT16.getNumber();

    private final GraphModel model;
    private final GraphProto source;
    private final GraphProto.Builder graph;
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final Map<String, Integer> outsideTypes = new HashMap<>();
    private final Set<String> half = new HashSet<>();
    private final Set<String> added = new HashSet<>();
    private final Set<String> stillRead = new HashSet<>();

    private HalfPrecision(GraphModel model) {
        this.model = model;
        source = model.proto().getGraph();
        graph = source.toBuilder().clearNode().clearInitializer().clearValueInfo();
        source.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    }

    /**
     * Rewrites a network.
     *
     * @param model the network, its weights inside it
     * @return the network in 16-bit floats, under the same names
     * @throws BadInputException if its weights lie in other files, or it has control flow
     */
    public static GraphModel of(GraphModel model) {
        if (!model.external().isEmpty()) {
            throw new BadInputException(model.name() + ": keeps its weights in other files; only a network that holds"
                    + " its weights is rewritten to 16-bit floats. Export it as one file.");
        }
        ModelProto.Builder written = model.proto().toBuilder().setGraph(new HalfPrecision(model).write());
        return GraphModel.of(model.name() + " in 16-bit floats", written.build().toByteArray());
    }

    private GraphProto.Builder write() {
        for (ValueInfoProto input : source.getInputList()) {
            int type = input.getType().getTensorType().getElemType();
            if (type == FLOAT && !constants.containsKey(input.getName())) {
                half.add(input.getName());
                cast(input.getName(), input.getName() + SUFFIX, HALF);
            } else {
                outsideTypes.put(input.getName(), type);
            }
        }
        constants.forEach((name, tensor) -> outsideTypes.put(name, tensor.getDataType()));
        source.getNodeList().forEach(this::write);
        for (ValueInfoProto output : source.getOutputList()) {
            if (half.contains(output.getName())) {
                cast(output.getName() + SUFFIX, output.getName(), FLOAT);
            }
            stillRead.add(output.getName());
        }
        constants.values().stream()
                .filter(tensor -> stillRead.contains(tensor.getName()))
                .forEach(graph::addInitializer);
        return graph;
    }

    private void write(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG() || attribute.getGraphsCount() > 0) {
                throw new BadInputException(model.name() + ": has the control flow operator " + node.getOpType()
                        + ", which is not rewritten to 16-bit floats. Export it without.");
            }
        }
        if (node.getInputList().stream().noneMatch(half::contains)) {
            node.getOutputList().forEach(output -> outsideTypes.put(output, outsideType(node)));
            stillRead.addAll(node.getInputList());
            graph.addNode(node);
            return;
        }
        NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
        node.getInputList().forEach(input -> copy.addInput(halved(input)));
        for (String output : node.getOutputList()) {
            copy.addOutput(output.isEmpty() ? "" : output + SUFFIX);
            half.add(output);
        }
        half.remove("");
        for (AttributeProto.Builder attribute : copy.getAttributeBuilderList()) {
            if (node.getOpType().equals("Cast") && attribute.getName().equals("to") && attribute.getI() == FLOAT) {
                attribute.setI(HALF);
            }
        }
        graph.addNode(copy);
    }

    /** The name of a tensor's 16-bit version where a node of the rewritten part reads it. */
    private String halved(String name) {
        if (half.contains(name)) {
            return name + SUFFIX;
        }
        if (name.isEmpty() || outsideTypes.getOrDefault(name, FLOAT) != FLOAT) {
            stillRead.add(name);
            return name;
        }
        if (added.add(name)) {
            if (constants.containsKey(name)) {
                graph.addInitializer(halved(constants.get(name)));
            } else {
                cast(name, name + SUFFIX, HALF);
            }
        }
        return name + SUFFIX;
    }

    private static TensorProto halved(TensorProto tensor) {
        ByteBuffer raw = ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int size = tensor.getRawData().isEmpty() ? tensor.getFloatDataCount() : raw.remaining() / Float.BYTES;
        ByteBuffer shorts = ByteBuffer.allocate(size * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            float value = tensor.getRawData().isEmpty() ? tensor.getFloatData(i) : raw.getFloat(i * Float.BYTES);
            shorts.putShort(i * Short.BYTES, Float.floatToFloat16(value));
        }
        return tensor.toBuilder()
                .clearFloatData()
                .setName(tensor.getName() + SUFFIX)
                .setDataType(HALF)
                .setRawData(UnsafeByteOperations.unsafeWrap(shorts))
                .build();
    }

    /** The type of what a node that no float input reaches gives: said by it, or that of its first input. */
    private int outsideType(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (node.getOpType().equals("Cast") && attribute.getName().equals("to")) {
                return (int) attribute.getI();
            }
            if (attribute.hasT()) {
                return attribute.getT().getDataType();
            }
        }
        return switch (node.getOpType()) {
            case "Shape", "Size", "NonZero", "ArgMax", "ArgMin" -> DataType.INT64.getNumber();
            default -> node.getInputCount() == 0 ? FLOAT : outsideTypes.getOrDefault(node.getInput(0), FLOAT);
        };
    }

    private void cast(String from, String to, int type) {
        graph.addNode(NodeProto.newBuilder()
                .setName(to + "/cast")
                .setOpType("Cast")
                .addInput(from)
                .addOutput(to)
                .addAttribute(GraphBuilder.attribute("to", type)));
    }
}
