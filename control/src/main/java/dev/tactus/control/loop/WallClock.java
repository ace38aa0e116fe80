package dev.tactus.control.loop;

/** The machine's monotonic clock ({@link System#nanoTime}, which is CLOCK_MONOTONIC on Linux). */
public final class WallClock implements Clock {
    /** Makes the clock. */
    public WallClock() {}

    @Override
    public long nowNs() {
        return System.nanoTime();
    }
}
