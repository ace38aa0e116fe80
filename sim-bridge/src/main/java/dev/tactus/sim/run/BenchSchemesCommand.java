package dev.tactus.sim.run;

import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.evaluation.PairedDifference;
import dev.tactus.sim.evaluation.Proportion;
import dev.tactus.sim.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./tactus bench schemes}: one policy under several execution schemes on the same seeds. The schemes take turns
 * seed by seed, so that a machine that slows down slows them all, and success is compared in pairs.
 */
@Command(
        name = "schemes",
        description = "Success, network evaluations and inference time of one policy under each execution scheme.")
public final class BenchSchemesCommand implements TactusCommand {

    @Mixin
    private PolicyOnTask on;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "200",
            description = "Seeds a scheme (default: ${DEFAULT-VALUE}).")
    private int episodes;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the table as one JSON object.")
    private Optional<Path> json;

    /** Made by ServiceLoader. */
    public BenchSchemesCommand() {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() {
        if (episodes < 1) {
            throw new BadInputException("--episodes " + episodes + ": at least 1 is needed");
        }
        json.ifPresent(JsonReport::requireWritable);
        Task task = on.task();
        RobotConfig robot = on.robot();
        PolicyBundle bundle = on.bundle();
        List<Contender> contenders = new ArrayList<>();
        try (Interruption interruption = new Interruption()) {
            for (SchemeOptions options : schemes(bundle)) {
                contenders.add(new Contender(options, task, robot, bundle, interruption));
            }
            int done = 0;
            while (done < episodes && !interruption.requested()) {
                for (Contender contender : contenders) {
                    contender.run.episode(on.seed() + done);
                }
                done += interruption.requested() ? 0 : 1; // a seed that not every scheme finished is no pair
                if (done % 20 == 0 && done > 0) {
                    System.out.printf("  %d of %d seeds%n", done, episodes);
                }
            }
            if (done == 0) {
                System.out.println("interrupted before every scheme had finished the first seed");
                return Interruption.EXIT_CODE;
            }
            Map<String, Object> table = table(task, bundle, contenders, done);
            json.ifPresent(file -> JsonReport.write(file, table));
            return interruption.requested() ? Interruption.EXIT_CODE : ExitCode.DONE;
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    /** The first is what the others are compared with. */
    private static List<SchemeOptions> schemes(PolicyBundle bundle) {
        int several = bundle.spec().actionSteps();
        return List.of(
                SchemeOptions.named("rti"),
                SchemeOptions.named("full").withActionSteps(1),
                SchemeOptions.named("full").withActionSteps(several),
                SchemeOptions.named("ddim").withActionSteps(1),
                SchemeOptions.named("ddim").withActionSteps(several));
    }

    private Map<String, Object> table(Task task, PolicyBundle bundle, List<Contender> contenders, int pairs) {
        List<Map<String, Object>> rows = new ArrayList<>();
        RunReport first = contenders.getFirst().report(task, bundle, on.seed());
        System.out.printf(
                "%n%-12s %-22s %-26s %10s %16s %16s%n",
                "scheme", "success [95 %]", "rti minus it [95 %]", "NFE/action", "inference p50", "per action");
        for (Contender contender : contenders) {
            RunReport report = contender.report(task, bundle, on.seed());
            PairedDifference difference =
                    PairedDifference.of(contenders.getFirst().successes(pairs), contender.successes(pairs));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", contender.name());
            row.put("rti_minus_this", difference.difference());
            row.put("rti_minus_this_ci95_low", difference.low());
            row.put("rti_minus_this_ci95_high", difference.high());
            row.put("infer_p50_over_rti", report.inferenceMedianUs() / first.inferenceMedianUs());
            row.put("infer_per_action_over_rti", report.inferencePerActionUs() / first.inferencePerActionUs());
            row.putAll(report.json());
            row.remove("results");
            rows.add(row);
            print(contender, report, first, difference);
        }
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("task", task.name());
        table.put("policy_sha256", bundle.sha256());
        table.put("episodes", pairs);
        table.put("seed", on.seed());
        table.put("machine", RunReport.machine());
        table.put("schemes", rows);
        return table;
    }

    private static void print(Contender contender, RunReport report, RunReport first, PairedDifference difference) {
        Proportion success = report.success();
        System.out.printf(
                Locale.ROOT,
                "%-12s %.3f [%.3f, %.3f]   %+.3f [%+.3f, %+.3f]    %10.2f %8.2f ms %3.0fx %8.2f ms %3.0fx%n",
                contender.name(),
                success.rate(),
                success.low(),
                success.high(),
                difference.difference(),
                difference.low(),
                difference.high(),
                report.evaluationsPerCycle(),
                report.inferenceMedianUs() / 1e3,
                report.inferenceMedianUs() / first.inferenceMedianUs(),
                report.inferencePerActionUs() / 1e3,
                report.inferencePerActionUs() / first.inferencePerActionUs());
    }

    /** One scheme with a policy and a world of its own. */
    private static final class Contender implements AutoCloseable {
        private final SchemeOptions options;
        private final Policy ready;
        private final EpisodeRun run;

        Contender(SchemeOptions options, Task task, RobotConfig robot, PolicyBundle bundle, Interruption interruption) {
            this.options = options;
            ready = Policy.open(bundle, options, System::nanoTime);
            run = new LockstepRun(task, robot, ready, interruption::requested);
        }

        String name() {
            return options.name()
                    + options.actionSteps().stream()
                            .mapToObj(ta -> " Ta=" + ta)
                            .findFirst()
                            .orElse("");
        }

        RunReport report(Task task, PolicyBundle bundle, long seed) {
            return new RunReport(
                    new RunSetting(task.name(), bundle.sha256(), options.name(), "lockstep", seed), run.statistics());
        }

        boolean[] successes(int episodes) {
            List<EpisodeResult> results = run.statistics().episodes();
            boolean[] successes = new boolean[episodes];
            for (int i = 0; i < successes.length; i++) {
                successes[i] = results.get(i).success();
            }
            return successes;
        }

        @Override
        public void close() {
            run.close();
            ready.close();
        }
    }
}
