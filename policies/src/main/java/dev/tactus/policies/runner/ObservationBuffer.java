package dev.tactus.policies.runner;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A ring of observations, written by one thread once per policy tick and read by any. Nobody waits and nothing is
 * allocated: a reader copies the newest observations, then checks that the writer did not come round meanwhile, and
 * copies again if it did (a writer has to write {@code capacity - steps} observations during one copy for that).
 */
public final class ObservationBuffer {
    private static final VarHandle CLAIMED;
    private static final VarHandle PUBLISHED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIMED = lookup.findVarHandle(ObservationBuffer.class, "claimed", long.class);
            PUBLISHED = lookup.findVarHandle(ObservationBuffer.class, "published", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final int size;
    private final float[] values;
    private final long[] ticks;
    private final long[] stampsNs;

    @SuppressWarnings("unused") // through CLAIMED: observations begun
    private long claimed;

    @SuppressWarnings("unused") // through PUBLISHED: observations complete
    private long published;

    private volatile long episodeStart;
    private volatile Thread reader;

    /**
     * Makes an empty buffer.
     *
     * @param capacity observations that it keeps; at least twice the steps that a reader will ask for
     * @param size elements of an observation
     */
    public ObservationBuffer(int capacity, int size) {
        if (capacity < 2 || size < 1) {
            throw new IllegalArgumentException(
                    "capacity " + capacity + " must be at least 2 and size " + size + " at least 1");
        }
        this.capacity = capacity;
        this.size = size;
        this.values = new float[capacity * size];
        this.ticks = new long[capacity];
        this.stampsNs = new long[capacity];
    }

    /**
     * Elements of an observation.
     *
     * @return elements
     */
    public int size() {
        return size;
    }

    /** Begins an episode: what was written before is no history of what comes. Writer only. */
    public void beginEpisode() {
        episodeStart = (long) PUBLISHED.getOpaque(this);
    }

    /**
     * Adds the observation of a tick and wakes the reader that {@link #wake} named. Writer only.
     *
     * @param observation its elements in physical units; copied
     * @param tick its policy tick
     * @param stampNs when it was measured, ns
     */
    public void write(float[] observation, long tick, long stampNs) {
        long count = (long) PUBLISHED.getOpaque(this);
        int slot = (int) (count % capacity);
        CLAIMED.setOpaque(this, count + 1);
        VarHandle.storeStoreFence(); // readers see the claim before any of the new numbers
        System.arraycopy(observation, 0, values, slot * size, size);
        ticks[slot] = tick;
        stampsNs[slot] = stampNs;
        PUBLISHED.setRelease(this, count + 1);
        Thread waiting = reader;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /**
     * How many observations were ever written: a number that changes when there is something new.
     *
     * @return the count
     */
    public long published() {
        return (long) PUBLISHED.getAcquire(this);
    }

    /**
     * Copies the newest observations of the episode, oldest first; where the episode has fewer than the window's steps,
     * its earliest is repeated in front. Any thread.
     *
     * @param out the window to fill
     * @return whether there was any observation; if not, the window is as it was
     */
    public boolean copyNewest(ObservationWindow out) {
        if (out.size() != size || out.steps() >= capacity) {
            throw new IllegalArgumentException("a window of " + out.steps() + " x " + out.size()
                    + "; this buffer keeps " + capacity + " x " + size + " and serves fewer steps than it keeps");
        }
        while (true) {
            long count = (long) PUBLISHED.getAcquire(this);
            long start = episodeStart;
            if (count <= start) {
                return false;
            }
            long oldest = Math.max(start, count - out.steps());
            copy(oldest, count, out);
            VarHandle.loadLoadFence(); // the numbers are read before the claim is looked at again
            if ((long) CLAIMED.getOpaque(this) <= oldest + capacity) {
                return true;
            }
        }
    }

    /**
     * Names the thread that {@link #write} unparks.
     *
     * @param thread the reader's thread; null for none
     */
    void wake(Thread thread) {
        reader = thread;
    }

    private void copy(long oldest, long count, ObservationWindow out) {
        for (int step = 0; step < out.steps(); step++) {
            long index = Math.max(oldest, count - out.steps() + step);
            System.arraycopy(values, (int) (index % capacity) * size, out.values(), step * size, size);
        }
        int newest = (int) ((count - 1) % capacity);
        out.stamp(ticks[newest], stampsNs[newest], count);
    }
}
