package dev.tactus.policies.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@code OrtSessionOptions} of the C API while a session is being opened. */
final class NativeSessionOptions implements AutoCloseable {
    private static final int ALL_OPTIMISATIONS = 99;

    /** The five functions that a GPU provider's options go through. */
    private record ProviderFunctions(
            OrtFunction create,
            OrtFunction update,
            OrtFunction updatePointer,
            OrtFunction append,
            OrtFunction release) {}

    private static final ProviderFunctions CUDA = new ProviderFunctions(
            OrtFunction.CREATE_CUDA_PROVIDER_OPTIONS,
            OrtFunction.UPDATE_CUDA_PROVIDER_OPTIONS,
            OrtFunction.UPDATE_CUDA_PROVIDER_OPTIONS_WITH_VALUE,
            OrtFunction.APPEND_CUDA,
            OrtFunction.RELEASE_CUDA_PROVIDER_OPTIONS);

    private static final ProviderFunctions TENSORRT = new ProviderFunctions(
            OrtFunction.CREATE_TENSORRT_PROVIDER_OPTIONS,
            OrtFunction.UPDATE_TENSORRT_PROVIDER_OPTIONS,
            OrtFunction.UPDATE_TENSORRT_PROVIDER_OPTIONS_WITH_VALUE,
            OrtFunction.APPEND_TENSORRT,
            OrtFunction.RELEASE_TENSORRT_PROVIDER_OPTIONS);

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

    /**
     * Puts the graph on a GPU, with everything in order on one stream of our own.
     *
     * @param provider CUDA, or TensorRT with CUDA behind it for what TensorRT does not take
     * @param cudaGraph whether the whole graph is recorded and replayed
     * @param engines folder with TensorRT's engines; empty for CUDA
     * @return the stream's owner, to which the session's tensors are added
     */
    DeviceMirror appendGpu(Provider provider, boolean cudaGraph, Optional<Path> engines) throws OrtFailure {
        OrtApi.call(OrtFunction.DISABLE_MEM_PATTERN, options);
        DeviceMirror mirror;
        if (provider == Provider.TENSORRT) {
            mirror = append(TENSORRT, tensorRtSettings(engines.orElseThrow(), cudaGraph), Optional.empty());
            try {
                append(CUDA, Map.of("device_id", "0"), Optional.of(mirror));
            } catch (OrtFailure e) {
                mirror.close();
                throw e;
            }
            return mirror;
        }
        return append(CUDA, Map.of("device_id", "0", "enable_cuda_graph", cudaGraph ? "1" : "0"), Optional.empty());
    }

    private static Map<String, String> tensorRtSettings(Path engines, boolean cudaGraph) {
        return Map.of(
                "device_id",
                "0",
                "trt_engine_cache_enable",
                "1",
                "trt_engine_cache_path",
                engines.toString(),
                "trt_cuda_graph_enable",
                cudaGraph ? "1" : "0");
    }

    /** Appends one provider; the first update loads its library, and with that the CUDA runtime. */
    private DeviceMirror append(
            ProviderFunctions functions, Map<String, String> settings, Optional<DeviceMirror> existing)
            throws OrtFailure {
        long gpu = create(arena, functions.create());
        Optional<DeviceMirror> mirror = existing;
        try {
            List<String> keys = List.copyOf(settings.keySet());
            long values = texts(keys.stream().map(settings::get).toList());
            OrtApi.call(functions.update(), gpu, texts(keys), values, (long) keys.size());
            mirror = Optional.of(existing.isPresent() ? existing.get() : new DeviceMirror());
            OrtApi.call(functions.updatePointer(), gpu, text("user_compute_stream"), mirror.get().stream());
            OrtApi.call(functions.append(), options, gpu);
            return mirror.get();
        } catch (OrtFailure e) {
            if (existing.isEmpty()) {
                mirror.ifPresent(DeviceMirror::close);
            }
            throw e;
        } finally {
            OrtApi.release(functions.release(), gpu);
        }
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
