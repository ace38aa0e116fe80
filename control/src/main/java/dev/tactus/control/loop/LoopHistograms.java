package dev.tactus.control.loop;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * A loop's histograms: the control thread writes, wait-free; whoever asks swaps the recorder's two buffers and adds the
 * one that is no longer written to the total.
 */
final class LoopHistograms {
    private static final long GREATEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final Track lateness = new Track();
    private final Track duration = new Track();
    private final Track dt = new Track();

    void recordBeginning(long latenessNs, long dtNs) {
        lateness.record(latenessNs);
        dt.record(dtNs);
    }

    void recordDuration(long ns) {
        duration.record(ns);
    }

    synchronized LoopStatistics snapshot(
            long cycles, long missedDeadlines, long caughtUp, long mostConsecutiveMisses, long clockJumps) {
        return new LoopStatistics(
                cycles,
                missedDeadlines,
                caughtUp,
                mostConsecutiveMisses,
                clockJumps,
                lateness.copy(),
                duration.copy(),
                dt.copy());
    }

    private static final class Track {
        private final SingleWriterRecorder recorder = new SingleWriterRecorder(GREATEST_NS, DIGITS);
        private final Histogram total = new Histogram(GREATEST_NS, DIGITS);
        private Histogram interval = recorder.getIntervalHistogram();

        void record(long ns) {
            recorder.recordValue(Math.clamp(ns, 0L, GREATEST_NS));
        }

        Histogram copy() {
            interval = recorder.getIntervalHistogram(interval);
            total.add(interval);
            return total.copy();
        }
    }
}
