package dev.tactus.sim.run;

import dev.tactus.control.safety.Intervention;
import dev.tactus.policies.runner.CycleStatistics;
import dev.tactus.sim.evaluation.HandOverStep;
import dev.tactus.sim.evaluation.MotionStatistics;
import dev.tactus.sim.evaluation.Proportion;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A run's outcome as a table for a person. */
final class RunSummary {
    private static final double MS = 1e6;

    private final RunReport report;
    private final RunStatistics statistics;
    private final CycleStatistics cycles;
    private final PrintStream out;

    RunSummary(RunReport report, PrintStream out) {
        this.report = report;
        this.statistics = report.statistics();
        this.cycles = statistics.cycles();
        this.out = out;
    }

    void print() {
        out.println();
        policy();
        timing();
        motion();
        String limits = byKind(true);
        line("limit interventions", statistics.limitInterventions() + (limits.isEmpty() ? "" : ": " + limits));
        lineIfAny("beside them", byKind(false));
        statistics.trajectorySha256().ifPresent(hash -> line("trajectory", "sha256 " + hash));
    }

    private void policy() {
        Proportion success = report.success();
        line(
                "success",
                String.format(
                        Locale.ROOT,
                        "%d of %d = %.3f   95 %% interval [%.3f, %.3f]",
                        success.successes(),
                        success.trials(),
                        success.rate(),
                        success.low(),
                        success.high()));
        line(
                "network evaluations",
                String.format(
                        Locale.ROOT,
                        "%s per steady policy tick, %.0f in an episode's first, %.2f over all; %d restarts",
                        cycles.steadyTicks() == 0
                                ? "none"
                                : String.format(Locale.ROOT, "%.2f", report.evaluationsPerCycle()),
                        report.evaluationsFromNoise(),
                        report.evaluationsMean(),
                        cycles.restarts()));
        lineIfAny("rejected", rejected());
    }

    private void timing() {
        line("inference", spread(cycles.steadyInference()) + " a steady inference");
        line("observation age", spread(statistics.observationAge()) + " at actuation, " + clockWords());
        line(
                "deadline misses",
                statistics.missedDeadlines().isPresent()
                        ? misses(statistics.missedDeadlines().getAsLong())
                        : "none to miss in lock-step time; --clock wall measures them");
        long missed = statistics.missedTicks();
        line("policy ticks missed", missed + " of " + (cycles.ticks() + missed));
    }

    private String misses(long missed) {
        return String.format(
                Locale.ROOT,
                "%d of %d of the control loop (%.2f %%), %d chunks of the policy late",
                missed,
                report.controlDeadlines(),
                100.0 * missed / report.controlDeadlines(),
                statistics.lateChunks().orElse(0));
    }

    private void motion() {
        MotionStatistics motion = statistics.motion();
        if (Double.isNaN(motion.jerkRms())) {
            line("smoothness", "not measured");
            return;
        }
        line(
                "smoothness",
                String.format(
                        Locale.ROOT,
                        "jerk rms %.1f, p99 %.1f rad/s3; path %.2f rad an episode",
                        motion.jerkRms(),
                        motion.jerkAt(99),
                        motion.jointPathPerEpisode()));
        line(
                "hand-over step",
                motion.handOvers().stream().map(RunSummary::words).collect(Collectors.joining("; ")));
    }

    private String clockWords() {
        if (report.setting().onWallClock()) {
            return "measured";
        }
        return "in simulated time, inference charged "
                + (report.setting().delayNs() == 0
                        ? "nothing"
                        : String.format(Locale.ROOT, "%.0f ms", report.setting().delayMs()));
    }

    /** Counts by kind, of those kinds that enforce a limit of the robot or of the others. */
    private String byKind(boolean limits) {
        return statistics.interventions().entrySet().stream()
                .filter(entry -> entry.getKey().isLimit() == limits && entry.getValue() > 0)
                .map(entry -> words(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** What never left the policy, by kind. */
    private String rejected() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("not finite", cycles.nonFinite());
        counts.put("out of range", cycles.outOfRange());
        counts.put("too late for its scheme", statistics.discardedChunks());
        counts.put("from a stale observation", statistics.staleObservations().orElse(0));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String words(HandOverStep step) {
        if (Double.isNaN(step.at(50))) {
            return step.term().replace('_', ' ') + " none";
        }
        return String.format(
                Locale.ROOT,
                "%s p50 %.2f, p95 %.2f, max %.2f %s",
                step.term().replace('_', ' '),
                step.at(50),
                step.at(95),
                step.at(100),
                step.unit().replace('_', ' '));
    }

    private static String words(Intervention kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String spread(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return "none";
        }
        return String.format(
                Locale.ROOT,
                "p50 %.2f, p99 %.2f, max %.2f ms",
                histogram.getValueAtPercentile(50) / MS,
                histogram.getValueAtPercentile(99) / MS,
                histogram.getMaxValue() / MS);
    }

    private void lineIfAny(String name, String value) {
        if (!value.isEmpty()) {
            line(name, value);
        }
    }

    private void line(String name, String value) {
        out.printf("  %-20s %s%n", name, value);
    }
}
