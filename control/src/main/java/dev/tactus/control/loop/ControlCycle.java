package dev.tactus.control.loop;

import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.ControllerStatus;
import dev.tactus.control.controller.EffortLaw;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.EmergencyStop;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.control.safety.MeasuredLimits;
import dev.tactus.control.safety.PolicyWatch;
import dev.tactus.control.safety.SafetyFilter;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * One control cycle, on any clock:
 *
 * <pre>read -&gt; controller -&gt; safety filter -&gt; impedance, torque limits | drive gains, torque bound | position -&gt; write</pre>
 *
 * <p>Called by one thread, the control thread. {@link #run} allocates nothing, takes no lock, never throws; everything
 * that it had to change is in {@link #interventions}. Whatever goes wrong, the safety filter's stored stop is there to go
 * on with: a policy that is silent or sees only the past stops the robot until it is well again; a latched {@link
 * EmergencyStop} brings an arm to a controlled stop and holds it, and a robot with a floating base to damping.
 */
public final class ControlCycle {
    /** Cycles that are further apart than this many periods are treated as if they were not. */
    public static final int LONGEST_STEP_PERIODS = 5;

    private static final long GREATEST_AGE_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final HardwareInterface hardware;
    private final Controller controller;
    private final Clock clock;
    private final SafetyFilter safety;
    private final Actuation actuation;
    private final EmergencyStop emergencyStop;
    private final PolicyWatch policyWatch;
    private final MeasuredLimits measuredLimits;
    private final InterventionCounters counters;
    private final Histogram observationAge = new Histogram(GREATEST_AGE_NS, DIGITS);
    private final RobotState state;
    private final JointReference reference;
    private final JointCommand command;
    private final boolean floating;
    private final StopKind stopKind;
    private final long periodNs;
    private final int mostMissed;
    private final int mostFailedReads;
    private long lastNs;
    private int missed;
    private int failedReads;
    private boolean started;
    private boolean stopped;
    private Optional<Intervention> refusal = Optional.empty();

    /**
     * Makes the cycle of a robot, at the robot's gains, limits and rate, by the command interface that the robot has; by
     * effort with joint impedance.
     *
     * @param robot joints, limits, gains, control rate, supervision
     * @param tree its links, from the URDF
     * @param hardware the robot; its joints are those of {@code robot} in the same order
     * @param controller says where the joints shall be
     * @param counters counts every intervention; also that of the controller, if it is given the same
     * @param clock tells when a command is written, for the age of the observation behind it
     * @throws IllegalArgumentException if the hardware's joints are others
     */
    public ControlCycle(
            RobotConfig robot,
            KinematicTree tree,
            HardwareInterface hardware,
            Controller controller,
            InterventionCounters counters,
            Clock clock) {
        this(robot, tree, hardware, controller, Actuation.of(robot, counters), counters, clock);
    }

    /**
     * Makes the cycle of a robot that takes torques, with another law than joint impedance behind the safety filter.
     *
     * @param robot joints, limits, control rate, supervision
     * @param tree its links, from the URDF
     * @param hardware the robot; its joints are those of {@code robot} in the same order
     * @param controller says where the joints shall be
     * @param law makes torques of what the safety filter issued; used by this cycle only
     * @param counters counts every intervention; also that of the controller, if it is given the same
     * @param clock tells when a command is written, for the age of the observation behind it
     * @throws IllegalArgumentException if the hardware's joints are others
     * @throws dev.tactus.policies.command.BadInputException if the robot takes no torques
     */
    public ControlCycle(
            RobotConfig robot,
            KinematicTree tree,
            HardwareInterface hardware,
            Controller controller,
            EffortLaw law,
            InterventionCounters counters,
            Clock clock) {
        this(robot, tree, hardware, controller, Actuation.of(robot, law, counters), counters, clock);
    }

    private ControlCycle(
            RobotConfig robot,
            KinematicTree tree,
            HardwareInterface hardware,
            Controller controller,
            Actuation actuation,
            InterventionCounters counters,
            Clock clock) {
        var names = robot.jointNames();
        if (!names.equals(hardware.joints())) {
            throw new IllegalArgumentException("the hardware's joints are " + hardware.joints() + "; robot "
                    + robot.name() + " has " + names + ", and the order counts");
        }
        this.hardware = hardware;
        this.controller = controller;
        this.counters = counters;
        this.clock = clock;
        this.safety = new SafetyFilter(robot, tree, counters);
        this.actuation = actuation;
        this.emergencyStop = new EmergencyStop(counters);
        this.policyWatch = new PolicyWatch(robot.supervision(), counters);
        this.measuredLimits = new MeasuredLimits(robot.joints(), counters);
        this.state = new RobotState(names.size());
        this.reference = new JointReference(names.size());
        this.command = new JointCommand(names.size());
        this.floating = robot.base() == BaseType.FLOATING;
        this.stopKind = StopKind.of(robot.base());
        this.periodNs = Math.round(1e9 / robot.controlRateHz());
        this.mostMissed = robot.supervision().missedDeadlines();
        this.mostFailedReads = robot.supervision().failedReads();
        for (int joint = 0; joint < names.size(); joint++) {
            reference.stiffness()[joint] = robot.joints().get(joint).stiffness();
            reference.damping()[joint] = robot.joints().get(joint).damping();
        }
    }

    /**
     * Begins an episode from the robot's present state, at rest; drives start from zero torque. Nothing is written.
     *
     * @param nowNs time, ns
     * @return OK, or NOT_STARTED if the robot was not read, its e-stop is latched, or it stands where the safety filter
     *     cannot answer for it ({@link #refusal} says why)
     */
    public CycleStatus start(long nowNs) {
        refusal = Optional.empty();
        started = !emergencyStop.latched() && hardware.read(state) == HardwareStatus.OK;
        if (started) {
            refusal = safety.reset(state.position(), state.gripperOpening());
            started = refusal.isEmpty();
        }
        if (!started) {
            return CycleStatus.NOT_STARTED;
        }
        actuation.reset();
        policyWatch.reset();
        controller.start(nowNs, state);
        stopped = false;
        missed = 0;
        failedReads = 0;
        lastNs = nowNs - periodNs;
        return CycleStatus.OK;
    }

    /**
     * Why the last start was refused, if it was the robot's first state.
     *
     * @return the limit that it does not keep
     */
    public Optional<Intervention> refusal() {
        return refusal;
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
        double seconds = step(nowNs);
        // A measurement that does not change its stamp any more is none.
        if (hardware.read(state) != HardwareStatus.OK || nowNs - state.stampNs() > mostFailedReads * periodNs) {
            return runBlind(seconds);
        }
        failedReads = 0;
        measuredLimits.observe(state);
        CycleStatus status = refer(nowNs, seconds);
        boolean damped = status == CycleStatus.EMERGENCY_STOP && floating && actuation.damp(state, command, seconds);
        if (!damped) {
            actuation.follow(reference, state, command, seconds);
        }
        command.gripperOpening(reference.gripperOpening());
        long actuationNs = clock.nowNs();
        if (!write() && status != CycleStatus.EMERGENCY_STOP) {
            return CycleStatus.WRITE_FAILED;
        }
        if (!stopped) {
            recordAge(actuationNs);
        }
        return status;
    }

    /** The time that this cycle stands for, s; deadlines that nobody kept are noticed here. */
    private double step(long nowNs) {
        long elapsedNs = nowNs - lastNs;
        lastNs = nowNs;
        long late = (elapsedNs + periodNs / 2) / periodNs - 1;
        if (elapsedNs > 0 && late <= 0) {
            missed = 0;
        } else {
            counters.count(elapsedNs > 0 ? Intervention.MISSED_DEADLINE : Intervention.TIME_JUMP);
            missed = (int) Math.min(Integer.MAX_VALUE, missed + Math.max(0, late));
            if (missed >= mostMissed) {
                emergencyStop.trip(EmergencyStop.Cause.MISSED_DEADLINES);
            }
        }
        return Math.clamp(elapsedNs, 1L, LONGEST_STEP_PERIODS * periodNs) * 1e-9;
    }

    /** Fills the reference with what is issued this cycle. */
    private CycleStatus refer(long nowNs, double seconds) {
        if (emergencyStop.obey()) {
            controller.hold();
            stopped = true;
            safety.stop(reference, seconds);
            return CycleStatus.EMERGENCY_STOP;
        }
        ControllerStatus status = controller.update(nowNs, state, reference);
        long stampNs = controller.observationStampNs();
        stopped = false;
        if (stampNs == Controller.NO_OBSERVATION) {
            policyWatch.reset();
        } else {
            stopped = policyWatch.stops(nowNs, stampNs);
        }
        if (stopped) {
            safety.stop(reference, seconds);
            return CycleStatus.PROTECTIVE_STOP;
        }
        safety.limit(reference, seconds);
        return switch (status) {
            case WAITING, TRACKING -> CycleStatus.OK;
            case STOPPED -> CycleStatus.STOPPED;
            case HOLDING -> CycleStatus.HOLDING;
        };
    }

    private CycleStatus runBlind(double seconds) {
        counters.count(Intervention.READ_FAILED);
        failedReads++;
        if (failedReads >= mostFailedReads) {
            emergencyStop.trip(EmergencyStop.Cause.READ_FAILURES);
        }
        boolean latched = emergencyStop.obey();
        if (latched) {
            controller.hold();
            if (emergencyStop.cause() == EmergencyStop.Cause.READ_FAILURES) {
                hardware.emergencyStop(stopKind); // blind, so the drives stop by what they measure themselves
            }
        }
        safety.stop(reference, seconds);
        if (!(latched && floating && actuation.damp(state, command, seconds))) {
            actuation.followBlind(reference, command, seconds);
        }
        write();
        return CycleStatus.READ_FAILED;
    }

    private boolean write() {
        if (hardware.write(command) == HardwareStatus.OK) {
            return true;
        }
        counters.count(Intervention.WRITE_FAILED);
        return false;
    }

    /** Has the controller stop the arm smoothly and hold it until the next start. Control thread. */
    public void hold() {
        controller.hold();
    }

    /**
     * The e-stop that this cycle obeys. Any thread may trip it.
     *
     * @return the e-stop
     */
    public EmergencyStop emergencyStop() {
        return emergencyStop;
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
