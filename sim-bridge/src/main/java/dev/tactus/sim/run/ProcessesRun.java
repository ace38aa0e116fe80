package dev.tactus.sim.run;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.WallClock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.ControllerReport;
import dev.tactus.control.process.PolicySide;
import dev.tactus.control.process.PolicyTerms;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.runner.PolicyRunner;
import dev.tactus.policies.runner.RunnerStatus;
import dev.tactus.policies.runner.RunnerTiming;
import dev.tactus.sim.evaluation.MotionStatistics;
import dev.tactus.sim.process.RobotProcesses;
import dev.tactus.sim.process.ScratchFolder;
import dev.tactus.sim.process.WorldPort;
import dev.tactus.sim.run.EpisodeResult.Outcome;
import dev.tactus.sim.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Episodes in wall time, of which this process is the policy's: the simulated robot, its controller and its watchdog are
 * three others, which it starts and ends. Figures come from the controller's reports; how smoothly the arm was led is
 * known to none of the four.
 */
final class ProcessesRun implements EpisodeRun {
    private static final long PATIENCE_MS = 20_000;
    private static final long FAREWELL_MS = 500;
    private static final long LOOK_NS = 1_000_000;
    private static final int HOLD_TICKS = 10;
    private static final int DIGITS = 3;

    private final Task task;
    private final BooleanSupplier interrupted;
    private final ScratchFolder scratch;
    private final RobotProcesses processes;
    private final WorldPort world;
    private final PolicySide side;
    private final PolicyRunner runner;
    private final ChunkSettings settings;
    private final MotionStatistics motion;
    private final List<EpisodeResult> episodes = new ArrayList<>();
    private volatile long startNs;
    private volatile int tick;
    private ControllerReport last;
    private int goalTicks;

    ProcessesRun(Task task, RobotConfig robot, Policy policy, BooleanSupplier interrupted) {
        this.task = task;
        this.interrupted = interrupted;
        WallClockRun.warmUp(task, robot, policy, interrupted);
        settings = ChunkSettings.endEffector(
                task.actionTerms(),
                task.controlPeriodNs(),
                policy.spec().gains().targetSmoothingS());
        motion = new MotionStatistics(robot.joints().size(), task.actionTerms(), policy.chunkRows());
        scratch = new ScratchFolder();
        processes = new RobotProcesses(scratch.path(), robot, Optional.of(task));
        world = WorldPort.open(scratch.path(), task);
        side = new PolicySide(
                scratch.path(),
                new PolicyTerms(
                        robot.name(),
                        PolicyTerms.Action.END_EFFECTOR_POSE,
                        settings,
                        policy.chunkRows(),
                        task.actionSize(),
                        PolicyTerms.Observation.PERCEIVED,
                        task.observationSize()));
        long servedNs = policy.chunkRows() * task.controlPeriodNs(); // an older chunk has no row left to execute
        runner = new PolicyRunner(
                policy,
                side.observations(),
                side.chunks(),
                new RunnerTiming(new WallClock()::nowNs, this::takeOverTick, servedNs));
        runner.start();
    }

    private long takeOverTick(long nowNs) {
        return settings.takeOverTick(nowNs - startNs);
    }

    @Override
    public EpisodeResult episode(long seed) {
        tick = 0;
        goalTicks = 0;
        answered(side.pause(PATIENCE_MS));
        answered(side.clear(PATIENCE_MS)); // a new episode is somebody's explicit wish
        runner.reset(seed);
        runner.awaitReset();
        long nonFiniteBefore = runner.statistics().nonFinite();
        if (!world.reset(seed, PATIENCE_MS)) {
            throw new MissingPartException(
                    "the simulated robot does not answer any more. The processes said:\n" + processes.words());
        }
        answered(side.start(PATIENCE_MS));
        startNs = last.startNs();
        Outcome outcome = last.running() ? follow(nonFiniteBefore) : Outcome.HARDWARE_FAULT;
        String reason = reason(outcome);
        if (outcome == Outcome.INTERRUPTED) {
            side.pause(FAREWELL_MS); // Ctrl-C reaches every process of a terminal: the controller may be gone
        } else {
            answered(side.pause(PATIENCE_MS));
        }
        EpisodeResult result = new EpisodeResult(seed, outcome, tick, reason);
        episodes.add(result);
        return result;
    }

    private void answered(Optional<ControllerReport> answer) {
        last = answer.orElseThrow(() -> new MissingPartException("the controller does not answer any more (its process "
                + (processes.controller().alive() ? "is" : "is not")
                + " there). The processes said:\n" + processes.words()));
    }

    private Outcome follow(long nonFiniteBefore) {
        while (true) {
            LockSupport.parkNanos(LOOK_NS);
            if (interrupted.getAsBoolean()) {
                return Outcome.INTERRUPTED;
            }
            Optional<ControllerReport> report = side.report();
            if (report.isEmpty() || !processes.controller().alive()) {
                return Outcome.HARDWARE_FAULT;
            }
            last = report.get();
            Optional<Outcome> stopped = stopped(nonFiniteBefore);
            if (stopped.isPresent()) {
                return stopped.get();
            }
            if (last.tick() > tick) {
                tick = (int) last.tick();
                goalTicks = world.goalHolds() ? goalTicks + 1 : 0;
                if (goalTicks >= world.goalTicks()) {
                    return Outcome.SUCCESS;
                }
                if (tick >= task.maxTicks()) {
                    return Outcome.TIME_OUT;
                }
            }
        }
    }

    private Optional<Outcome> stopped(long nonFiniteBefore) {
        boolean failed = runner.status() == RunnerStatus.FAILED;
        if (failed || runner.statistics().nonFinite() > nonFiniteBefore) {
            side.hold(PATIENCE_MS);
            LockSupport.parkNanos(HOLD_TICKS * task.controlPeriodNs());
            return Optional.of(failed ? Outcome.POLICY_FAILED : Outcome.NON_FINITE);
        }
        if (processes.port().overridden() || last.status() == CycleStatus.EMERGENCY_STOP) {
            return Optional.of(Outcome.EMERGENCY_STOP);
        }
        return TaskLoop.outcome(last.status());
    }

    private String reason(Outcome outcome) {
        return switch (outcome) {
            case NON_FINITE, POLICY_FAILED -> runner.reason();
            case EMERGENCY_STOP ->
                processes.port().overridden()
                        ? "the watchdog: " + processes.port().overrideCause()
                        : String.valueOf(last.stopCause());
            case HARDWARE_FAULT ->
                last.refusal()
                        .map(limit -> "the robot's first state is not viable: " + limit)
                        .orElse(String.valueOf(last.status()));
            case SUCCESS, TIME_OUT, INTERRUPTED -> "";
        };
    }

    @Override
    public int tick() {
        return tick;
    }

    @Override
    public RunStatistics statistics() {
        return new RunStatistics(
                List.copyOf(episodes),
                runner.statistics(),
                side.observationAge().orElseGet(() -> new Histogram(DIGITS)),
                last == null ? Map.of() : last.interventions(),
                OptionalLong.of(last == null ? 0 : last.missedDeadlines()),
                runner.missedTicks(),
                runner.discardedChunks(),
                OptionalLong.of(runner.missedDeadlines()),
                OptionalLong.of(runner.staleObservations()),
                motion,
                Optional.empty());
    }

    @Override
    public void close() {
        runner.close();
        side.close();
        world.close();
        processes.close();
        scratch.close();
    }
}
