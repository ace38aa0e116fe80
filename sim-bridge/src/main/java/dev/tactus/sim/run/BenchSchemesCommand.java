package dev.tactus.sim.run;

import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.policies.scheme.Schemes;
import dev.tactus.sim.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./tactus bench schemes}: one policy under several execution schemes on the same seeds. The schemes take turns
 * seed by seed, so that a machine that slows down slows them all, and success is compared in pairs.
 */
@Command(
        name = "schemes",
        description = "Success, smoothness and inference time of one policy under several execution schemes, paired.")
public final class BenchSchemesCommand implements TactusCommand {
    private static final int EPISODES = 200;

    @Mixin
    private PolicyOnTask on;

    @Mixin
    private EpisodeArguments episodes;

    @Option(
            names = "--delay-ms",
            paramLabel = "D,..",
            split = ",",
            defaultValue = "0",
            description = "Simulated times that every inference is charged, each a part of the table (default: 0).")
    private List<Integer> delaysMs;

    @Option(
            names = "--every",
            description = "Every scheme, with several numbers of steps, instead of rti against full and ddim.")
    private boolean every;

    /** Made by ServiceLoader. */
    public BenchSchemesCommand() {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() {
        episodes.check();
        delaysMs.forEach(ClockArguments::requireDelay);
        Task task = on.task();
        RobotConfig robot = on.robot();
        PolicyBundle bundle = on.bundle();
        List<Contender> contenders = new ArrayList<>();
        try (Interruption interruption = new Interruption()) {
            for (int delayMs : delaysMs) {
                for (SchemeOptions options : every ? study(bundle) : headline(bundle)) {
                    contenders.add(new Contender(
                            options,
                            Duration.ofMillis(delayMs).toNanos(),
                            task,
                            robot,
                            bundle,
                            episodes.seed(),
                            interruption::requested));
                }
            }
            int done = runAll(contenders, episodes.episodes(EPISODES), interruption);
            if (done == 0) {
                System.out.println("interrupted before every scheme had finished the first seed");
                return Interruption.EXIT_CODE;
            }
            SchemeTable table = new SchemeTable(contenders, done);
            table.print(System.out);
            episodes.write(figures(task, bundle, done, table));
            return interruption.requested() ? Interruption.EXIT_CODE : ExitCode.DONE;
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    /** The first is what the others are compared with. */
    private static List<SchemeOptions> headline(PolicyBundle bundle) {
        int several = bundle.spec().actionSteps();
        return List.of(
                SchemeOptions.named("rti"),
                SchemeOptions.named("full").withActionSteps(1),
                SchemeOptions.named("full").withActionSteps(several),
                SchemeOptions.named("ddim").withActionSteps(1),
                SchemeOptions.named("ddim").withActionSteps(several));
    }

    private static List<SchemeOptions> study(PolicyBundle bundle) {
        int several = bundle.spec().actionSteps();
        SchemeOptions ddim = SchemeOptions.named("ddim");
        List<SchemeOptions> all = new ArrayList<>(List.of(
                SchemeOptions.named("rti"),
                SchemeOptions.named("rti:steps=0"),
                SchemeOptions.named("rti:steps=7/5/3/1/0"),
                SchemeOptions.named("full").withActionSteps(several),
                SchemeOptions.named("ddim:steps=4").withActionSteps(several),
                ddim.withActionSteps(1),
                ddim.withActionSteps(several)));
        Schemes.ofAnyNetwork().stream()
                .filter(name -> !List.of("rti", "full", "ddim").contains(name))
                .forEach(name -> all.add(SchemeOptions.named(name)));
        return all;
    }

    /** How many seeds all schemes finished: one that not every scheme finished is no pair. */
    private int runAll(List<Contender> contenders, int count, Interruption interruption) {
        int done = 0;
        while (done < count && !interruption.requested()) {
            for (Contender contender : contenders) {
                contender.episode(episodes.seed() + done);
            }
            done += interruption.requested() ? 0 : 1;
            if (done % 20 == 0 && done > 0) {
                System.out.printf("  %d of %d seeds%n", done, count);
            }
        }
        return done;
    }

    private Map<String, Object> figures(Task task, PolicyBundle bundle, int pairs, SchemeTable table) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("task", task.name());
        figures.put("policy_sha256", bundle.sha256());
        figures.put("episodes", pairs);
        figures.put("seed", episodes.seed());
        figures.put("machine", RunReport.machine());
        figures.put("schemes", table.rows());
        return figures;
    }
}
