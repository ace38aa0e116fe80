package dev.tactus.sim.run;

import dev.tactus.sim.evaluation.HandOverStep;
import dev.tactus.sim.evaluation.PairedDifference;
import dev.tactus.sim.evaluation.Proportion;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A comparison of schemes as a table for a person and as rows for {@code --json}. Every scheme is compared with the first
 * one of the same delay, seed by seed.
 */
final class SchemeTable {
    private final List<Contender> contenders;
    private final int pairs;
    private final List<RunReport> reports = new ArrayList<>();

    SchemeTable(List<Contender> contenders, int pairs) {
        this.contenders = contenders;
        this.pairs = pairs;
        contenders.forEach(contender -> reports.add(contender.report()));
    }

    List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            RunReport report = reports.get(i);
            RunReport first = reports.get(firstOfDelay(i));
            PairedDifference difference = difference(i);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", contenders.get(i).name());
            row.put("first_minus_this", difference.difference());
            row.put("first_minus_this_ci95_low", difference.low());
            row.put("first_minus_this_ci95_high", difference.high());
            row.put("infer_p50_over_first", report.inferenceMedianUs() / first.inferenceMedianUs());
            row.put(
                    "infer_per_action_over_first",
                    report.inferencePerActionMedianUs() / first.inferencePerActionMedianUs());
            row.putAll(report.json());
            List.of("results", "machine", "task", "policy_sha256", "seed", "clock", "interrupted", "interventions")
                    .forEach(row::remove);
            rows.add(row);
        }
        return rows;
    }

    void print(PrintStream out) {
        out.printf(
                "%n%5s %-30s %-21s %-24s %7s %14s %14s %9s %9s %16s%n",
                "delay",
                "scheme",
                "success [95 %]",
                "first minus it [95 %]",
                "NFE",
                "infer p50",
                "per action",
                "jerk rms",
                "jerk p99",
                "hand-over p50/95");
        for (int i = 0; i < contenders.size(); i++) {
            print(out, i);
        }
        out.println("delay in ms of simulated time; jerk in rad/s3; hand-over step of "
                + firstStep(reports.getFirst()).term().replace('_', ' ') + " in "
                + firstStep(reports.getFirst()).unit().replace('_', ' '));
    }

    private void print(PrintStream out, int index) {
        RunReport report = reports.get(index);
        RunReport first = reports.get(firstOfDelay(index));
        Proportion success = report.success();
        PairedDifference difference = difference(index);
        out.printf(
                Locale.ROOT,
                "%5.0f %-30s %.3f [%.3f, %.3f]  %+.3f [%+.3f, %+.3f]  %7.2f %6.2f ms %3.0fx %6.2f ms %3.1fx %9.1f %9.1f"
                        + " %7.2f %8.2f%n",
                contenders.get(index).delayNs() * 1e-6,
                contenders.get(index).name(),
                success.rate(),
                success.low(),
                success.high(),
                difference.difference(),
                difference.low(),
                difference.high(),
                report.evaluationsPerCycle(),
                report.inferenceMedianUs() / 1e3,
                report.inferenceMedianUs() / first.inferenceMedianUs(),
                report.inferencePerActionMedianUs() / 1e3,
                report.inferencePerActionMedianUs() / first.inferencePerActionMedianUs(),
                report.motion().jerkRms(),
                report.motion().jerkAt(99),
                firstStep(report).at(50),
                firstStep(report).at(95));
    }

    private static HandOverStep firstStep(RunReport report) {
        return report.motion().handOvers().getFirst();
    }

    private PairedDifference difference(int index) {
        return PairedDifference.of(
                contenders.get(firstOfDelay(index)).successes(pairs),
                contenders.get(index).successes(pairs));
    }

    private int firstOfDelay(int index) {
        int first = 0;
        while (contenders.get(first).delayNs() != contenders.get(index).delayNs()) {
            first++;
        }
        return first;
    }
}
