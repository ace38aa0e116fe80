package dev.tactus.sim.run;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.EndEffectorController;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.loop.Clock;
import dev.tactus.control.loop.ControlCycle;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ChunkBuffer;
import dev.tactus.policies.runner.ObservationBuffer;
import dev.tactus.sim.evaluation.MotionStatistics;
import dev.tactus.sim.run.EpisodeResult.Outcome;
import dev.tactus.sim.task.Scene;
import dev.tactus.sim.task.Task;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A task's scene under control: what a policy or an expert closes the loop over. Observations go out once a policy tick,
 * chunks come in, and in between the control cycle runs at the robot's rate. All calls come from one thread, the control
 * thread; the two buffers are where another thread may join.
 */
public final class TaskLoop implements AutoCloseable {
    private static final int OBSERVATIONS_KEPT = 32;

    private final Scene scene;
    private final HardwareInterface hardware;
    private final ObservationBuffer observations;
    private final ChunkBuffer chunks;
    private final InterventionCounters interventions = new InterventionCounters();
    private final ControlCycle cycle;
    private final ChunkSettings settings;
    private final MotionStatistics motion;
    private final float[] observation;
    private volatile long startNs; // read by the policy's thread too
    private int goalTicks;

    /**
     * Opens the task's scene and puts the robot's controller on it.
     *
     * @param task the task
     * @param robot its robot
     * @param clock the time that everything goes by
     * @param chunkRows the most rows that a chunk will have
     * @param smoothingS time constant of the lags that smooth targets, s
     */
    public TaskLoop(Task task, RobotConfig robot, Clock clock, int chunkRows, double smoothingS) {
        this(task, robot, clock, chunkRows, smoothingS, TaskLoop::endEffectorController, UnaryOperator.identity());
    }

    /**
     * Opens the task's scene and puts a controller of one's own on it, with something between it and the robot.
     *
     * @param task the task
     * @param robot its robot
     * @param clock the time that everything goes by
     * @param chunkRows the most rows that a chunk will have
     * @param smoothingS time constant of the lags that smooth targets, s
     * @param factory makes the controller
     * @param between takes the robot in the scene, and answers what the controller shall see of it
     */
    public TaskLoop(
            Task task,
            RobotConfig robot,
            Clock clock,
            int chunkRows,
            double smoothingS,
            ControllerFactory factory,
            UnaryOperator<HardwareInterface> between) {
        scene = task.open(robot, clock);
        hardware = between.apply(scene.hardware());
        observation = new float[task.observationSize()];
        observations = new ObservationBuffer(OBSERVATIONS_KEPT, observation.length);
        chunks = new ChunkBuffer(chunkRows, task.actionSize());
        settings = ChunkSettings.endEffector(task.actionTerms(), task.controlPeriodNs(), smoothingS);
        motion = new MotionStatistics(robot.joints().size(), task.actionTerms(), chunkRows);
        Controller controller = factory.make(robot, chunks, settings, interventions);
        cycle = new ControlCycle(robot, UrdfReader.read(robot.urdf()), hardware, controller, interventions, clock);
        hardware.configure();
        hardware.activate();
    }

    /** Makes the controller of a loop. */
    @FunctionalInterface
    public interface ControllerFactory {
        /**
         * Makes it.
         *
         * @param robot the robot
         * @param chunks where its chunks come from; the controller is the consumer
         * @param settings how to read and follow them
         * @param counters counts what it changes
         * @return the controller
         */
        Controller make(RobotConfig robot, ChunkBuffer chunks, ChunkSettings settings, InterventionCounters counters);
    }

    /**
     * Makes the controller that follows chunks of end-effector poses.
     *
     * @param robot the robot
     * @param chunks where its chunks come from; the controller is the consumer
     * @param settings how to read and follow them
     * @param counters counts what it changes
     * @return the controller
     */
    public static Controller endEffectorController(
            RobotConfig robot, ChunkBuffer chunks, ChunkSettings settings, InterventionCounters counters) {
        ForwardKinematics forward = new ForwardKinematics(UrdfReader.read(robot.urdf()), robot);
        InverseKinematics inverse = new InverseKinematics(forward, robot, InverseKinematics.Settings.DEFAULT);
        return new EndEffectorController(robot, inverse, chunks, settings, counters);
    }

    /**
     * Begins an episode.
     *
     * @param seed decides what the scene looks like
     * @param nowNs the time, ns
     * @return whether the robot could be started
     */
    public CycleStatus reset(long seed, long nowNs) {
        scene.reset(seed);
        observations.beginEpisode();
        goalTicks = 0;
        startNs = nowNs;
        release(); // a new episode is somebody's explicit wish
        CycleStatus status = cycle.start(nowNs); // drops what lies in the chunk buffer
        motion.begin(chunks.current());
        return status;
    }

    /**
     * Runs one control cycle.
     *
     * @param nowNs the time, ns, later than the last call's
     * @return how it went
     */
    public CycleStatus control(long nowNs) {
        CycleStatus status = cycle.run(nowNs);
        if (status == CycleStatus.OK || status == CycleStatus.STOPPED) {
            motion.cycle(nowNs, cycle.reference(), chunks.current(), takeOverTick(nowNs));
        }
        return status;
    }

    /** Clears every e-stop and lets commands through to the drives again. */
    private void release() {
        cycle.emergencyStop().clear();
        if (hardware.emergencyStopped()) {
            hardware.releaseEmergencyStop();
            hardware.activate();
        }
    }

    /**
     * What a cycle ends an episode with.
     *
     * @param status how the cycle went
     * @return the outcome; empty if the episode goes on
     */
    static Optional<Outcome> outcome(CycleStatus status) {
        return switch (status) {
            case READ_FAILED, WRITE_FAILED, NOT_STARTED -> Optional.of(Outcome.HARDWARE_FAULT);
            case EMERGENCY_STOP -> Optional.of(Outcome.EMERGENCY_STOP);
            case OK, STOPPED, HOLDING, PROTECTIVE_STOP -> Optional.empty();
        };
    }

    /** Why control ended an episode, in words; empty if it did not, or nothing more is known. */
    String reason(Outcome outcome) {
        return switch (outcome) {
            case HARDWARE_FAULT ->
                cycle.refusal()
                        .map(limit -> "the robot's first state is not viable: "
                                + limit.name().toLowerCase(Locale.ROOT))
                        .orElseGet(() -> scene.hardware().fault());
            case EMERGENCY_STOP ->
                cycle.emergencyStop().cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            case SUCCESS, TIME_OUT, NON_FINITE, POLICY_FAILED, INTERRUPTED -> "";
        };
    }

    /**
     * The policy tick from which on control follows a chunk that is published now. Any thread.
     *
     * @param nowNs the time, ns
     * @return the tick
     */
    public long takeOverTick(long nowNs) {
        return settings.takeOverTick(nowNs - startNs);
    }

    /**
     * Observes at the beginning of a policy tick, and looks whether the goal holds.
     *
     * @param tick the tick, from 0
     * @param nowNs the time, ns
     */
    public void observe(long tick, long nowNs) {
        look();
        observations.write(observation, tick, nowNs);
    }

    /** Looks at the world at the beginning of a policy tick, and whether the goal holds, and keeps it to itself. */
    public void look() {
        scene.observe(observation);
        goalTicks = scene.goalHolds() ? goalTicks + 1 : 0;
    }

    /**
     * The observation of the present tick.
     *
     * @return its elements in physical units, written in place
     */
    public float[] observation() {
        return observation;
    }

    /**
     * Whether the goal has held for as long as the task asks.
     *
     * @return whether the episode is won
     */
    public boolean won() {
        return goalTicks >= scene.goalTicks();
    }

    /**
     * The simulated world.
     *
     * @return the scene
     */
    public Scene scene() {
        return scene;
    }

    /**
     * Where observations go.
     *
     * @return the buffer; this loop is its writer
     */
    public ObservationBuffer observations() {
        return observations;
    }

    /**
     * Where chunks come from.
     *
     * @return the buffer; this loop is its consumer
     */
    public ChunkBuffer chunks() {
        return chunks;
    }

    /**
     * How smoothly the arm was led.
     *
     * @return the statistics; this loop writes them
     */
    public MotionStatistics motion() {
        return motion;
    }

    /**
     * The control cycle, which {@link #control} runs.
     *
     * @return the cycle; call it on the control thread
     */
    public ControlCycle cycle() {
        return cycle;
    }

    @Override
    public void close() {
        scene.close();
    }
}
