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
import dev.tactus.sim.task.Task;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./tactus run}: the main job. A policy drives a robot in closed loop, in simulation. */
@Command(
        name = "run",
        description = {
            "A policy drives a robot in closed loop, in simulation.",
            "In lock-step time the world waits for the policy and a run repeats itself to the bit; on the wall clock"
                    + " nobody waits, and ages and misses are measured."
        })
public final class RunCommand implements TactusCommand {
    /** The two clocks of the architecture. */
    enum ClockChoice {
        lockstep,
        wall
    }

    @Mixin
    private PolicyOnTask on;

    @Option(
            names = "--scheme",
            paramLabel = "S",
            defaultValue = "rti",
            description = "Execution scheme: rti, full (all steps) or ddim (default: ${DEFAULT-VALUE}).")
    private String scheme;

    @Option(
            names = "--action-steps",
            paramLabel = "N",
            description = "Actions executed per inference, for full and ddim; the bundle's own if none.")
    private Optional<Integer> actionSteps;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "10",
            description = "Episodes (default: ${DEFAULT-VALUE}).")
    private int episodes;

    @Option(
            names = "--clock",
            paramLabel = "C",
            defaultValue = "lockstep",
            description = "lockstep or wall (default: ${DEFAULT-VALUE}).")
    private ClockChoice clock;

    @Option(
            names = "--headless",
            description = "No live line on the terminal, only a line per episode and the summary.")
    private boolean headless;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary as one JSON object.")
    private Optional<Path> json;

    /** Made by ServiceLoader. */
    public RunCommand() {}

    @Override
    public Integer call() {
        if (episodes < 1) {
            throw new BadInputException("--episodes " + episodes + ": at least 1 is needed");
        }
        json.ifPresent(JsonReport::requireWritable);
        Task task = on.task();
        RobotConfig robot = on.robot();
        PolicyBundle bundle = on.bundle();
        SchemeOptions options = SchemeOptions.named(scheme);
        if (actionSteps.isPresent()) {
            options = options.withActionSteps(actionSteps.get());
        }
        try (Interruption interruption = new Interruption();
                Policy ready = Policy.open(bundle, options, System::nanoTime);
                EpisodeRun run = open(task, robot, ready, interruption::requested)) {
            System.out.printf(
                    "%s: policy %s, scheme %s, %s time, seeds %d to %d%n",
                    task.name(), bundle.spec().name(), scheme, clockWords(), on.seed(), on.seed() + episodes - 1);
            runEpisodes(task, run, interruption);
            RunSetting setting = new RunSetting(task.name(), bundle.sha256(), scheme, clock.name(), on.seed());
            RunReport report = new RunReport(setting, run.statistics());
            report.print(System.out);
            json.ifPresent(file -> JsonReport.write(file, report.json()));
            return interruption.requested() ? Interruption.EXIT_CODE : ExitCode.DONE;
        }
    }

    private EpisodeRun open(Task task, RobotConfig robot, Policy ready, BooleanSupplier interrupted) {
        return switch (clock) {
            case lockstep -> new LockstepRun(task, robot, ready, interrupted);
            case wall -> new WallClockRun(task, robot, ready, interrupted);
        };
    }

    private void runEpisodes(Task task, EpisodeRun run, Interruption interruption) {
        int successes = 0;
        for (int i = 0; i < episodes && !interruption.requested(); i++) {
            EpisodeResult result = episode(task, run, on.seed() + i);
            successes += result.success() ? 1 : 0;
            System.out.printf(
                    Locale.ROOT,
                    "  episode %3d/%d   seed %-6d %6.2f s   %-10s %d of %d%n",
                    i + 1,
                    episodes,
                    result.seed(),
                    result.ticks() * task.controlPeriodNs() * 1e-9,
                    result.outcome().words(),
                    successes,
                    i + 1);
            if (result.outcome() == EpisodeResult.Outcome.HARDWARE_FAULT) {
                System.out.println("      " + run.fault());
            }
        }
    }

    private EpisodeResult episode(Task task, EpisodeRun run, long episodeSeed) {
        if (headless || !LiveLine.possible()) {
            return run.episode(episodeSeed);
        }
        try (LiveLine line = LiveLine.on(System.out, run, task.controlPeriodNs() * 1e-9, task.maxTicks())) {
            return run.episode(episodeSeed);
        }
    }

    private String clockWords() {
        return clock == ClockChoice.lockstep ? "lock-step" : "wall";
    }
}
