package dev.tactus.sim.process;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.PolicySide;
import dev.tactus.control.process.PolicyTerms;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ObservationWindow;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A policy that needs no network: swings every joint around home by a sine that grows over its first second, a chunk for
 * every observation. It is a policy's process to its controller.
 */
public final class ScriptedPolicy implements AutoCloseable {
    private static final long TICK_NS = 20_000_000;
    private static final int ROWS = 12;
    private static final double FREQUENCY_HZ = 0.5;
    private static final double GROWTH_S = 1;
    private static final long LOOK_NS = 500_000;

    private final PolicySide side;
    private final double[] home;
    private final double amplitude;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Makes the policy and its port.
     *
     * @param folder the port's folder
     * @param robot the robot
     * @param amplitude of every joint, rad
     */
    public ScriptedPolicy(Path folder, RobotConfig robot, double amplitude) {
        home = robot.home();
        this.amplitude = amplitude;
        ChunkSettings settings = new ChunkSettings(
                TICK_NS,
                IntStream.range(0, home.length).boxed().toList(),
                OptionalInt.empty(),
                ChunkSettings.REFERENCE_SPEED,
                TICK_NS / 2,
                0);
        side = new PolicySide(
                folder,
                new PolicyTerms(
                        robot.name(),
                        PolicyTerms.Action.JOINT_POSITION,
                        settings,
                        ROWS,
                        home.length,
                        PolicyTerms.Observation.JOINTS,
                        2 * home.length));
        thread = Thread.ofPlatform().name("scripted-policy").daemon().start(this::answer);
    }

    /**
     * Orders to the controller.
     *
     * @return the policy's side of the port
     */
    public PolicySide side() {
        return side;
    }

    private void answer() {
        ObservationWindow window = new ObservationWindow(1, 2 * home.length);
        long seen = 0;
        long sequence = 0;
        while (!closing) {
            if (side.observations().published() > seen && side.observations().copyNewest(window)) {
                seen = side.observations().published();
                fill(side.chunks().writable(), window, ++sequence);
                side.chunks().publish();
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private void fill(ActionChunk chunk, ObservationWindow window, long sequence) {
        chunk.begin(ROWS, window.tick(), window.stampNs(), sequence);
        for (int row = 0; row < ROWS; row++) {
            double t = (window.tick() + row) * TICK_NS * 1e-9;
            double swing = amplitude * Math.min(1, t / GROWTH_S) * Math.sin(2 * Math.PI * FREQUENCY_HZ * t);
            for (int joint = 0; joint < home.length; joint++) {
                chunk.set(row, joint, home[joint] + swing);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // it ends within a millisecond
            }
        }
        side.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
