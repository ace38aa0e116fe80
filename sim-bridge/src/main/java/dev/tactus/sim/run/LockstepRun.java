package dev.tactus.sim.run;

import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.runner.Policy;
import dev.tactus.sim.run.EpisodeResult.Outcome;
import dev.tactus.sim.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Episodes in lock-step time: the world waits while the policy infers, and inference is charged a declared delay of
 * simulated time, whatever it really takes. A run depends on its seeds and the delay alone and is reproducible to the bit,
 * which its trajectory hash shows.
 */
final class LockstepRun implements EpisodeRun {
    private static final int HOLD_TICKS = 10;

    private final Task task;
    private final TaskLoop loop;
    private final ManualClock clock = new ManualClock(0);
    private final List<EpisodeResult> episodes = new ArrayList<>();
    private final TrajectoryHash trajectory = new TrajectoryHash();
    private final LockstepInference inference;
    private final BooleanSupplier interrupted;
    private final int cyclesPerTick;
    private volatile int tick;
    private CycleStatus lastCycle = CycleStatus.NOT_STARTED;

    /** Opens the task; every inference will take {@code delayNs} of simulated time, at least 0. */
    LockstepRun(Task task, RobotConfig robot, Policy policy, long delayNs, BooleanSupplier interrupted) {
        this.task = task;
        this.interrupted = interrupted;
        loop = new TaskLoop(
                task, robot, clock, policy.chunkRows(), policy.spec().gains().targetSmoothingS());
        inference = new LockstepInference(policy, loop, delayNs);
        cyclesPerTick = Math.toIntExact(task.controlPeriodNs() / loop.cycle().periodNs());
    }

    @Override
    public EpisodeResult episode(long seed) {
        inference.begin(seed);
        CycleStatus status = loop.reset(seed, clock.nowNs());
        tick = 0;
        Outcome outcome = TaskLoop.outcome(status).orElse(null);
        while (outcome == null) {
            loop.observe(tick, clock.nowNs());
            trajectory.add(loop.scene().state());
            outcome = ended();
            if (outcome == null) {
                outcome = control();
            }
            if (outcome == null) {
                tick = tick + 1; // written by this thread only
            }
        }
        EpisodeResult result = new EpisodeResult(seed, outcome, tick, reason(outcome));
        episodes.add(result);
        return result;
    }

    private Outcome ended() {
        if (loop.won()) {
            return Outcome.SUCCESS;
        }
        if (interrupted.getAsBoolean()) {
            return Outcome.INTERRUPTED;
        }
        return tick >= task.maxTicks() ? Outcome.TIME_OUT : null;
    }

    /** Brings the arm to rest, without looking at how. */
    private void hold() {
        loop.cycle().hold();
        for (int i = 0; i < HOLD_TICKS * cyclesPerTick; i++) {
            lastCycle = loop.cycle().run(clock.nowNs());
            clock.advance(loop.cycle().periodNs());
        }
        trajectory.add(loop.scene().state());
    }

    private String reason(Outcome outcome) {
        return switch (outcome) {
            case NON_FINITE -> inference.failure();
            case HARDWARE_FAULT, EMERGENCY_STOP, SUCCESS, TIME_OUT, INTERRUPTED, POLICY_FAILED -> loop.reason(outcome);
        };
    }

    /** How the last control cycle went. */
    CycleStatus lastCycle() {
        return lastCycle;
    }

    /** The fastest joint, rad/s. */
    double jointSpeed() {
        return Arrays.stream(loop.cycle().state().velocity())
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /** One policy tick of control; what ended the episode in it, or null. */
    private Outcome control() {
        for (int i = 0; i < cyclesPerTick; i++) {
            if (!inference.advance(clock.nowNs())) {
                hold();
                return Outcome.NON_FINITE;
            }
            lastCycle = loop.control(clock.nowNs());
            clock.advance(loop.cycle().periodNs());
            Optional<Outcome> outcome = TaskLoop.outcome(lastCycle);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return null;
    }

    @Override
    public int tick() {
        return tick;
    }

    @Override
    public RunStatistics statistics() {
        return new RunStatistics(
                List.copyOf(episodes),
                inference.statistics(),
                loop.cycle().observationAge(),
                RunStatistics.interventions(loop.cycle()),
                OptionalLong.empty(),
                inference.missedTicks(),
                inference.discardedChunks(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                loop.motion(),
                Optional.of(trajectory.value()));
    }

    @Override
    public void close() {
        loop.close();
    }
}
