package dev.tactus.sim.fault;

import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.sim.run.EpisodeArguments;
import dev.tactus.sim.run.PolicyOnTask;
import dev.tactus.sim.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code ./tactus bench faults}: every fault injected into a number of episodes; what the robot did, how fast, and whether
 * anything was issued that may not be. In lock-step time, but for the garbage, which needs the wall clock.
 */
@Command(
        name = "faults",
        description =
                "What the robot does when something goes wrong: each fault injected into 20 episodes, the reaction"
                        + " measured, every issued state judged. Anything outside the viable set makes the exit code 1.")
public final class BenchFaultsCommand implements TactusCommand {
    private static final int EPISODES = 20;

    @Mixin
    private PolicyOnTask on;

    @Mixin
    private EpisodeArguments episodes;

    /** Made by ServiceLoader. */
    public BenchFaultsCommand() {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() throws InterruptedException {
        episodes.check();
        Task task = on.task();
        RobotConfig robot = on.robot();
        PolicyBundle bundle = on.bundle();
        List<FaultSummary> summaries = new ArrayList<>();
        System.out.println(FaultSummary.header());
        try (Interruption interruption = new Interruption()) {
            for (FaultKind kind : FaultKind.values()) {
                FaultSummary summary = new FaultSummary(kind, inject(kind, task, robot, bundle, interruption));
                if (interruption.requested()) {
                    return Interruption.EXIT_CODE;
                }
                System.out.println(summary.line());
                summary.faults().forEach(fault -> System.out.println("  VIOLATION " + fault));
                summaries.add(summary);
            }
        }
        boolean holds = summaries.stream().allMatch(FaultSummary::holds);
        System.out.println(
                holds
                        ? "nothing was issued that may not be; the e-stop latched where it must, and stayed so"
                        : "SOMETHING WENT AS IT MUST NOT: look at the last columns, and at what latched");
        episodes.write(figures(task, bundle, summaries, holds));
        return holds ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private List<Reaction> inject(
            FaultKind kind, Task task, RobotConfig robot, PolicyBundle bundle, Interruption interruption)
            throws InterruptedException {
        List<Reaction> reactions = new ArrayList<>();
        int count = episodes.episodes(EPISODES);
        if (kind == FaultKind.GARBAGE) {
            try (GarbageRun run = new GarbageRun(task, robot, bundle)) {
                for (int i = 0; i < count && !interruption.requested(); i++) {
                    reactions.add(run.episode(episodes.seed() + i));
                }
            }
            return reactions;
        }
        try (FaultRun run = new FaultRun(kind, task, robot, bundle)) {
            for (int i = 0; i < count && !interruption.requested(); i++) {
                reactions.add(run.episode(episodes.seed() + i));
            }
        }
        return reactions;
    }

    private Map<String, Object> figures(Task task, PolicyBundle bundle, List<FaultSummary> summaries, boolean holds) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("task", task.name());
        figures.put("policy", bundle.spec().name());
        figures.put("scheme", "rti");
        figures.put("seed", episodes.seed());
        figures.put("holds", holds);
        figures.put("results", summaries.stream().map(FaultSummary::json).toList());
        return figures;
    }
}
