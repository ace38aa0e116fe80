package dev.tactus.sim.fault;

import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.EmergencyStop;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.hardware.Fault;
import dev.tactus.sim.hardware.FaultyHardware;
import dev.tactus.sim.run.TaskLoop;
import dev.tactus.sim.task.Task;
import java.util.List;

/** One fault, injected into episodes in lock-step time, so that a seed decides everything. */
final class FaultRun implements AutoCloseable {
    /** When the fault begins, counted from the episode's beginning; seeds move it by up to a quarter of a second. */
    private static final long INJECT_NS = 1_000_000_000L;

    /** The e-stop comes while the first swing is at full speed. */
    private static final long E_STOP_NS = 500_000_000L;

    private static final long SPREAD_NS = 12_500_000L;
    private static final int SPREADS = 20;
    private static final long MS = 1_000_000L;
    private static final double LATEST_S = 8;

    private final FaultKind kind;
    private final Task task;
    private final ManualClock clock = new ManualClock(5_000_000_000L);
    private final Policy policy;
    private final TaskLoop loop;
    private final FaultyLine line;
    private final ReactionWatch watch;
    private FaultyHardware hardware;
    private long startNs;
    private long worldNs;
    private long injectNs;
    private boolean injected;

    FaultRun(FaultKind kind, Task task, RobotConfig robot, PolicyBundle bundle) {
        this.kind = kind;
        this.task = task;
        policy = Policy.open(bundle, SchemeOptions.named("rti"), System::nanoTime);
        loop = new TaskLoop(
                task,
                robot,
                clock,
                policy.chunkRows(),
                policy.spec().gains().targetSmoothingS(),
                (config, chunks, settings, counters) -> kind == FaultKind.E_STOP
                        ? new FullSpeed(robot.home())
                        : TaskLoop.endEffectorController(config, chunks, settings, counters),
                healthy -> {
                    List<Fault> faults = kind == FaultKind.READS_FAIL
                            ? List.of(Fault.of(Fault.Kind.READ_FAILS, INJECT_NS, Long.MAX_VALUE))
                            : List.of();
                    hardware = new FaultyHardware(healthy, clock, robot.controlRateHz(), 1, faults);
                    return hardware;
                });
        line = new FaultyLine(policy, loop);
        watch = new ReactionWatch(robot, loop.cycle());
    }

    /** Runs one episode. */
    Reaction episode(long seed) {
        line.begin(seed);
        startNs = clock.nowNs();
        worldNs = 0;
        injectNs = switch (kind) {
            case READS_FAIL -> INJECT_NS; // the hardware keeps its own time
            case E_STOP -> E_STOP_NS + seed % SPREADS * SPREAD_NS;
            default -> INJECT_NS + seed % SPREADS * SPREAD_NS;
        };
        injected = false;
        hardware.begin();
        if (loop.reset(seed, startNs) != CycleStatus.OK) {
            throw new IllegalStateException(
                    "seed " + seed + " could not be started: " + loop.cycle().refusal());
        }
        watch.begin(startNs);
        long lastTick = -1;
        boolean won = false;
        while (!won && worldNs < LATEST_S * 1e9) {
            meddle();
            long nowNs = clock.nowNs();
            long tick = (nowNs - startNs) / task.controlPeriodNs();
            if (tick > lastTick) {
                lastTick = tick;
                line.observe(tick, nowNs);
                won = injected && loop.won();
            }
            line.advance(nowNs);
            CycleStatus status = loop.control(nowNs);
            watch.cycle(status, nowNs, loop.cycle().periodNs());
            pass(loop.cycle().periodNs());
        }
        return watch.end(won);
    }

    private void pass(long byNs) {
        clock.advance(byNs);
        worldNs += byNs;
    }

    /** Begins and ends the fault. */
    private void meddle() {
        if (!injected && worldNs >= injectNs) {
            injected = true;
            watch.inject();
            begin();
        }
        long sinceNs = worldNs - injectNs;
        if (injected && kind == FaultKind.OBSERVATION_FROZEN && sinceNs >= 1500 * MS) {
            line.frozen = false;
        }
        if (injected && kind == FaultKind.CHUNK_NAN && sinceNs >= 500 * MS) {
            line.garbled = false;
        }
        if (injected && kind == FaultKind.CHUNK_LATE && sinceNs >= 500 * MS) {
            line.chunkDelayNs = 0;
        }
    }

    private void begin() {
        switch (kind) {
            case OBSERVATION_FROZEN -> line.frozen = true;
            case OBSERVATION_DELAYED -> line.observationDelayNs = 100 * MS;
            case CHUNK_LATE -> line.chunkDelayNs = 500 * MS;
            case CHUNK_NAN -> line.garbled = true;
            case CLOCK_AHEAD -> clock.jump(1000 * MS);
            case CLOCK_BACK -> clock.jump(-1000 * MS);
            case CONTROL_DELAYED -> pass(20 * MS);
            case E_STOP -> loop.cycle().emergencyStop().trip(EmergencyStop.Cause.REQUEST);
            case READS_FAIL, GARBAGE -> {
                // the hardware does it by itself; garbage needs the wall clock
            }
        }
    }

    @Override
    public void close() {
        loop.close();
        policy.close();
    }
}
