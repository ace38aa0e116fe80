package dev.tactus.policies.runner;

import dev.tactus.policies.scheme.CycleKind;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * What a policy's cycles cost. A tick counts as steady when the chunk that it executes came from a steady inference; the
 * first full denoise of an episode and restarts are kept apart. One thread records, the one that calls {@link
 * Policy#act}; any thread reads. Recording neither locks nor allocates.
 */
public final class CycleStatistics {
    private static final long LONGEST_NS = 60_000_000_000L;

    private final AtomicHistogram steady = new AtomicHistogram(LONGEST_NS, 3);
    private final AtomicHistogram fromNoise = new AtomicHistogram(LONGEST_NS, 3);

    // written by the recording thread alone
    private volatile long ticks;
    private volatile long steadyTicks;
    private volatile long steadyEvaluations;
    private volatile long evaluationsFromNoise;
    private volatile long restarts;
    private volatile long nonFinite;
    private volatile long outOfRange;

    /** Makes statistics of nothing. */
    public CycleStatistics() {}

    /**
     * Records a cycle.
     *
     * @param policy the policy, as {@link Policy#act} left it
     * @param status what {@code act} answered
     */
    public void record(Policy policy, Policy.Status status) {
        CycleKind kind = policy.kind();
        if (status == Policy.Status.NON_FINITE) {
            nonFinite = nonFinite + 1;
            return;
        }
        if (status == Policy.Status.OUT_OF_RANGE) {
            outOfRange = outOfRange + 1;
            return;
        }
        if (status == Policy.Status.OK_NEW_CHUNK) {
            recordInference(kind, policy.evaluations(), policy.inferenceNs());
        }
        ticks = ticks + 1;
        if (kind == CycleKind.STEADY) {
            steadyTicks = steadyTicks + 1;
        }
    }

    private void recordInference(CycleKind kind, long evaluations, long elapsedNs) {
        long ns = Math.clamp(elapsedNs, 1L, LONGEST_NS);
        if (kind == CycleKind.STEADY) {
            steady.recordValue(ns);
            steadyEvaluations = steadyEvaluations + evaluations;
            return;
        }
        fromNoise.recordValue(ns);
        evaluationsFromNoise = evaluationsFromNoise + evaluations;
        if (kind != CycleKind.FIRST) {
            restarts = restarts + 1;
        }
    }

    /**
     * Inference times of steady cycles.
     *
     * @return a copy, ns
     */
    public Histogram steadyInference() {
        return steady.copy();
    }

    /**
     * Inference times of first cycles and restarts.
     *
     * @return a copy, ns
     */
    public Histogram inferenceFromNoise() {
        return fromNoise.copy();
    }

    /**
     * Policy ticks that executed a chunk.
     *
     * @return ticks
     */
    public long ticks() {
        return ticks;
    }

    /**
     * Policy ticks that executed a chunk of a steady inference.
     *
     * @return ticks
     */
    public long steadyTicks() {
        return steadyTicks;
    }

    /**
     * Network evaluations of steady inferences.
     *
     * @return evaluations
     */
    public long steadyEvaluations() {
        return steadyEvaluations;
    }

    /**
     * Network evaluations of first inferences and restarts.
     *
     * @return evaluations
     */
    public long evaluationsFromNoise() {
        return evaluationsFromNoise;
    }

    /**
     * Inferences that started from noise in the middle of an episode.
     *
     * @return restarts
     */
    public long restarts() {
        return restarts;
    }

    /**
     * Inferences that returned something not finite and were thrown away.
     *
     * @return inferences
     */
    public long nonFinite() {
        return nonFinite;
    }

    /**
     * Inferences with an action far outside the bundle's bounds, which were thrown away.
     *
     * @return inferences
     */
    public long outOfRange() {
        return outOfRange;
    }
}
