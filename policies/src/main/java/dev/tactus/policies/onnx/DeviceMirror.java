package dev.tactus.policies.onnx;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The copy of a session's tensors on a GPU, at addresses that never change, which a recorded CUDA graph needs, and the
 * stream on which everything of the session happens in order. ONNX Runtime copies an input that is bound in host memory
 * once, when it is bound; so the session binds these, and copies around each run. Allocates nothing a run.
 */
final class DeviceMirror implements AutoCloseable {
    private final List<Long> pinned = new ArrayList<>();
    private final List<Long> allocated = new ArrayList<>();
    private final List<Block> inputs = new ArrayList<>();
    private final List<Block> outputs = new ArrayList<>();
    private long[] inputHost = {};
    private long[] inputDevice = {};
    private long[] inputBytes = {};
    private long[] outputHost = {};
    private long[] outputDevice = {};
    private long[] outputBytes = {};
    private final long stream;
    private int error;

    private record Block(MemorySegment host, long device) {}

    DeviceMirror() throws OrtFailure {
        if (!CudaRuntime.FAILURE.isEmpty()) {
            throw new OrtFailure(CudaRuntime.FAILURE);
        }
        stream = CudaRuntime.createStream();
    }

    long stream() {
        return stream;
    }

    /** Makes device memory for an input; returns its address. */
    long addInput(MemorySegment host) throws OrtFailure {
        Block block = add(host);
        inputs.add(block);
        inputHost = inputs.stream().mapToLong(each -> each.host().address()).toArray();
        inputDevice = inputs.stream().mapToLong(Block::device).toArray();
        inputBytes = inputs.stream().mapToLong(each -> each.host().byteSize()).toArray();
        return block.device();
    }

    /** Makes device memory for an output; returns its address. */
    long addOutput(MemorySegment host) throws OrtFailure {
        Block block = add(host);
        outputs.add(block);
        outputHost = outputs.stream().mapToLong(each -> each.host().address()).toArray();
        outputDevice = outputs.stream().mapToLong(Block::device).toArray();
        outputBytes = outputs.stream().mapToLong(each -> each.host().byteSize()).toArray();
        return block.device();
    }

    private Block add(MemorySegment host) throws OrtFailure {
        CudaRuntime.pin(host.address(), (host.byteSize() + BoundMemory.PAGE - 1) / BoundMemory.PAGE * BoundMemory.PAGE);
        pinned.add(host.address());
        long device = CudaRuntime.allocate(host.byteSize());
        allocated.add(device);
        return new Block(host, device);
    }

    /** Queues the inputs' way to the device; false if CUDA refuses. */
    boolean upload() {
        for (int i = 0; i < inputHost.length; i++) {
            if (!copy(inputDevice[i], inputHost[i], inputBytes[i], CudaRuntime.HOST_TO_DEVICE)) {
                return false;
            }
        }
        return true;
    }

    /** Queues the outputs' way back and waits for everything; false if CUDA refuses. */
    boolean download() {
        for (int i = 0; i < outputHost.length; i++) {
            if (!copy(outputHost[i], outputDevice[i], outputBytes[i], CudaRuntime.DEVICE_TO_HOST)) {
                return false;
            }
        }
        try {
            error = (int) CudaRuntime.SYNCHRONIZE.invokeExact(stream);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall of a long throws nothing
        }
        return error == 0;
    }

    private boolean copy(long to, long from, long bytes, int kind) {
        try {
            error = (int) CudaRuntime.COPY.invokeExact(to, from, bytes, kind, stream);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall of longs throws nothing
        }
        return error == 0;
    }

    /** Why the last copy failed; empty if it did not. */
    String failure() {
        return error == 0 ? "" : "copying to or from the GPU failed: " + CudaRuntime.errorText(error);
    }

    @Override
    public void close() {
        try {
            for (long address : allocated) {
                CudaRuntime.free(address);
            }
            for (long host : pinned) {
                CudaRuntime.unpin(host);
            }
            CudaRuntime.destroyStream(stream);
        } catch (OrtFailure e) {
            error = 1; // the device is gone, and its memory with it
        }
    }
}
