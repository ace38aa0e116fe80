package dev.tactus.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An ONNX graph under construction, with a batch dimension of any size in front of every input and output. Every method
 * adds to the graph; nothing is checked here, ONNX Runtime does that when it opens the file. One thread at a time.
 */
public final class GraphBuilder {
    /** Operator set: 17 is read by every ONNX Runtime since 1.12 and has all that is needed here. */
    private static final int OPSET = 17;

    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph;

    /**
     * Begins a graph.
     *
     * @param name the graph's name
     */
    public GraphBuilder(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /**
     * Adds an input.
     *
     * @param name its name
     * @param type type of its elements
     * @param shapeAfterBatch its sizes after the batch
     */
    public void input(String name, TensorProto.DataType type, int... shapeAfterBatch) {
        graph.addInput(value(name, type, shapeAfterBatch));
    }

    /**
     * Declares a node's output, which has the node's name, an output of the graph.
     *
     * @param name its name
     * @param type type of its elements
     * @param shapeAfterBatch its sizes after the batch
     */
    public void output(String name, TensorProto.DataType type, int... shapeAfterBatch) {
        graph.addOutput(value(name, type, shapeAfterBatch));
    }

    /**
     * Adds a float32 initializer.
     *
     * @param name its name
     * @param values its elements, row-major
     * @param shape its sizes
     * @return the name
     */
    public String constant(String name, float[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        add(name, TensorProto.DataType.FLOAT, bytes, shape);
        return name;
    }

    /**
     * Adds an int64 initializer of rank 1.
     *
     * @param name its name
     * @param values its elements
     * @return the name
     */
    public String constant(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        add(name, TensorProto.DataType.INT64, bytes, values.length);
        return name;
    }

    private void add(String name, TensorProto.DataType type, ByteBuffer bytes, int... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (int size : shape) {
            tensor.addDims(size);
        }
        // The buffer was made for this and is not kept, so a large network is not copied once more.
        graph.addInitializer(tensor.setRawData(UnsafeByteOperations.unsafeWrap(bytes)));
    }

    /**
     * Adds a node with one output, which has the node's name.
     *
     * @param name the node's name
     * @param operator the operator's name in ONNX
     * @param inputs names of inputs, initializers and nodes
     * @param attributes the operator's attributes
     * @return the name
     */
    public String node(String name, String operator, List<String> inputs, AttributeProto... attributes) {
        return node(operator, inputs, List.of(name), attributes).getFirst();
    }

    /**
     * Adds a node with several outputs; the node has the first one's name.
     *
     * @param operator the operator's name in ONNX
     * @param inputs names of inputs, initializers and nodes
     * @param outputs names of its outputs
     * @param attributes the operator's attributes
     * @return the outputs' names
     */
    public List<String> node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(outputs.getFirst())
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return outputs;
    }

    /**
     * An attribute that is a whole number.
     *
     * @param name its name
     * @param value its value
     * @return the attribute
     */
    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    /**
     * An attribute that is a list of whole numbers.
     *
     * @param name its name
     * @param values its values
     * @return the attribute
     */
    public static AttributeProto attribute(String name, long[] values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    /**
     * The graph as an ONNX file.
     *
     * @return the file's bytes
     */
    public byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("tactus")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, int... shapeAfterBatch) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (int size : shapeAfterBatch) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
