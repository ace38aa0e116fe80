package dev.tactus.control.loop;

import dev.tactus.control.realtime.MonotonicSleep;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** How a control thread sleeps. It may wake up early. Called by that thread alone; allocates nothing. */
@FunctionalInterface
interface Sleeper {
    /**
     * Sleeps.
     *
     * @param nowNs time, ns on the loop's clock
     * @param untilNs when to wake up, ns on the same clock, after {@code nowNs}
     */
    void sleep(long nowNs, long untilNs);

    /** On the machine's own clock the kernel takes an absolute time; on any other only the difference means anything. */
    static Sleeper on(Clock clock) {
        Optional<MonotonicSleep> exact = clock instanceof WallClock ? MonotonicSleep.create() : Optional.empty();
        return exact.<Sleeper>map(sleep -> (nowNs, untilNs) -> sleep.until(untilNs))
                .orElse((nowNs, untilNs) -> LockSupport.parkNanos(untilNs - nowNs));
    }
}
