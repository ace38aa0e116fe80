package dev.tactus.control.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One run of the loop and one of cyclictest, right after each other.
 *
 * @param loop the loop's run
 * @param peer cyclictest's; empty where something stood against measuring it
 */
record LoopPair(LoopRun loop, Optional<LatenessFigures> peer) {

    /** The loop's 99.9th percentile over the peer's, whose whole microseconds begin at 1 for it; NaN without a peer. */
    double ratioP999() {
        return peer.map(figures -> loop.lateness().p999Us() / Math.max(1, figures.p999Us()))
                .orElse(Double.NaN);
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>(loop.lateness().report(""));
        report.put("duration_p50_us", loop.durationP50Us());
        report.put("missed_deadlines", loop.missedDeadlines());
        report.put("heap_bytes_per_cycle", loop.heapBytesPerCycle());
        peer.ifPresent(figures -> report.putAll(figures.report("cyclictest_")));
        report.put("ratio_p999", peer.isPresent() ? ratioP999() : null);
        return report;
    }

    @Override
    public String toString() {
        return "loop " + loop.lateness()
                + peer.map(figures -> "; cyclictest " + figures
                                + String.format(Locale.ROOT, "; ratio of p99.9 %.2f", ratioP999()))
                        .orElse("");
    }
}
