package dev.tactus.policies.onnx;

import dev.tactus.policies.command.MissingPartException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How fast a provider's memory is, measured by copying: the floor under a network's time at batch 1 is the bytes of its
 * weights divided by this. A copy reads and writes, so it counts twice. Not for the real-time path.
 */
public final class MemoryBandwidth {
    private static final long BYTES = 512L << 20;
    private static final int COPIES = 8;
    private static final int DEVICE_TO_DEVICE = 3;

    private MemoryBandwidth() {}

    /**
     * Measures. A GPU provider must have been loaded, by a session that was opened on it.
     *
     * @param provider whose memory
     * @return bytes per second, read plus written, the fastest of {@value #COPIES} copies
     * @throws MissingPartException if there is not a gigabyte to copy in
     */
    public static double bytesPerSecond(Provider provider) {
        try {
            return provider == Provider.CPU ? ofProcessor() : ofGpu();
        } catch (OrtFailure e) {
            throw new MissingPartException("the GPU's memory cannot be timed: " + e.getMessage(), e);
        }
    }

    private static double ofProcessor() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocate(BYTES, BoundMemory.PAGE);
            MemorySegment to = arena.allocate(BYTES, BoundMemory.PAGE);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < COPIES; i++) {
                long start = System.nanoTime();
                to.copyFrom(from);
                least = Math.min(least, System.nanoTime() - start);
            }
            return 2.0 * BYTES / (least * 1e-9);
        }
    }

    private static double ofGpu() throws OrtFailure {
        long stream = CudaRuntime.createStream();
        long from = CudaRuntime.allocate(BYTES);
        long to = CudaRuntime.allocate(BYTES);
        try {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < COPIES; i++) {
                long start = System.nanoTime();
                CudaRuntime.copyAndWait(to, from, BYTES, DEVICE_TO_DEVICE, stream);
                least = Math.min(least, System.nanoTime() - start);
            }
            return 2.0 * BYTES / (least * 1e-9);
        } finally {
            CudaRuntime.free(to);
            CudaRuntime.free(from);
            CudaRuntime.destroyStream(stream);
        }
    }
}
