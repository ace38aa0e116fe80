package dev.tactus.control.loop;

import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.ControllerStatus;
import dev.tactus.control.controller.JointImpedance;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.control.safety.LimitFilter;
import dev.tactus.control.safety.TorqueLimiter;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * One control cycle, on any clock:
 *
 * <pre>read -&gt; controller -&gt; limit filter -&gt; joint impedance -&gt; torque limiter -&gt; write</pre>
 *
 * <p>Called by one thread, the control thread. {@link #run} allocates nothing, takes no lock, never throws; everything
 * that it had to change is in {@link #interventions}.
 */
public final class ControlCycle {
    /** Cycles that are further apart than this many periods are treated as if they were not. */
    private static final int LONGEST_STEP_PERIODS = 5;

    private static final long GREATEST_AGE_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final HardwareInterface hardware;
    private final Controller controller;
    private final Clock clock;
    private final JointImpedance impedance;
    private final LimitFilter limitFilter;
    private final TorqueLimiter torqueLimiter;
    private final InterventionCounters counters;
    private final Histogram observationAge = new Histogram(GREATEST_AGE_NS, DIGITS);
    private final RobotState state;
    private final JointReference reference;
    private final JointCommand command;
    private final long periodNs;
    private long lastNs;
    private boolean started;

    /**
     * Makes the cycle of a robot with joint impedance control at the robot's gains, limits and rate.
     *
     * @param robot joints, limits, gains, control rate
     * @param hardware the robot; its joints are those of {@code robot} in the same order
     * @param controller says where the joints shall be
     * @param counters counts every intervention; also that of the controller, if it is given the same
     * @param clock tells when a command is written, for the age of the observation behind it
     * @throws IllegalArgumentException if the hardware's joints are others, or a joint lacks an acceleration limit
     */
    public ControlCycle(
            RobotConfig robot,
            HardwareInterface hardware,
            Controller controller,
            InterventionCounters counters,
            Clock clock) {
        var names = robot.joints().stream().map(joint -> joint.name()).toList();
        if (!names.equals(hardware.joints())) {
            throw new IllegalArgumentException("the hardware's joints are " + hardware.joints() + "; robot "
                    + robot.name() + " has " + names + ", and the order counts");
        }
        this.hardware = hardware;
        this.controller = controller;
        this.counters = counters;
        this.clock = clock;
        this.impedance = new JointImpedance(robot.joints());
        this.limitFilter = new LimitFilter(robot.joints(), counters);
        this.torqueLimiter = new TorqueLimiter(robot.joints(), counters);
        this.state = new RobotState(names.size());
        this.reference = new JointReference(names.size());
        this.command = new JointCommand(names.size());
        this.periodNs = Math.round(1e9 / robot.controlRateHz());
    }

    /**
     * Begins an episode from the robot's present state, at rest; drives start from zero torque. Nothing is written.
     *
     * @param nowNs time, ns
     * @return OK, or NOT_STARTED if the robot was not read or stands outside its position limits
     */
    public CycleStatus start(long nowNs) {
        started = hardware.read(state) == HardwareStatus.OK
                && limitFilter.reset(state.position(), state.gripperOpening());
        if (!started) {
            return CycleStatus.NOT_STARTED;
        }
        torqueLimiter.reset();
        controller.start(nowNs, state);
        lastNs = nowNs - periodNs;
        return CycleStatus.OK;
    }

    /**
     * Runs one cycle.
     *
     * @param nowNs time, ns, not before the last call's
     * @return how it went
     */
    public CycleStatus run(long nowNs) {
        if (!started) {
            return CycleStatus.NOT_STARTED;
        }
        double seconds = Math.clamp(nowNs - lastNs, 1L, LONGEST_STEP_PERIODS * periodNs) * 1e-9;
        lastNs = nowNs;
        if (hardware.read(state) != HardwareStatus.OK) {
            counters.count(Intervention.READ_FAILED);
            Arrays.fill(command.effort(), 0);
            torqueLimiter.limit(command.effort(), seconds);
            if (hardware.write(command) != HardwareStatus.OK) {
                counters.count(Intervention.WRITE_FAILED);
            }
            return CycleStatus.READ_FAILED;
        }
        ControllerStatus controllerStatus = controller.update(nowNs, state, reference);
        limitFilter.limit(reference, seconds);
        impedance.compute(reference, state, command.effort());
        torqueLimiter.limit(command.effort(), seconds);
        command.gripperOpening(reference.gripperOpening());
        long actuationNs = clock.nowNs();
        if (hardware.write(command) != HardwareStatus.OK) {
            counters.count(Intervention.WRITE_FAILED);
            return CycleStatus.WRITE_FAILED;
        }
        recordAge(actuationNs);
        return switch (controllerStatus) {
            case WAITING, TRACKING -> CycleStatus.OK;
            case STOPPED -> CycleStatus.STOPPED;
            case HOLDING -> CycleStatus.HOLDING;
        };
    }

    /** Has the controller stop the arm smoothly and hold it until the next start. Control thread. */
    public void hold() {
        controller.hold();
    }

    private void recordAge(long actuationNs) {
        long stampNs = controller.observationStampNs();
        if (stampNs != Controller.NO_OBSERVATION) {
            observationAge.recordValue(Math.clamp(actuationNs - stampNs, 0L, GREATEST_AGE_NS));
        }
    }

    /**
     * The age of the observation behind every command that was written, in ns, one value a control cycle, from the first
     * one that a chunk stands behind; so a chunk that is executed for a whole tick weighs with every cycle of it, and its
     * maximum is the greatest age at which an observation still moved the robot. Read it when the loop has ended, or from
     * the control thread.
     *
     * @return the histogram, written in place
     */
    public Histogram observationAge() {
        return observationAge;
    }

    /**
     * What was changed, by kind. Any thread.
     *
     * @return the counters
     */
    public InterventionCounters interventions() {
        return counters;
    }

    /**
     * The newest measurement. Control thread.
     *
     * @return the state, written in place
     */
    public RobotState state() {
        return state;
    }

    /**
     * What was issued last, after the limit filter. Control thread.
     *
     * @return the reference, written in place
     */
    public JointReference reference() {
        return reference;
    }

    /**
     * What was written last. Control thread.
     *
     * @return the command, written in place
     */
    public JointCommand command() {
        return command;
    }

    /**
     * The nominal time between two cycles.
     *
     * @return ns
     */
    public long periodNs() {
        return periodNs;
    }
}
