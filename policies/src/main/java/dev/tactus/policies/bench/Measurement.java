package dev.tactus.policies.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Times a subject: bare network calls and policy cycles in turns within one run, so that a machine whose speed drifts
 * drifts for both. Which goes first alternates. Runs on the caller's thread.
 */
final class Measurement {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BATCHES = 5;

    private final double secondsPerNetwork;
    private final int leastCalls;

    private Measurement(double secondsPerNetwork, int leastCalls) {
        this.secondsPerNetwork = secondsPerNetwork;
        this.leastCalls = leastCalls;
    }

    /** Long enough for figures that stand. */
    static Measurement thorough() {
        return new Measurement(4.0, 300);
    }

    /** Long enough to see that everything works. */
    static Measurement quick() {
        return new Measurement(0.2, 9);
    }

    NetworkFigures of(BenchSubject subject) {
        double cycleNs = warmUp(subject);
        long evaluations = subject.evaluations();
        // A round of 2 ms makes the clock's own time vanish, for slow networks it is one cycle.
        int cycles = Math.max(1, (int) (2e6 / cycleNs));
        int calls = Math.toIntExact(cycles * evaluations);
        int rounds = (int) Math.max(secondsPerNetwork * 1e9 / (2 * cycles * cycleNs), (double) leastCalls / calls) + 1;
        double[] callNs = new double[rounds * calls];
        double[] overheadNs = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            double bare = round % 2 == 0 ? calls(subject, callNs, round * calls, calls) : 0.0;
            subject.takeNetworkNs();
            double cycled = cycles(subject, cycles);
            overheadNs[round] = (cycled - subject.takeNetworkNs()) / calls;
            if (round % 2 == 1) {
                bare = calls(subject, callNs, round * calls, calls);
            }
            ratios[round] = cycled / bare;
        }
        Percentiles call = Percentiles.of(callNs);
        double overheadUs = Percentiles.of(overheadNs).median() / 1e3;
        double networkUs = call.median() / 1e3;
        return new NetworkFigures(
                subject.name(),
                evaluations,
                networkUs,
                call.at(99) / 1e3,
                overheadUs,
                overheadUs / networkUs,
                Percentiles.of(ratios).median(),
                heapBytesPerCycle(subject, cycleNs));
    }

    /** Runs until compiled code runs; returns how long a cycle then takes. */
    private double warmUp(BenchSubject subject) {
        long end = System.nanoTime() + (long) (secondsPerNetwork * 0.25e9);
        int cycles = 0;
        do {
            subject.cycle();
            subject.call();
            cycles++;
        } while (System.nanoTime() < end && cycles < 20_000);
        int timed = Math.min(cycles, 100);
        return cycles(subject, timed) / timed;
    }

    private static double calls(BenchSubject subject, double[] ns, int from, int count) {
        long begin = System.nanoTime();
        long last = begin;
        for (int i = from; i < from + count; i++) {
            subject.call();
            long now = System.nanoTime();
            ns[i] = now - last;
            last = now;
        }
        return last - begin;
    }

    private static double cycles(BenchSubject subject, int count) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            subject.cycle();
        }
        return System.nanoTime() - begin;
    }

    /**
     * The least of a few batches: what a cycle allocates itself shows in every batch, what the virtual machine does now
     * and then on its behalf does not.
     */
    private double heapBytesPerCycle(BenchSubject subject, double cycleNs) {
        int cycles = (int) Math.clamp(secondsPerNetwork * 0.05e9 / cycleNs, 3, 1000);
        double least = Double.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < cycles; i++) {
                subject.cycle();
            }
            least = Math.min(least, (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / cycles);
        }
        return least;
    }
}
