package dev.tactus.policies.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A graph through ONNX Runtime's C API: inputs and outputs are bound once ({@code OrtIoBinding}) to memory that this
 * session owns, and a run is one native call with three constant pointers. On a GPU the tensors have a fixed place on
 * the device too, and a run copies inputs there and outputs back. Allocates nothing a run.
 *
 * <p>A GPU provider keeps its scratch memory, and a recorded CUDA graph, for the thread that runs the session: run it
 * on one thread, and warm it up there.
 */
public final class NativeGraphSession extends GraphSession {
    private final List<Long> values = new ArrayList<>();
    private DeviceMirror mirror; // null on the processor
    private long memoryInfo;
    private long session;
    private long runOptions;
    private long binding;
    private long failedStatus;
    private String failure = "";

    private NativeGraphSession(FixedShapes shapes, Provider provider, List<String> declined) {
        super(shapes, provider, declined);
    }

    static NativeGraphSession open(
            GraphModel model,
            FixedShapes shapes,
            Provider provider,
            GraphOptions options,
            Optional<Path> engines,
            List<String> declined)
            throws OrtFailure {
        NativeGraphSession opened = new NativeGraphSession(shapes, provider, declined);
        try {
            opened.create(model, shapes, options, engines);
        } catch (OrtFailure | RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private void create(GraphModel model, FixedShapes shapes, GraphOptions options, Optional<Path> engines)
            throws OrtFailure {
        try (NativeSessionOptions opening = new NativeSessionOptions(model, shapes, options.threads());
                Arena scratch = Arena.ofConfined()) {
            if (provider() != Provider.CPU) {
                mirror = opening.appendGpu(provider(), options.cudaGraph(), engines);
            }
            session = opening.createSession(model);
            MemorySegment out = scratch.allocate(ValueLayout.JAVA_LONG);
            if (mirror == null) {
                OrtApi.call(OrtFunction.CREATE_CPU_MEMORY_INFO, 0, 0, out.address());
            } else {
                long cuda = scratch.allocateFrom("Cuda").address();
                OrtApi.call(OrtFunction.CREATE_MEMORY_INFO, cuda, 0, 0, 0, out.address());
            }
            memoryInfo = out.get(ValueLayout.JAVA_LONG, 0);
            runOptions = NativeSessionOptions.create(scratch, OrtFunction.CREATE_RUN_OPTIONS);
            OrtApi.call(OrtFunction.CREATE_IO_BINDING, session, out.address());
            binding = out.get(ValueLayout.JAVA_LONG, 0);
            for (TensorInfo input : shapes.inputs()) {
                MemorySegment host = input(input.name());
                bind(OrtFunction.BIND_INPUT, input, mirror == null ? host.address() : mirror.addInput(host));
            }
            for (TensorInfo output : shapes.outputs()) {
                MemorySegment host = output(output.name());
                bind(OrtFunction.BIND_OUTPUT, output, mirror == null ? host.address() : mirror.addOutput(host));
            }
        }
    }

    private void bind(OrtFunction function, TensorInfo tensor, long address) throws OrtFailure {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment out = scratch.allocate(ValueLayout.JAVA_LONG);
            MemorySegment shape = scratch.allocateFrom(ValueLayout.JAVA_LONG, tensor.dimensions());
            OrtApi.call(
                    OrtFunction.CREATE_TENSOR_WITH_DATA_AS_ORT_VALUE,
                    memoryInfo,
                    address,
                    tensor.bytes(),
                    shape.address(),
                    (long) tensor.shape().size(),
                    tensor.type().code(),
                    out.address());
            long value = out.get(ValueLayout.JAVA_LONG, 0);
            values.add(value);
            OrtApi.call(function, binding, scratch.allocateFrom(tensor.name()).address(), value);
        }
    }

    @Override
    public boolean run() {
        if (closed()) {
            failure = "the session is closed";
            return false;
        }
        if (mirror != null && !mirror.upload()) {
            return false;
        }
        long status;
        try {
            status = (long) OrtApi.RUN_WITH_BINDING.invokeExact(session, runOptions, binding);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall of longs throws nothing
        }
        if (status == 0) {
            return mirror == null || mirror.download();
        }
        keep(status);
        return false;
    }

    /** Holds on to the newest failure; its text is made when somebody asks. */
    private void keep(long status) {
        long older = failedStatus;
        failedStatus = status;
        OrtApi.release(OrtFunction.RELEASE_STATUS, older);
    }

    @Override
    public String failure() {
        if (failedStatus != 0) {
            failure = OrtApi.message(failedStatus);
            failedStatus = 0;
        }
        return mirror != null && !mirror.failure().isEmpty() ? mirror.failure() : failure;
    }

    @Override
    void release() {
        OrtApi.release(OrtFunction.RELEASE_IO_BINDING, binding);
        values.forEach(value -> OrtApi.release(OrtFunction.RELEASE_VALUE, value));
        OrtApi.release(OrtFunction.RELEASE_RUN_OPTIONS, runOptions);
        OrtApi.release(OrtFunction.RELEASE_SESSION, session);
        OrtApi.release(OrtFunction.RELEASE_MEMORY_INFO, memoryInfo);
        OrtApi.release(OrtFunction.RELEASE_STATUS, failedStatus);
        failedStatus = 0;
        if (mirror != null) {
            mirror.close(); // after the session, which works on its stream
        }
    }
}
