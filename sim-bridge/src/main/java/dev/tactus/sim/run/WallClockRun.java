package dev.tactus.sim.run;

import dev.tactus.control.loop.ControlLoop;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.WallClock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.runner.PolicyRunner;
import dev.tactus.policies.runner.RunnerStatus;
import dev.tactus.policies.runner.RunnerTiming;
import dev.tactus.sim.run.EpisodeResult.Outcome;
import dev.tactus.sim.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Episodes in wall time: the control loop runs at the robot's rate on its own thread and the world with it, the policy
 * infers on another, and nobody waits. Ages, misses and delays are measured; two runs are never the same.
 */
final class WallClockRun implements EpisodeRun {
    private static final int HOLD_TICKS = 10;
    private static final long WARM_UP_SEED = 0;

    private final Task task;
    private final TaskLoop loop;
    private final PolicyRunner runner;
    private final WallClock clock = new WallClock();
    private final List<EpisodeResult> episodes = new ArrayList<>();
    private final BooleanSupplier interrupted;
    private long missedDeadlines;

    // of the present episode, written by the control thread
    private long startNs;
    private volatile int tick;
    private long nonFiniteBefore;
    private int heldTicks;
    private Outcome outcome;

    WallClockRun(Task task, RobotConfig robot, Policy policy, BooleanSupplier interrupted) {
        this.task = task;
        this.interrupted = interrupted;
        warmUp(task, robot, policy, interrupted);
        loop = new TaskLoop(
                task, robot, clock, policy.chunkRows(), policy.spec().gains().targetSmoothingS());
        long servedNs = policy.chunkRows() * task.controlPeriodNs(); // an older chunk has no row left to execute
        runner = new PolicyRunner(
                policy,
                loop.observations(),
                loop.chunks(),
                new RunnerTiming(clock::nowNs, loop::takeOverTick, servedNs));
        runner.start();
    }

    /** Lets the compiler see the whole loop before a deadline counts: one episode in lock-step time, of which nothing stays. */
    static void warmUp(Task task, RobotConfig robot, Policy policy, BooleanSupplier interrupted) {
        try (LockstepRun rehearsal = new LockstepRun(task, robot, policy, 0, interrupted)) {
            rehearsal.episode(WARM_UP_SEED);
        }
    }

    @Override
    public EpisodeResult episode(long seed) {
        outcome = null;
        tick = -1;
        heldTicks = 0;
        // The policy lets go of the last episode before the controller drops what lies in the chunk buffer.
        loop.observations().beginEpisode();
        runner.reset(seed);
        runner.awaitReset();
        nonFiniteBefore = runner.statistics().nonFinite();
        startNs = clock.nowNs();
        if (loop.reset(seed, startNs) == CycleStatus.OK) {
            ControlLoop control = new ControlLoop("tactus-control", loop.cycle().periodNs(), this::cycle);
            control.start();
            try {
                control.join();
            } catch (InterruptedException e) {
                stop(control); // or it would go on stepping a world that is about to be freed
                outcome = Outcome.INTERRUPTED;
            }
            missedDeadlines += control.missedDeadlines();
            control.failure().ifPresent(failure -> {
                throw new IllegalStateException("the control loop failed", failure);
            });
        } else {
            outcome = Outcome.HARDWARE_FAULT;
        }
        EpisodeResult result = new EpisodeResult(seed, outcome, Math.max(tick, 0), reason());
        episodes.add(result);
        return result;
    }

    private String reason() {
        return switch (outcome) {
            case NON_FINITE, POLICY_FAILED -> runner.reason();
            case HARDWARE_FAULT, EMERGENCY_STOP, SUCCESS, TIME_OUT, INTERRUPTED -> loop.reason(outcome);
        };
    }

    /** Stops the loop for certain; an interruption that comes meanwhile is kept. */
    private static void stop(ControlLoop control) {
        while (true) {
            try {
                control.stop();
                Thread.currentThread().interrupt();
                return;
            } catch (InterruptedException e) {
                // again: the loop ends within a cycle
            }
        }
    }

    /** One control cycle; at the beginning of a policy tick also an observation. Control thread. */
    private boolean cycle(long nowNs, long dtNs) {
        int now = (int) ((nowNs - startNs) / task.controlPeriodNs());
        if (now > tick) {
            tick = now;
            loop.observe(tick, nowNs);
            outcome = ended();
            if (outcome != null) {
                return false;
            }
        }
        outcome = TaskLoop.outcome(loop.control(nowNs)).orElse(null);
        return outcome == null;
    }

    private Outcome ended() {
        if (heldTicks > 0) {
            return ++heldTicks > HOLD_TICKS ? failed() : null;
        }
        if (runner.statistics().nonFinite() > nonFiniteBefore || runner.status() == RunnerStatus.FAILED) {
            loop.cycle().hold();
            heldTicks = 1;
            return null;
        }
        if (loop.won()) {
            return Outcome.SUCCESS;
        }
        if (interrupted.getAsBoolean()) {
            return Outcome.INTERRUPTED;
        }
        return tick >= task.maxTicks() ? Outcome.TIME_OUT : null;
    }

    private Outcome failed() {
        return runner.status() == RunnerStatus.FAILED ? Outcome.POLICY_FAILED : Outcome.NON_FINITE;
    }

    @Override
    public int tick() {
        return Math.max(tick, 0);
    }

    @Override
    public RunStatistics statistics() {
        return new RunStatistics(
                List.copyOf(episodes),
                runner.statistics(),
                loop.cycle().observationAge(),
                RunStatistics.interventions(loop.cycle()),
                OptionalLong.of(missedDeadlines),
                runner.missedTicks(),
                runner.discardedChunks(),
                OptionalLong.of(runner.missedDeadlines()),
                OptionalLong.of(runner.staleObservations()),
                loop.motion(),
                Optional.empty());
    }

    @Override
    public void close() {
        runner.close();
        loop.close();
    }
}
