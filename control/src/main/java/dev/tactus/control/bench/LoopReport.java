package dev.tactus.control.bench;

import dev.tactus.control.realtime.RealTimeGrant;
import dev.tactus.policies.bench.MachineFigures;
import dev.tactus.policies.bench.Percentiles;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What {@code ./tactus bench loop} measured: medians over the pairs, and every pair. */
public final class LoopReport {
    /** The goal: the loop's 99.9th percentile over cyclictest's. */
    private static final double GREATEST_RATIO = 2;

    /** The goal: the loop's 99.9th percentile, us, where cyclictest's own is below it. */
    private static final double GREATEST_P999_US = 500;

    private final int seconds;
    private final List<LoopPair> pairs;
    private final RealTimeGrant grant;
    private final String peerCommand;
    private final Optional<String> obstacle;
    private final double garbageBytesPerS;

    LoopReport(
            int seconds,
            List<LoopPair> pairs,
            RealTimeGrant grant,
            String peerCommand,
            Optional<String> obstacle,
            double garbageBytesPerS) {
        this.seconds = seconds;
        this.pairs = List.copyOf(pairs);
        this.grant = grant;
        this.peerCommand = peerCommand;
        this.obstacle = obstacle;
        this.garbageBytesPerS = garbageBytesPerS;
    }

    /**
     * What a control thread allocates in a cycle, the most of all pairs.
     *
     * @return bytes
     */
    public double heapBytesPerCycle() {
        return pairs.stream()
                .mapToDouble(pair -> pair.loop().heapBytesPerCycle())
                .max()
                .orElseThrow();
    }

    /**
     * The figures by name; those of cyclictest are null where something stood against measuring it.
     *
     * @return what {@code --json} writes
     */
    public Map<String, Object> values() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("p50_us", loop(LatenessFigures::p50Us));
        report.put("p99_us", loop(LatenessFigures::p99Us));
        report.put("p999_us", loop(LatenessFigures::p999Us));
        report.put("max_us", loop(LatenessFigures::maxUs));
        report.put("cyclictest_p50_us", peer(LatenessFigures::p50Us));
        report.put("cyclictest_p99_us", peer(LatenessFigures::p99Us));
        report.put("cyclictest_p999_us", peer(LatenessFigures::p999Us));
        report.put("cyclictest_max_us", peer(LatenessFigures::maxUs));
        report.put("ratio_p999", obstacle.isEmpty() ? median(LoopPair::ratioP999) : null);
        report.put("heap_bytes_per_cycle", heapBytesPerCycle());
        report.put("rate_hz", 1000);
        report.put("run_s", seconds);
        report.put("garbage_mb_per_s", garbageBytesPerS / 1e6);
        report.put(
                "rights",
                grant.rights().stream().map(RealTimeGrant.Right::detail).toList());
        report.put("cyclictest", peerCommand);
        report.put("cyclictest_obstacle", obstacle.orElse(null));
        report.put("pairs", pairs.stream().map(LoopPair::report).toList());
        report.put("machine", MachineFigures.machine());
        return report;
    }

    /**
     * Prints the medians and how they stand to the goal.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        out.printf(
                "%n1 kHz beside a neighbour that makes %.0f MB of garbage a second; medians of %d runs of %d s, lateness in us%n",
                garbageBytesPerS / 1e6, pairs.size(), seconds);
        out.printf("%-12s %8s %8s %8s %8s%n", "", "p50", "p99", "p99.9", "max");
        line(out, "loop", this::loop);
        if (obstacle.isPresent()) {
            out.println("cyclictest was not measured: " + obstacle.get());
        } else {
            line(out, "cyclictest", this::peer);
            double ratio = median(LoopPair::ratioP999);
            double p999Us = loop(LatenessFigures::p999Us);
            boolean allowed = peer(LatenessFigures::p999Us) <= GREATEST_P999_US;
            out.printf(
                    Locale.ROOT,
                    "ratio of p99.9, median of pairs: %.2f (goal: at most %.0f, %s)%n",
                    ratio,
                    GREATEST_RATIO,
                    ratio <= GREATEST_RATIO ? "met" : "missed");
            out.printf(
                    Locale.ROOT,
                    "p99.9: %.1f us (goal: at most %.0f, %s)%n",
                    p999Us,
                    GREATEST_P999_US,
                    p999Us <= GREATEST_P999_US
                            ? "met"
                            : allowed ? "missed" : "missed, as by cyclictest: this machine does not allow it");
        }
        out.printf(Locale.ROOT, "garbage of the control thread: %.3f bytes a cycle (goal: 0)%n", heapBytesPerCycle());
        out.println("granted: "
                + String.join(
                        ", ",
                        grant.rights().stream()
                                .filter(RealTimeGrant.Right::granted)
                                .map(RealTimeGrant.Right::detail)
                                .toList()));
        out.flush();
    }

    private static void line(
            PrintStream out,
            String name,
            java.util.function.Function<ToDoubleFunction<LatenessFigures>, Double> median) {
        out.printf(
                Locale.ROOT,
                "%-12s %8.1f %8.1f %8.1f %8.1f%n",
                name,
                median.apply(LatenessFigures::p50Us),
                median.apply(LatenessFigures::p99Us),
                median.apply(LatenessFigures::p999Us),
                median.apply(LatenessFigures::maxUs));
    }

    private Double loop(ToDoubleFunction<LatenessFigures> figure) {
        return median(pair -> figure.applyAsDouble(pair.loop().lateness()));
    }

    /** Null without cyclictest. */
    private Double peer(ToDoubleFunction<LatenessFigures> figure) {
        return obstacle.isPresent()
                ? null
                : median(pair -> figure.applyAsDouble(pair.peer().orElseThrow()));
    }

    private double median(ToDoubleFunction<LoopPair> figure) {
        return Percentiles.of(pairs.stream().mapToDouble(figure).toArray()).median();
    }
}
