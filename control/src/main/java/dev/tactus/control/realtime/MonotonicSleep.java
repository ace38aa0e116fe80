package dev.tactus.control.realtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Optional;

/**
 * Sleeping until an absolute time on CLOCK_MONOTONIC ({@code clock_nanosleep}, TIMER_ABSTIME), whose epoch {@link
 * System#nanoTime} shares on Linux: a thread that is preempted on its way to sleep does not wake up later for it. One
 * thread uses an instance; sleeping allocates nothing.
 */
public final class MonotonicSleep {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NANOSECONDS_OFFSET = 8;

    /** The Java runtime tailors a method handle to its use after 127 calls and allocates for it once. */
    private static final int CALLS_TO_SETTLE = 200;

    private final MemorySegment timespec = Arena.ofAuto().allocate(16, 8);

    private MonotonicSleep() {}

    /**
     * Makes one, where the system has it, and calls it until it has settled.
     *
     * @return empty elsewhere than on 64-bit Linux
     */
    public static Optional<MonotonicSleep> create() {
        if (!LinuxCalls.canSleep()) {
            return Optional.empty();
        }
        MonotonicSleep sleep = new MonotonicSleep();
        for (int n = 0; n < CALLS_TO_SETTLE; n++) {
            sleep.until(0); // has passed
        }
        return Optional.of(sleep);
    }

    /**
     * Sleeps until then, or until a signal comes; not at all if the time has passed. An interruption of the Java thread
     * does not end it.
     *
     * @param untilNs time on {@link System#nanoTime}, ns
     */
    public void until(long untilNs) {
        timespec.set(ValueLayout.JAVA_LONG, 0, untilNs / SECOND_NS);
        timespec.set(ValueLayout.JAVA_LONG, NANOSECONDS_OFFSET, untilNs % SECOND_NS);
        LinuxCalls.sleepUntil(timespec.address());
        Reference.reachabilityFence(timespec); // its memory goes with it
    }
}
