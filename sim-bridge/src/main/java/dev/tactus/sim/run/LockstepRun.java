package dev.tactus.sim.run;

import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.runner.CycleStatistics;
import dev.tactus.policies.runner.ObservationWindow;
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
 * Episodes in lock-step time: the world waits while the policy infers, and inference is charged no simulated time. A run
 * depends on its seeds alone and is reproducible to the bit, which its trajectory hash shows.
 */
final class LockstepRun implements EpisodeRun {
    private static final int HOLD_TICKS = 10;

    private final Task task;
    private final Policy policy;
    private final TaskLoop loop;
    private final ManualClock clock = new ManualClock(0);
    private final List<EpisodeResult> episodes = new ArrayList<>();
    private final CycleStatistics cycles = new CycleStatistics();
    private final TrajectoryHash trajectory = new TrajectoryHash();
    private final ObservationWindow window;
    private final BooleanSupplier interrupted;
    private final int cyclesPerTick;
    private volatile int tick;
    private CycleStatus lastCycle = CycleStatus.NOT_STARTED;

    LockstepRun(Task task, RobotConfig robot, Policy policy, BooleanSupplier interrupted) {
        this.task = task;
        this.policy = policy;
        this.interrupted = interrupted;
        loop = new TaskLoop(
                task, robot, clock, policy.chunkRows(), policy.spec().gains().targetSmoothingS());
        window = new ObservationWindow(policy.spec().windowSteps(), task.observationSize());
        cyclesPerTick = Math.toIntExact(task.controlPeriodNs() / loop.cycle().periodNs());
    }

    @Override
    public EpisodeResult episode(long seed) {
        policy.reset(seed);
        CycleStatus status = loop.reset(seed, clock.nowNs());
        tick = 0;
        Outcome outcome = status == CycleStatus.OK ? null : Outcome.HARDWARE_FAULT;
        while (outcome == null) {
            loop.observe(tick, clock.nowNs());
            trajectory.add(loop.scene().state());
            outcome = ended();
            if (outcome == null && !act()) {
                hold();
                outcome = Outcome.NON_FINITE;
            }
            if (outcome == null && !control()) {
                outcome = Outcome.HARDWARE_FAULT;
            }
            if (outcome == null) {
                tick = tick + 1; // written by this thread only
            }
        }
        EpisodeResult result = new EpisodeResult(seed, outcome, tick);
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

    /** Lets the policy decide; false if nothing usable came of it. */
    private boolean act() {
        loop.observations().copyNewest(window);
        Policy.Status status = policy.act(
                window.values(), tick, window.stampNs(), loop.chunks().writable());
        if (status == Policy.Status.OK_NEW_CHUNK) {
            loop.chunks().publish();
        }
        cycles.record(policy, status);
        return status != Policy.Status.NON_FINITE;
    }

    private void hold() {
        loop.cycle().hold();
        for (int i = 0; i < HOLD_TICKS; i++) {
            control();
        }
        trajectory.add(loop.scene().state());
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

    private boolean control() {
        for (int i = 0; i < cyclesPerTick; i++) {
            lastCycle = loop.cycle().run(clock.nowNs());
            clock.advance(loop.cycle().periodNs());
            if (lastCycle == CycleStatus.READ_FAILED || lastCycle == CycleStatus.WRITE_FAILED) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int tick() {
        return tick;
    }

    @Override
    public String fault() {
        return loop.scene().hardware().fault();
    }

    @Override
    public RunStatistics statistics() {
        return new RunStatistics(
                List.copyOf(episodes),
                cycles,
                loop.cycle().observationAge(),
                RunStatistics.interventions(loop.cycle()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(trajectory.value()));
    }

    @Override
    public void close() {
        loop.close();
    }
}
