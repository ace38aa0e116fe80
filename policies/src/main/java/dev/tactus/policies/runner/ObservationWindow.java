package dev.tactus.policies.runner;

/** The newest observations as a policy takes them: oldest first, in physical units. Preallocated; one thread's own. */
public final class ObservationWindow {
    private final int steps;
    private final int size;
    private final float[] values;
    private long tick;
    private long stampNs;
    private long count;

    /**
     * Makes a window of zeros.
     *
     * @param steps To, observations in the window
     * @param size elements of an observation
     */
    public ObservationWindow(int steps, int size) {
        if (steps < 1 || size < 1) {
            throw new IllegalArgumentException("steps " + steps + " and size " + size + " must be at least 1");
        }
        this.steps = steps;
        this.size = size;
        this.values = new float[steps * size];
    }

    /**
     * Observations in the window.
     *
     * @return To
     */
    public int steps() {
        return steps;
    }

    /**
     * Elements of an observation.
     *
     * @return elements
     */
    public int size() {
        return size;
    }

    /**
     * The numbers, {@code [To][size]} row-major, oldest first. The array itself: its owner reads it in place.
     *
     * @return the array
     */
    public float[] values() {
        return values;
    }

    /**
     * Policy tick of the newest observation.
     *
     * @return the tick
     */
    public long tick() {
        return tick;
    }

    /**
     * Stamp of the newest observation, on the clock of whoever wrote it.
     *
     * @return ns
     */
    public long stampNs() {
        return stampNs;
    }

    /** How many observations the buffer had ever seen when this window was copied. */
    long count() {
        return count;
    }

    void stamp(long newestTick, long newestStampNs, long countAtCopy) {
        tick = newestTick;
        stampNs = newestStampNs;
        count = countAtCopy;
    }
}
