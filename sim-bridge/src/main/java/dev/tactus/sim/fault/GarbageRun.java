package dev.tactus.sim.fault;

import dev.tactus.control.loop.ControlLoop;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.WallClock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.runner.PolicyRunner;
import dev.tactus.policies.runner.RunnerTiming;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.run.TaskLoop;
import dev.tactus.sim.task.Task;

/** A neighbour that makes garbage as fast as it can while the robot works on the wall clock. */
final class GarbageRun implements AutoCloseable {
    private static final long INJECT_NS = 1_000_000_000L;
    private static final long LATEST_NS = 8_000_000_000L;
    private static final int PIECE = 64 * 1024;
    private static final int PIECES_ALIVE = 512;

    private final Task task;
    private final WallClock clock = new WallClock();
    private final TaskLoop loop;
    private final PolicyRunner runner;
    private final ReactionWatch watch;
    private volatile boolean littering;

    // of the present episode, written by the control thread
    private long startNs;
    private long lastTick;
    private long lastNs;
    private boolean won;

    GarbageRun(Task task, RobotConfig robot, PolicyBundle bundle) {
        this.task = task;
        Policy policy = Policy.open(bundle, SchemeOptions.named("rti"), System::nanoTime);
        loop = new TaskLoop(
                task, robot, clock, policy.chunkRows(), policy.spec().gains().targetSmoothingS());
        runner = new PolicyRunner(
                policy,
                loop.observations(),
                loop.chunks(),
                new RunnerTiming(clock::nowNs, loop::takeOverTick, policy.chunkRows() * task.controlPeriodNs()));
        runner.start();
        watch = new ReactionWatch(robot, loop.cycle());
    }

    /** Runs one episode. */
    Reaction episode(long seed) throws InterruptedException {
        loop.observations().beginEpisode();
        runner.reset(seed);
        runner.awaitReset();
        startNs = clock.nowNs();
        lastNs = startNs;
        lastTick = -1;
        won = false;
        if (loop.reset(seed, startNs) != CycleStatus.OK) {
            throw new IllegalStateException(
                    "seed " + seed + " could not be started: " + loop.cycle().refusal());
        }
        watch.begin(startNs);
        ControlLoop control = new ControlLoop("tactus-control", loop.cycle().periodNs(), (nowNs, dtNs) -> cycle(nowNs));
        Thread litterer = Thread.ofPlatform().daemon().name("garbage").unstarted(this::litter);
        littering = true;
        control.start();
        litterer.start();
        control.join();
        littering = false;
        litterer.join();
        control.failure().ifPresent(failure -> {
            throw new IllegalStateException("the control loop failed", failure);
        });
        return watch.end(won);
    }

    private boolean cycle(long nowNs) {
        long tick = (nowNs - startNs) / task.controlPeriodNs();
        if (tick > lastTick) {
            lastTick = tick;
            loop.observe(tick, nowNs);
            won = loop.won();
            if (tick == INJECT_NS / task.controlPeriodNs()) {
                watch.inject();
            }
        }
        CycleStatus status = loop.control(nowNs);
        watch.cycle(status, nowNs, nowNs - lastNs);
        lastNs = nowNs;
        return !won && nowNs - startNs < LATEST_NS;
    }

    private void litter() {
        byte[][] alive = new byte[PIECES_ALIVE][];
        int at = 0;
        while (littering) {
            if (clock.nowNs() - startNs < INJECT_NS) {
                Thread.onSpinWait();
            } else {
                alive[at++ % PIECES_ALIVE] = new byte[PIECE];
            }
        }
    }

    @Override
    public void close() {
        runner.close();
        loop.close();
    }
}
