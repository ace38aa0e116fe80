package dev.tactus.control.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that makes garbage at a steady rate beside the control loop, in the same Java virtual machine: arrays of 64
 * bytes to 16 kB, of which some live for a while, so that the collector has something to mark and to move.
 */
final class GarbageNeighbour implements AutoCloseable {
    /** What it makes, bytes a second. */
    static final long BYTES_PER_S = 400_000_000L;

    private static final int BURST_BYTES = 4_000_000;
    private static final int LIVING = 8192;
    private static final int LEAST_BYTES = 64;
    private static final int MOST_BYTES = 16384;
    private static final long SEED = 1;

    private final byte[][] living = new byte[LIVING][];
    private final Thread thread =
            Thread.ofPlatform().name("tactus-garbage").daemon().unstarted(this::allocate);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private volatile boolean closed;
    private long startNs;

    private GarbageNeighbour() {}

    static GarbageNeighbour start() {
        GarbageNeighbour neighbour = new GarbageNeighbour();
        neighbour.startNs = System.nanoTime();
        neighbour.thread.start();
        return neighbour;
    }

    /** The rate that the virtual machine measured since it was started, bytes a second. */
    double measuredBytesPerS() {
        return threads.getThreadAllocatedBytes(thread.threadId()) * 1e9 / (System.nanoTime() - startNs);
    }

    private void allocate() {
        SplittableRandom random = new SplittableRandom(SEED);
        long madeBytes = 0;
        while (!closed) {
            long burstEnd = madeBytes + BURST_BYTES;
            while (madeBytes < burstEnd) {
                byte[] garbage = new byte[random.nextInt(LEAST_BYTES, MOST_BYTES)];
                living[random.nextInt(LIVING)] = garbage;
                madeBytes += garbage.length;
            }
            long dueNs = startNs + (long) (madeBytes * 1e9 / BYTES_PER_S);
            LockSupport.parkNanos(dueNs - System.nanoTime());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
