package dev.tactus.policies.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph through ONNX Runtime's Java API, where the C API cannot be bound. Inputs and outputs are pinned to memory
 * that this session owns, as far as that API goes; it leaves a few hundred bytes of garbage a run. It has no device
 * binding, so it runs on the processor only.
 */
public final class JavaGraphSession extends GraphSession {
    private final Map<String, OnnxTensor> pinnedInputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> pinnedOutputs = new LinkedHashMap<>();
    private OrtSession session;
    private String failure = "";

    private JavaGraphSession(FixedShapes shapes, Provider provider, List<String> declined) {
        super(shapes, provider, declined);
    }

    static JavaGraphSession open(
            GraphModel model, FixedShapes shapes, Provider provider, GraphOptions options, List<String> declined)
            throws OrtFailure {
        if (provider != Provider.CPU) {
            throw new OrtFailure(processorOnly());
        }
        JavaGraphSession opened = new JavaGraphSession(shapes, provider, declined);
        try {
            opened.create(model, shapes, options);
        } catch (OrtException e) {
            opened.close();
            throw new OrtFailure(e.getMessage(), e);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    static String processorOnly() {
        return "a GPU is used through the C API only, which is not in use: " + RuntimeLibrary.whyNotNative();
    }

    private void create(GraphModel model, FixedShapes shapes, GraphOptions options) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensorLike> weights = new LinkedHashMap<>();
        try (OrtSession.SessionOptions opening = sessionOptions(shapes, options)) {
            for (GraphModel.ExternalWeights external : model.external()) {
                if (model.file().isEmpty()) {
                    weights.put(external.tensor(), tensor(environment, model, external));
                }
            }
            if (!weights.isEmpty()) {
                opening.addExternalInitializers(weights);
            }
            session = model.file().isPresent()
                    ? environment.createSession(model.file().get().toString(), opening)
                    : environment.createSession(model.bytes().array(), opening);
        } finally {
            weights.values().forEach(OnnxTensorLike::close);
        }
        for (TensorInfo input : shapes.inputs()) {
            pinnedInputs.put(input.name(), pin(environment, input, input(input.name())));
        }
        for (TensorInfo output : shapes.outputs()) {
            pinnedOutputs.put(output.name(), pin(environment, output, output(output.name())));
        }
    }

    private static OrtSession.SessionOptions sessionOptions(FixedShapes shapes, GraphOptions options)
            throws OrtException {
        OrtSession.SessionOptions opening = new OrtSession.SessionOptions();
        opening.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        opening.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        opening.setIntraOpNumThreads(options.threads());
        opening.setInterOpNumThreads(1);
        for (Map.Entry<String, String> entry : SessionFactory.CONFIGURATION.entrySet()) {
            opening.addConfigEntry(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, Long> symbol : shapes.symbols().entrySet()) {
            opening.setSymbolicDimensionValue(symbol.getKey(), symbol.getValue());
        }
        return opening;
    }

    private static OnnxTensor tensor(OrtEnvironment environment, GraphModel model, GraphModel.ExternalWeights external)
            throws OrtException {
        int length = Math.toIntExact(external.length());
        ByteBuffer bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
        bytes.put(0, model.weightFiles().get(external.file()), Math.toIntExact(external.offset()), length);
        long[] shape = external.shape().stream().mapToLong(Long::longValue).toArray();
        return OnnxTensor.createTensor(environment, bytes, shape, javaType(external.type()));
    }

    private static OnnxTensor pin(OrtEnvironment environment, TensorInfo tensor, MemorySegment memory)
            throws OrtException {
        ByteBuffer buffer = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        return OnnxTensor.createTensor(environment, buffer, tensor.dimensions(), javaType(tensor.type()));
    }

    private static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT8 -> OnnxJavaType.INT8;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
        };
    }

    @Override
    public boolean run() {
        if (closed()) {
            failure = "the session is closed";
            return false;
        }
        try {
            session.run(pinnedInputs, pinnedOutputs).close(); // closes nothing of ours: pinned outputs stay
            return true;
        } catch (OrtException e) {
            failure = e.getMessage();
            return false;
        }
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    void release() {
        pinnedInputs.values().forEach(OnnxTensor::close);
        pinnedOutputs.values().forEach(OnnxTensor::close);
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            failure = e.getMessage();
        }
    }
}
