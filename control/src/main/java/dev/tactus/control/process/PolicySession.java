package dev.tactus.control.process;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.EndEffectorController;
import dev.tactus.control.controller.JointPositionController;
import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.loop.Clock;
import dev.tactus.control.loop.ControlCycle;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ChunkBuffer;

/**
 * A policy that has come to the controller's process, and the control cycle that follows it. The control thread calls
 * {@link #cycle}; what it is asked for comes from the process's main thread through volatile fields.
 */
final class PolicySession implements AutoCloseable {
    private static final int NONE = -1;

    private final PolicyPort port;
    private final SharedMemoryHardware hardware;
    private final ControlCycle cycle;
    private final ChunkBuffer chunks;
    private final InterventionCounters counters = new InterventionCounters();
    private final float[] observation;
    private final boolean perceived;
    private final long tickNs;

    // written by the main thread, taken back by the control thread
    private volatile boolean startAsked;
    private volatile boolean pauseAsked;
    private volatile boolean holdAsked;
    private volatile long answered;
    private volatile long episode;

    // of the control thread
    private volatile boolean running;
    private CycleStatus status = CycleStatus.NOT_STARTED;
    private long startNs;
    private long tick = -1;
    private long cycles;
    private int refusal = NONE;

    PolicySession(PolicyPort port, RobotConfig robot, SharedMemoryHardware hardware, Clock clock) {
        this.port = port;
        answered = port.report().map(ControllerReport::answered).orElse(0L); // by a controller before this one
        this.hardware = hardware;
        PolicyTerms terms = port.terms();
        if (!terms.robot().equals(robot.name())) {
            throw new HardwareException("the policy commands " + terms.robot() + "; this controller has " + robot.name()
                    + ". Give both the same robot.");
        }
        perceived = terms.observation() == PolicyTerms.Observation.PERCEIVED;
        int offered =
                perceived ? hardware.port().perceived() : 2 * robot.joints().size();
        if (terms.observationSize() != offered) {
            throw new HardwareException("the policy wants observations of " + terms.observationSize() + " numbers; "
                    + (perceived ? "the robot's side perceives " : "joint positions and velocities are ") + offered
                    + ". Start the robot's side for the policy's task.");
        }
        observation = new float[terms.observationSize()];
        tickNs = terms.settings().controlPeriodNs();
        chunks = new ChunkBuffer(terms.chunkRows(), terms.actionSize());
        KinematicTree tree = UrdfReader.read(robot.urdf());
        cycle = new ControlCycle(robot, tree, hardware, controller(terms, robot, tree), counters, clock);
    }

    private Controller controller(PolicyTerms terms, RobotConfig robot, KinematicTree tree) {
        ChunkSettings settings = terms.settings();
        return switch (terms.action()) {
            case JOINT_POSITION -> new JointPositionController(robot, chunks, settings, counters);
            case END_EFFECTOR_POSE ->
                new EndEffectorController(
                        robot,
                        new InverseKinematics(
                                new ForwardKinematics(tree, robot), robot, InverseKinematics.Settings.DEFAULT),
                        chunks,
                        settings,
                        counters);
        };
    }

    // ---- main thread

    PolicyPort port() {
        return port;
    }

    void askStart(long number) {
        episode = number;
        startAsked = true;
    }

    void askPause() {
        pauseAsked = true;
    }

    void askHold() {
        holdAsked = true;
    }

    boolean asked() {
        return startAsked || pauseAsked || holdAsked;
    }

    /** Whether there is an order that nobody has answered, and somebody who waits for that. */
    boolean ordered() {
        return port.orderNumber() != answered && port.policyAlive();
    }

    void answer(long number) {
        answered = number;
    }

    boolean running() {
        return running;
    }

    ControlCycle control() {
        return cycle;
    }

    // ---- control thread

    void cycle(long nowNs, long missedDeadlines) {
        cycles++;
        takeOrders(nowNs);
        if (running) {
            if (port.receive(chunks.writable(), episode)) {
                chunks.publish();
            }
            observe(nowNs);
            status = cycle.run(nowNs);
        } else {
            hardware.read(cycle.state());
            hardware.write(cycle.command()); // of no effect any more, but a heartbeat
        }
        port.report(
                answered,
                running,
                status,
                startNs,
                tick,
                cycles,
                missedDeadlines,
                cycle.emergencyStop().cause(),
                refusal,
                counters);
    }

    private void takeOrders(long nowNs) {
        if (startAsked) {
            status = cycle.start(nowNs);
            running = status == CycleStatus.OK;
            refusal = cycle.refusal().map(Intervention::ordinal).orElse(NONE);
            startNs = nowNs;
            tick = -1;
            startAsked = false;
        }
        if (holdAsked) {
            cycle.hold();
            holdAsked = false;
        }
        if (pauseAsked) {
            running = false;
            pauseAsked = false;
        }
    }

    private void observe(long nowNs) {
        long now = (nowNs - startNs) / tickNs;
        if (now <= tick) {
            return;
        }
        if (perceived) {
            if (!hardware.port().readPerception(observation)) {
                return; // the next cycle tries again
            }
        } else {
            int joints = cycle.state().joints();
            for (int joint = 0; joint < joints; joint++) {
                observation[joint] = (float) cycle.state().position()[joint];
                observation[joints + joint] = (float) cycle.state().velocity()[joint];
            }
        }
        tick = now;
        port.observe(observation, episode, tick, nowNs);
    }

    @Override
    public void close() {
        port.close();
    }
}
