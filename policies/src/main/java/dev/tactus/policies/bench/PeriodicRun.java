package dev.tactus.policies.bench;

import java.util.concurrent.locks.LockSupport;

/**
 * Cycles as a robot asks for them: one every period, at absolute times, the thread asleep in between. Caches and clock
 * frequency are then those of a robot and not those of a tight loop; such a call takes 1.5 to 5 times as long.
 *
 * @param rateHz cycles a second
 * @param cycles how many were timed
 * @param p50Us a cycle's duration, median
 * @param p99Us 99th percentile
 * @param greatestUs the longest
 * @param late cycles that began a period or more after their time
 */
record PeriodicRun(int rateHz, int cycles, double p50Us, double p99Us, double greatestUs, int late) {

    /** The 99th percentile over the median. */
    double p99ToP50() {
        return p99Us / p50Us;
    }

    static PeriodicRun measure(BenchSubject subject, int rateHz, double seconds) {
        long periodNs = 1_000_000_000L / rateHz;
        int warmUp = Math.max(1, rateHz / 2);
        int cycles = Math.max(1, (int) (seconds * rateHz));
        double[] durationsUs = new double[cycles];
        int late = 0;
        long start = System.nanoTime() + periodNs;
        for (int i = -warmUp; i < cycles; i++) {
            long due = start + (i + warmUp) * periodNs;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long begin = System.nanoTime();
            subject.cycle();
            long end = System.nanoTime();
            if (i >= 0) {
                durationsUs[i] = (end - begin) / 1e3;
                late += begin - due >= periodNs ? 1 : 0;
            }
        }
        Percentiles all = Percentiles.of(durationsUs);
        return new PeriodicRun(rateHz, cycles, all.median(), all.at(99), all.greatest(), late);
    }
}
