package dev.tactus.policies.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of one network.
 *
 * @param name what reports call it
 * @param evaluations network evaluations of a cycle
 * @param networkUs a bare call of the network, median
 * @param networkP99Us the same, 99th percentile
 * @param samplerOverheadUs what a cycle takes outside the network's evaluations, divided by their number, median
 * @param samplerOverheadRatio {@code samplerOverheadUs / networkUs}
 * @param cycleRatio a cycle over as many bare calls, timed in turns, median: what {@code 1 + samplerOverheadRatio}
 *     should be if the sampler did not disturb the network and nobody else the machine
 * @param heapBytesPerCycle bytes that a cycle allocates on the Java heap
 */
record NetworkFigures(
        String name,
        long evaluations,
        double networkUs,
        double networkP99Us,
        double samplerOverheadUs,
        double samplerOverheadRatio,
        double cycleRatio,
        double heapBytesPerCycle) {

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", name);
        report.put("evaluations_per_cycle", evaluations);
        report.put("network_us", networkUs);
        report.put("network_p99_us", networkP99Us);
        report.put("sampler_overhead_us", samplerOverheadUs);
        report.put("sampler_overhead_ratio", samplerOverheadRatio);
        report.put("cycle_to_bare_calls_ratio", cycleRatio);
        report.put("heap_bytes_per_cycle", heapBytesPerCycle);
        return report;
    }
}
