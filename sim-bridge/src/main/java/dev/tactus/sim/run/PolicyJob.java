package dev.tactus.sim.run;

import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.cli.ModelArguments;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.denoiser.PolicyModel;
import dev.tactus.policies.runner.ChunkLog;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.run.EpisodeResult.Outcome;
import dev.tactus.sim.task.Task;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What {@code run} and {@code eval} do once their command lines are read: episodes of one policy under one scheme, a line
 * for each, then the report.
 *
 * @param task the task
 * @param robot its robot
 * @param bundle the policy, which fits both
 * @param composed the policy as it runs: composed with others, guided, or as the bundle has it
 * @param guidance the files that say so
 * @param scheme the execution scheme
 * @param time which clock, and the delay
 * @param episodes seeds and where the figures go
 * @param count how many episodes
 * @param live whether a line on the terminal may show the present episode
 * @param processes whether robot, controller and watchdog are processes of their own
 * @param chunkLog where every chunk is written; nowhere if empty
 */
record PolicyJob(
        Task task,
        RobotConfig robot,
        PolicyBundle bundle,
        PolicyModel composed,
        ModelArguments guidance,
        SchemeOptions scheme,
        ClockArguments time,
        EpisodeArguments episodes,
        int count,
        boolean live,
        boolean processes,
        Optional<Path> chunkLog) {

    /** Does it; returns an exit code. */
    int execute() {
        RunSetting setting = new RunSetting(
                task.name(),
                bundle.sha256(),
                scheme,
                guidance.file(),
                guidance.composition(),
                time.clock(),
                time.delayNs(),
                episodes.seed());
        try (Interruption interruption = new Interruption();
                Policy policy = new Policy(composed.spec(), composed.source(), scheme, System::nanoTime);
                EpisodeRun run = open(policy, interruption::requested);
                ChunkLog log =
                        chunkLog.map(file -> new ChunkLog(file, bundle.spec())).orElse(null)) {
            if (log != null) {
                policy.log(log);
            }
            System.out.printf(
                    "%s: policy %s, scheme %s, %s time, seeds %d to %d%n",
                    task.name(),
                    bundle.spec().name(),
                    scheme.text(),
                    setting.clockWords(),
                    episodes.seed(),
                    episodes.seed() + count - 1);
            warnOfLateChunks(policy.spec());
            boolean sound = runEpisodes(run, interruption);
            RunReport report = new RunReport(setting, run.statistics());
            new RunSummary(report, System.out).print();
            episodes.write(report.json());
            if (interruption.requested()) {
                return Interruption.EXIT_CODE;
            }
            return sound ? ExitCode.DONE : ExitCode.CHECK_FAILED;
        }
    }

    private void warnOfLateChunks(PolicySpec spec) {
        long servedNs = (spec.horizon() - spec.firstActionRow()) * spec.controlPeriodNs();
        if (time.delayNs() >= servedNs) {
            System.out.printf(
                    "  note: a chunk serves %d ms from its observation and comes %d ms after it: none will be executed%n",
                    servedNs / 1_000_000, time.delayNs() / 1_000_000);
        }
    }

    private EpisodeRun open(Policy policy, BooleanSupplier interrupted) {
        return switch (time.clock()) {
            case lockstep -> new LockstepRun(task, robot, policy, time.delayNs(), interrupted);
            case wall ->
                processes
                        ? new ProcessesRun(task, robot, policy, interrupted)
                        : new WallClockRun(task, robot, policy, interrupted);
        };
    }

    /** Whether the policy and the robot could do their part in all of them. */
    private boolean runEpisodes(EpisodeRun run, Interruption interruption) {
        int successes = 0;
        boolean sound = true;
        for (int i = 0; i < count && !interruption.requested(); i++) {
            EpisodeResult result = episode(run, episodes.seed() + i);
            successes += result.success() ? 1 : 0;
            System.out.printf(
                    Locale.ROOT,
                    "  episode %3d/%d   seed %-6d %6.2f s   %-10s %d of %d%n",
                    i + 1,
                    count,
                    result.seed(),
                    result.ticks() * task.controlPeriodNs() * 1e-9,
                    result.outcome().words(),
                    successes,
                    i + 1);
            if (!result.reason().isEmpty()) {
                System.out.println("      " + result.reason());
            }
            if (result.outcome() == Outcome.POLICY_FAILED) {
                return false;
            }
            sound &= switch (result.outcome()) {
                case SUCCESS, TIME_OUT, INTERRUPTED -> true;
                case NON_FINITE, POLICY_FAILED, HARDWARE_FAULT, EMERGENCY_STOP -> false;
            };
        }
        return sound;
    }

    private EpisodeResult episode(EpisodeRun run, long seed) {
        if (!live || !LiveLine.possible()) {
            return run.episode(seed);
        }
        try (LiveLine line = LiveLine.on(System.out, run, task.controlPeriodNs() * 1e-9, task.maxTicks())) {
            return run.episode(seed);
        }
    }
}
