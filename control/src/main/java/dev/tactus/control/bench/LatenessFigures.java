package dev.tactus.control.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How late cycles began in one run, us after their deadlines.
 *
 * @param cycles cycles that were counted
 * @param p50Us median
 * @param p99Us 99th percentile
 * @param p999Us 99.9th percentile
 * @param maxUs the latest
 * @param stolenMs time that the hypervisor took from this machine meanwhile, all CPUs together; NaN if nobody counts it
 */
record LatenessFigures(long cycles, double p50Us, double p99Us, double p999Us, double maxUs, double stolenMs) {

    LatenessFigures withStolen(double ms) {
        return new LatenessFigures(cycles, p50Us, p99Us, p999Us, maxUs, ms);
    }

    /** The figures under keys that begin with {@code prefix}. */
    Map<String, Object> report(String prefix) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put(prefix + "p50_us", p50Us);
        report.put(prefix + "p99_us", p99Us);
        report.put(prefix + "p999_us", p999Us);
        report.put(prefix + "max_us", maxUs);
        report.put(prefix + "cycles", cycles);
        report.put(prefix + "stolen_ms", Double.isNaN(stolenMs) ? null : stolenMs);
        return report;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f us%s",
                p50Us,
                p99Us,
                p999Us,
                maxUs,
                Double.isNaN(stolenMs) ? "" : String.format(Locale.ROOT, ", stolen %.0f ms", stolenMs));
    }
}
