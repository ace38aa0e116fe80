package dev.tactus.policies.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/** An {@code OrtSessionOptions} of the C API while a session is being opened. */
final class NativeSessionOptions implements AutoCloseable {
    private static final int ALL_OPTIMISATIONS = 99;

    private final Arena arena = Arena.ofConfined();
    private final long options;

    NativeSessionOptions(GraphModel model, FixedShapes shapes, int threads) throws OrtFailure {
        options = create(arena, OrtFunction.CREATE_SESSION_OPTIONS);
        try {
            OrtApi.call(OrtFunction.SET_SESSION_LOG_SEVERITY_LEVEL, options, OrtApi.LOG_FATAL);
            OrtApi.call(OrtFunction.SET_SESSION_GRAPH_OPTIMIZATION_LEVEL, options, ALL_OPTIMISATIONS);
            OrtApi.call(OrtFunction.SET_INTRA_OP_NUM_THREADS, options, threads);
            OrtApi.call(OrtFunction.SET_INTER_OP_NUM_THREADS, options, 1);
            for (Map.Entry<String, String> entry : SessionFactory.CONFIGURATION.entrySet()) {
                OrtApi.call(
                        OrtFunction.ADD_SESSION_CONFIG_ENTRY, options, text(entry.getKey()), text(entry.getValue()));
            }
            for (Map.Entry<String, Long> symbol : shapes.symbols().entrySet()) {
                OrtApi.call(
                        OrtFunction.ADD_FREE_DIMENSION_OVERRIDE_BY_NAME,
                        options,
                        text(symbol.getKey()),
                        symbol.getValue());
            }
            addWeightFiles(model.weightFiles());
        } catch (OrtFailure | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Opens the model: from its file if it has one, so that weights beside it are found, else from its bytes. */
    long createSession(GraphModel model) throws OrtFailure {
        MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
        if (model.file().isPresent()) {
            long path = text(model.file().get().toString());
            OrtApi.call(OrtFunction.CREATE_SESSION, OrtApi.ENVIRONMENT, path, options, out.address());
        } else {
            MemorySegment bytes = copy(MemorySegment.ofBuffer(model.bytes()));
            OrtApi.call(
                    OrtFunction.CREATE_SESSION_FROM_ARRAY,
                    OrtApi.ENVIRONMENT,
                    bytes.address(),
                    bytes.byteSize(),
                    options,
                    out.address());
        }
        return out.get(ValueLayout.JAVA_LONG, 0);
    }

    private void addWeightFiles(Map<String, byte[]> files) throws OrtFailure {
        if (files.isEmpty()) {
            return;
        }
        List<String> names = List.copyOf(files.keySet());
        MemorySegment buffers = arena.allocate(ValueLayout.JAVA_LONG, names.size());
        MemorySegment lengths = arena.allocate(ValueLayout.JAVA_LONG, names.size());
        for (int i = 0; i < names.size(); i++) {
            MemorySegment content = copy(MemorySegment.ofArray(files.get(names.get(i))));
            buffers.setAtIndex(ValueLayout.JAVA_LONG, i, content.address());
            lengths.setAtIndex(ValueLayout.JAVA_LONG, i, content.byteSize());
        }
        OrtApi.call(
                OrtFunction.ADD_EXTERNAL_INITIALIZERS_FROM_FILES_IN_MEMORY,
                options,
                texts(names),
                buffers.address(),
                lengths.address(),
                (long) names.size());
    }

    private MemorySegment copy(MemorySegment source) {
        return arena.allocate(Math.max(1, source.byteSize()), 64)
                .asSlice(0, source.byteSize())
                .copyFrom(source);
    }

    private long text(String text) {
        return arena.allocateFrom(text).address();
    }

    private long texts(List<String> texts) {
        MemorySegment array = arena.allocate(ValueLayout.JAVA_LONG, texts.size());
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.JAVA_LONG, i, text(texts.get(i)));
        }
        return array.address();
    }

    /** Calls a function whose only argument is where it writes the pointer that it makes. */
    static long create(Arena arena, OrtFunction function) throws OrtFailure {
        MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
        OrtApi.call(function, out.address());
        return out.get(ValueLayout.JAVA_LONG, 0);
    }

    @Override
    public void close() {
        OrtApi.release(OrtFunction.RELEASE_SESSION_OPTIONS, options);
        arena.close();
    }
}
