package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.runner.ChunkLog;
import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.policies.scheme.IterationTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./tactus policy tune-rti BUNDLE --log FILE}: the step list of real-time iteration, from logged cycles. */
@Command(
        name = "tune-rti",
        description = {
            "Propose the step list of real-time iteration from logged chunks.",
            "./tactus eval BUNDLE --scheme full --action-steps 1 --log-chunks FILE writes them.",
            "Chunks of rti itself are no measure: each was drawn to the guess before it."
        })
public final class PolicyTuneRtiCommand implements TactusCommand {
    @Parameters(paramLabel = "BUNDLE", description = "The bundle, a folder or a tar of one.")
    private Path bundle;

    @Option(
            names = "--log",
            required = true,
            paramLabel = "FILE",
            description = "Chunks of a run, as eval --log-chunks writes them.")
    private Path log;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as one JSON object.")
    private Optional<Path> json = Optional.empty();

    /** Made by ServiceLoader. */
    public PolicyTuneRtiCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Override
    public Integer call() {
        json.ifPresent(JsonReport::requireWritable);
        PolicySpec spec = PolicyBundle.load(bundle, Trust.any()).spec();
        VariancePreserving schedule = spec.sampling().discreteSchedule();
        IterationTuning tuning = IterationTuning.of(deviations(ChunkLog.read(log, spec), spec), schedule);
        print(tuning, spec, schedule);
        json.ifPresent(file -> JsonReport.write(file, figures(tuning, schedule)));
        return ExitCode.DONE;
    }

    private static double[] deviations(List<ChunkLog.Entry> entries, PolicySpec spec) {
        int served = spec.horizon() - spec.firstActionRow();
        List<Double> deviations = new ArrayList<>();
        for (int i = 1; i < entries.size(); i++) {
            ChunkLog.Entry before = entries.get(i - 1);
            ChunkLog.Entry after = entries.get(i);
            long elapsed = after.tick() - before.tick();
            if (before.episode() == after.episode() && elapsed > 0 && elapsed < served) {
                deviations.add(
                        IterationTuning.deviation(before.chunk(), after.chunk(), (int) elapsed, spec.actionSize()));
            }
        }
        return deviations.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void print(IterationTuning tuning, PolicySpec spec, VariancePreserving schedule) {
        System.out.printf(
                Locale.ROOT,
                "%d pairs of consecutive chunks; the shifted guess is off by %.4f (median), %.4f (95th percentile), %.4f"
                        + " (greatest), normalised rms%n",
                tuning.pairs(),
                tuning.median(),
                tuning.percentile95(),
                tuning.greatest());
        System.out.printf(
                Locale.ROOT,
                "K' = %d, the least level whose noise, %.4f, covers the 95th percentile; the bundle's list is %s%n%n",
                tuning.firstLevel(),
                schedule.sigma(tuning.firstLevel()),
                spec.requireRti().steps());
        System.out.printf("%-40s %12s %28s%n", "list", "evaluations", "of a guess's error is left");
        for (List<Integer> list : tuning.candidates()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %12d %28.4f%n",
                    text(list),
                    list.size(),
                    IterationTuning.contraction(list, schedule));
        }
        System.out.printf(
                "%nRun them in closed loop with the same seeds, longest first, and keep the shortest that is as good:%n");
        for (List<Integer> list : tuning.candidates()) {
            System.out.printf(
                    "  ./tactus eval %s --task '%s' --scheme rti:steps=%s --episodes 200 --seed 1%n",
                    bundle, spec.task(), text(list));
        }
        System.out.printf(
                Locale.ROOT,
                "A limit of disagreement twice as far as anything seen: --scheme rti:disagreement=%.2f%n",
                2.0 * tuning.greatest());
    }

    private static Map<String, Object> figures(IterationTuning tuning, VariancePreserving schedule) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pairs", tuning.pairs());
        figures.put("deviation_p50_normalised", tuning.median());
        figures.put("deviation_p95_normalised", tuning.percentile95());
        figures.put("deviation_max_normalised", tuning.greatest());
        figures.put("first_level", tuning.firstLevel());
        figures.put(
                "candidates",
                tuning.candidates().stream()
                        .map(list -> Map.of("steps", list, "error_left", IterationTuning.contraction(list, schedule)))
                        .toList());
        return figures;
    }

    private static String text(List<Integer> list) {
        return list.stream().map(String::valueOf).collect(Collectors.joining("/"));
    }
}
