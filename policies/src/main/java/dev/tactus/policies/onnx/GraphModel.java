package dev.tactus.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ONNX model as a file or as bytes, with the weights that it keeps in files beside it ({@code .onnx.data}), and what
 * its graph declares: inputs and outputs with their types and shapes, some of whose sizes may be open. Reading it
 * copies no weights. Immutable.
 */
public final class GraphModel {
    private final String name;
    private final Optional<Path> file;
    private final ByteBuffer bytes;
    private final Map<String, byte[]> weightFiles;
    private final List<Declared> inputs;
    private final List<Declared> outputs;
    private final List<ExternalWeights> external;

    /**
     * An input or output as the graph declares it.
     *
     * @param name its name
     * @param type its elements' type
     * @param shape its axes; empty if the graph does not say how many there are
     */
    public record Declared(String name, ElementType type, Optional<List<Axis>> shape) {}

    /**
     * One axis of a declared shape.
     *
     * @param size its size; empty if it is open
     * @param symbol the name that an open size goes by; empty text if it has none
     */
    public record Axis(Optional<Long> size, String symbol) {
        @Override
        public String toString() {
            return size.map(String::valueOf).orElse(symbol.isEmpty() ? "?" : symbol);
        }
    }

    /** A weight that lies in another file: {@code length} bytes from {@code offset}. */
    record ExternalWeights(String tensor, ElementType type, List<Long> shape, String file, long offset, long length) {}

    private GraphModel(
            String name, Optional<Path> file, ByteBuffer bytes, Map<String, byte[]> weightFiles, ModelProto model) {
        this.name = name;
        this.file = file;
        this.bytes = bytes;
        this.weightFiles = Map.copyOf(weightFiles);
        GraphProto graph = model.getGraph();
        Set<String> constants = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
        inputs = declared(
                "input",
                graph.getInputList().stream()
                        .filter(value -> !constants.contains(value.getName()))
                        .toList());
        outputs = declared("output", graph.getOutputList());
        external = external(graph);
    }

    /**
     * Reads a file. Weights that lie in other files are looked for beside it.
     *
     * @param file the ONNX file
     * @return the model
     * @throws BadInputException if it, or a file with its weights, cannot be read
     */
    public static GraphModel of(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new BadInputException(file + ": has " + channel.size()
                        + " bytes; an ONNX file has at most 2 GB. Export it with its weights in a file beside it.");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            GraphModel model =
                    new GraphModel(file.toString(), Optional.of(file), bytes, Map.of(), parse(file.toString(), bytes));
            model.requireWeights();
            return model;
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read (" + e + "). Check the path and its permissions.", e);
        }
    }

    /**
     * A model in memory that holds all its weights.
     *
     * @param name what messages call it
     * @param model bytes of an ONNX file; not copied, not to be changed
     * @return the model
     * @throws BadInputException if they are no ONNX model
     */
    public static GraphModel of(String name, byte[] model) {
        return of(name, model, Map.of());
    }

    /**
     * A model in memory with the files that hold its weights.
     *
     * @param name what messages call it
     * @param model bytes of an ONNX file; not copied, not to be changed
     * @param weightFiles content of the files that it refers to, by the name it uses
     * @return the model
     * @throws BadInputException if they are no ONNX model, or a file that it refers to is missing or too short
     */
    public static GraphModel of(String name, byte[] model, Map<String, byte[]> weightFiles) {
        ByteBuffer bytes = ByteBuffer.wrap(model);
        GraphModel parsed = new GraphModel(name, Optional.empty(), bytes, weightFiles, parse(name, bytes));
        parsed.requireWeights();
        return parsed;
    }

    private static ModelProto parse(String name, ByteBuffer bytes) {
        try {
            CodedInputStream in =
                    UnsafeByteOperations.unsafeWrap(bytes.duplicate()).newCodedInput();
            in.enableAliasing(true); // weights stay where they are
            ModelProto model = ModelProto.parseFrom(in);
            if (model.getGraph().getOutputCount() == 0) {
                throw new BadInputException(name + ": cannot be read as an ONNX model: its graph has no output. Copy"
                        + " the file again, or export it again.");
            }
            return model;
        } catch (IOException e) {
            throw new BadInputException(
                    name + ": cannot be read as an ONNX model (" + e.getMessage()
                            + "). It may be cut short: copy the file again, or export it again.",
                    e);
        }
    }

    private List<Declared> declared(String role, List<ValueInfoProto> values) {
        List<Declared> found = new ArrayList<>();
        for (ValueInfoProto value : values) {
            if (!value.getType().hasTensorType()) {
                throw new BadInputException(name + ": " + role + " '" + value.getName()
                        + "' is no tensor; only tensors can be bound. Export the network again without it.");
            }
            var tensor = value.getType().getTensorType();
            Optional<List<Axis>> shape = tensor.hasShape()
                    ? Optional.of(tensor.getShape().getDimList().stream()
                            .map(GraphModel::axis)
                            .toList())
                    : Optional.empty();
            found.add(new Declared(
                    value.getName(), type(role + " '" + value.getName() + "'", tensor.getElemType()), shape));
        }
        return List.copyOf(found);
    }

    private ElementType type(String what, int code) {
        return ElementType.of(code).orElseThrow(() -> {
            TensorProto.DataType type = TensorProto.DataType.forNumber(code);
            return new BadInputException(
                    name + ": " + what + " is of type " + (type == null ? "number " + code : type) + "; allowed are "
                            + List.of(ElementType.values()) + ". Export the network again with another type.");
        });
    }

    private static Axis axis(TensorShapeProto.Dimension dimension) {
        return dimension.hasDimValue() && dimension.getDimValue() >= 0
                ? new Axis(Optional.of(dimension.getDimValue()), "")
                : new Axis(Optional.empty(), dimension.getDimParam());
    }

    private List<ExternalWeights> external(GraphProto graph) {
        List<ExternalWeights> found = new ArrayList<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
                continue;
            }
            Map<String, String> entries = new LinkedHashMap<>();
            tensor.getExternalDataList().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
            ElementType type = type("weight '" + tensor.getName() + "'", tensor.getDataType());
            long needed = bytes(tensor.getName(), tensor.getDimsList(), type);
            try {
                found.add(new ExternalWeights(
                        tensor.getName(),
                        type,
                        tensor.getDimsList(),
                        entries.getOrDefault("location", ""),
                        Long.parseLong(entries.getOrDefault("offset", "0")),
                        Long.parseLong(entries.getOrDefault("length", Long.toString(needed)))));
            } catch (NumberFormatException e) {
                throw new BadInputException(name + ": weight '" + tensor.getName() + "' lies at " + entries
                        + ", whose offset or length is no number. Export the network again.");
            }
        }
        return List.copyOf(found);
    }

    /** Refuses weights that are missing, cut short, or outside the model's own folder. */
    private void requireWeights() {
        for (ExternalWeights weights : external) {
            String location = weights.file();
            if (!isPlainName(location)) {
                throw new BadInputException(name + ": weight '" + weights.tensor() + "' lies in '" + location
                        + "'; allowed is the plain name of a file beside the model. Export the network again with its"
                        + " weights in one file beside it.");
            }
            long size = weightFileSize(location);
            if (size < 0) {
                throw new BadInputException(name + ": its weights are in the file '" + location
                        + "', which is missing. Copy it into the same folder as the model.");
            }
            long needed = bytes(weights.tensor(), weights.shape(), weights.type());
            if (weights.offset() < 0 || weights.length() != needed || weights.offset() > size - needed) {
                throw new BadInputException(name + ": weight '" + weights.tensor() + "' of " + needed
                        + " bytes is said to be the " + weights.length() + " bytes from byte " + weights.offset()
                        + " on of '" + location + "', which has " + size + " bytes. Copy that file again: it belongs"
                        + " to another model or is cut short.");
            }
        }
    }

    private long bytes(String tensor, List<Long> shape, ElementType type) {
        try {
            return Math.multiplyExact(shape.stream().reduce(1L, Math::multiplyExact), (long) type.bytes());
        } catch (ArithmeticException e) {
            throw new BadInputException(
                    name + ": weight '" + tensor + "' has the shape " + shape
                            + ", which no file can hold. Copy the model again, or export it again.",
                    e);
        }
    }

    private static boolean isPlainName(String location) {
        return !location.isEmpty()
                && !location.equals(".")
                && !location.equals("..")
                && location.chars().noneMatch(letter -> letter == '/' || letter == '\\' || letter == 0);
    }

    private long weightFileSize(String location) {
        if (file.isEmpty()) {
            return weightFiles.containsKey(location) ? weightFiles.get(location).length : -1;
        }
        try {
            return Files.size(file.get().resolveSibling(location));
        } catch (IOException e) {
            return -1;
        }
    }

    /**
     * What messages call it.
     *
     * @return a path or another name
     */
    public String name() {
        return name;
    }

    /**
     * What the graph takes.
     *
     * @return the inputs in the graph's order, weights left out
     */
    public List<Declared> inputs() {
        return inputs;
    }

    /**
     * What the graph gives.
     *
     * @return the outputs in the graph's order
     */
    public List<Declared> outputs() {
        return outputs;
    }

    /**
     * The files that hold weights of it.
     *
     * @return their names as the model writes them, each once
     */
    public List<String> weightFileNames() {
        return external.stream().map(ExternalWeights::file).distinct().sorted().toList();
    }

    /** SHA-256 of the model and of its weight files, in the order of their names. */
    String sha256() {
        MessageDigest digest = EngineCache.sha256();
        digest.update(bytes());
        weightFileNames().forEach(location -> {
            byte[] held = weightFiles.get(location);
            digest.update(held == null ? readBeside(location) : held);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The whole model; weights are not copied. */
    ModelProto proto() {
        return parse(name, bytes);
    }

    /** Another graph over the same weight files, which are read if this model's lie on the disk. */
    GraphModel sibling(String newName, byte[] newModel) {
        Map<String, byte[]> files = new LinkedHashMap<>(weightFiles);
        if (file.isPresent()) {
            for (ExternalWeights weights : external) {
                files.computeIfAbsent(weights.file(), this::readBeside);
            }
        }
        return of(newName, newModel, files);
    }

    private byte[] readBeside(String location) {
        try {
            return Files.readAllBytes(file.orElseThrow().resolveSibling(location));
        } catch (IOException e) {
            throw new BadInputException(
                    name + ": its weights in '" + location + "' cannot be read (" + e + "). Check their permissions.",
                    e);
        }
    }

    Optional<Path> file() {
        return file;
    }

    ByteBuffer bytes() {
        return bytes.duplicate();
    }

    Map<String, byte[]> weightFiles() {
        return weightFiles;
    }

    List<ExternalWeights> external() {
        return external;
    }
}
