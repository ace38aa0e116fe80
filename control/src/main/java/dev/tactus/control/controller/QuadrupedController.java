package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.Posture;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.Stance;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Legs whose drives close the loop, {@code tau = kp (q_d - q) + kd (qd_d - qd)}, in four modes:
 *
 * <pre>
 * DAMP -&gt; STAND_UP -&gt; STAND &lt;-&gt; WALK,   and from every mode back to DAMP
 * </pre>
 *
 * <p>DAMP: kp is zero and kd the stance's, so that the robot sinks softly. STAND_UP: from where the joints are measured
 * through the stance's postures, each reached at rest by a {@link QuinticSegment}, C2 all the way; at the last one it
 * becomes STAND, the only transition that nobody asks for. WALK: the policy's joint targets, held from one policy tick to
 * the next, with the gains that the policy was trained with; a target without a policy's row is the last one. Steps of the
 * target are what such policies are trained on, the drives' spring and damper are their filter. STAND out of WALK leads
 * from the last target to the standing posture by a segment again.
 *
 * <p>{@link #damp}, {@link #standUp}, {@link #stand} and {@link #walk} may be called by any thread; everything else belongs
 * to the control thread, which allocates nothing, takes no lock and never throws. The torque that the drives will make of
 * it is bounded behind this class, by the safety side.
 */
public final class QuadrupedController implements Controller {
    /** What the legs do. */
    public enum Mode {
        /** Damping alone. */
        DAMP,
        /** On the way up, or back from walking to the standing posture. */
        STAND_UP,
        /** At the standing posture. */
        STAND,
        /** Following the policy. */
        WALK
    }

    /** Part of a motion in which gains go over from the ones before. */
    private static final double GAIN_SHARE = 0.2;

    private final ChunkSequence sequence;
    private final ChunkSettings settings;
    private final InterventionCounters counters;
    private final JointTargets targets;
    private final Posture[] postures;
    private final double[] damping;
    private final double[] walkStiffness;
    private final double[] walkDamping;
    private final QuinticSegment segment;
    private final JointReference last;
    private final double[] fromStiffness;
    private final double[] fromDamping;
    private final double[] solved;

    private volatile Mode mode = Mode.DAMP;
    /** The order that was not carried out yet; null for none. */
    private volatile Mode asked;

    private int posture;
    private long motionStartNs;
    private long startNs;
    private long lastTick;
    private long stampNs = NO_OBSERVATION;
    private boolean usable;
    private boolean held;
    private boolean holdAsked;

    /**
     * Makes the controller, damping.
     *
     * @param robot a robot with legs, whose drives close the loop
     * @param chunks where the walking policy puts its chunks; this controller is the consumer
     * @param settings where the joints' positions are in a row, and the policy's tick
     * @param policyJoints the policy's joints, in the order of its gains
     * @param stiffness Nm/rad, the policy's, in that order
     * @param damping Nms/rad, the policy's, in that order
     * @param counters counts bad rows, underruns, early and outdated chunks, positions beyond a limit
     * @throws dev.tactus.policies.command.BadInputException if the robot has no stance or its drives take no gains
     */
    public QuadrupedController(
            RobotConfig robot,
            ChunkBuffer chunks,
            ChunkSettings settings,
            List<String> policyJoints,
            double[] stiffness,
            double[] damping,
            InterventionCounters counters) {
        robot.require(CommandInterface.JOINT_PD, "the quadruped controller");
        Stance stance = robot.requireStance();
        int joints = robot.joints().size();
        this.sequence = new ChunkSequence(chunks, counters);
        this.settings = settings;
        this.counters = counters;
        this.targets = new JointTargets(robot.joints(), settings.elements(), counters);
        this.postures = stance.postures().values().toArray(Posture[]::new);
        this.damping = stance.damping();
        this.walkStiffness = new double[joints];
        this.walkDamping = new double[joints];
        for (int joint = 0; joint < joints; joint++) {
            int index = policyJoints.indexOf(robot.joints().get(joint).name());
            if (index < 0) {
                throw new IllegalArgumentException("the policy's joints " + policyJoints + " lack "
                        + robot.joints().get(joint).name());
            }
            walkStiffness[joint] = stiffness[index];
            walkDamping[joint] = damping[index];
        }
        this.segment = new QuinticSegment(joints);
        this.last = new JointReference(joints);
        this.fromStiffness = new double[joints];
        this.fromDamping = new double[joints];
        this.solved = new double[joints];
    }

    /** Damps, from any mode. Any thread. */
    public void damp() {
        asked = Mode.DAMP;
    }

    /**
     * Stands up. Any thread.
     *
     * @return false, and nothing happens, unless it damps
     */
    public boolean standUp() {
        return ask(Mode.DAMP, Mode.STAND_UP);
    }

    /**
     * Goes back from walking to the standing posture. Any thread.
     *
     * @return false, and nothing happens, unless it walks
     */
    public boolean stand() {
        return ask(Mode.WALK, Mode.STAND);
    }

    /**
     * Follows the policy. Any thread.
     *
     * @return false, and nothing happens, unless it stands
     */
    public boolean walk() {
        return ask(Mode.STAND, Mode.WALK);
    }

    private boolean ask(Mode needed, Mode wanted) {
        if (mode != needed || asked == Mode.DAMP) {
            return false;
        }
        asked = wanted;
        return true;
    }

    /**
     * What the legs do. Any thread.
     *
     * @return the mode
     */
    public Mode mode() {
        return mode;
    }

    /** {@inheritDoc} The legs are damped. */
    @Override
    public void start(long nowNs, RobotState state) {
        sequence.begin();
        asked = null;
        mode = Mode.DAMP;
        held = false;
        holdAsked = false;
        startNs = nowNs;
        stampNs = NO_OBSERVATION;
        System.arraycopy(state.position(), 0, last.position(), 0, last.joints());
    }

    /** {@inheritDoc} A robot that walks goes back to standing; one that damps, damps. */
    @Override
    public void hold() {
        holdAsked = true;
    }

    @Override
    public long observationStampNs() {
        return stampNs;
    }

    @Override
    public ControllerStatus update(long nowNs, RobotState state, JointReference reference) {
        sequence.poll();
        obey(nowNs, state);
        switch (mode) {
            case DAMP -> dampAt(state);
            case STAND_UP, STAND -> move(nowNs);
            case WALK -> walk(nowNs);
        }
        copy(last.position(), reference.position());
        copy(last.velocity(), reference.velocity());
        copy(last.acceleration(), reference.acceleration());
        copy(last.stiffness(), reference.stiffness());
        copy(last.damping(), reference.damping());
        if (held) {
            return ControllerStatus.HOLDING;
        }
        if (mode != Mode.WALK) {
            return ControllerStatus.WAITING;
        }
        return usable ? ControllerStatus.TRACKING : ControllerStatus.STOPPED;
    }

    private void obey(long nowNs, RobotState state) {
        Mode order = asked;
        if (holdAsked && !held) {
            held = true;
            order = mode == Mode.WALK && order != Mode.DAMP ? Mode.STAND : order;
        }
        if (order == null) {
            return;
        }
        asked = null;
        if (order == Mode.DAMP) {
            mode = Mode.DAMP;
            stampNs = NO_OBSERVATION;
        } else if (order == Mode.STAND_UP && mode == Mode.DAMP && !held) {
            copy(state.position(), last.position());
            lead(0, nowNs);
        } else if (order == Mode.STAND && mode == Mode.WALK) {
            stampNs = NO_OBSERVATION;
            lead(postures.length - 1, nowNs);
        } else if (order == Mode.WALK && mode == Mode.STAND && !held) {
            mode = Mode.WALK;
            usable = false;
            lastTick = -1;
        }
    }

    /** The spring is off; the reference stays with the joints, for whatever comes next. */
    private void dampAt(RobotState state) {
        for (int joint = 0; joint < last.joints(); joint++) {
            last.position()[joint] = state.position()[joint];
            last.velocity()[joint] = 0;
            last.acceleration()[joint] = 0;
            last.stiffness()[joint] = 0;
            last.damping()[joint] = damping[joint];
        }
    }

    /** Begins the motion to a posture from the last reference. */
    private void lead(int to, long nowNs) {
        mode = Mode.STAND_UP;
        posture = to;
        motionStartNs = nowNs;
        segment.span(nowNs, postures[to].durationNs());
        copy(last.stiffness(), fromStiffness);
        copy(last.damping(), fromDamping);
        for (int joint = 0; joint < last.joints(); joint++) {
            segment.connect(
                    joint,
                    last.position()[joint],
                    last.velocity()[joint],
                    last.acceleration()[joint],
                    postures[to].position()[joint],
                    0,
                    0);
        }
    }

    private void move(long nowNs) {
        if (mode == Mode.STAND_UP && nowNs >= segment.endNs()) {
            segment.evaluate(segment.endNs(), last);
            if (posture + 1 < postures.length) {
                takeGains(1);
                lead(posture + 1, segment.endNs());
            } else {
                mode = Mode.STAND;
            }
        }
        segment.evaluate(nowNs, last);
        takeGains((nowNs - motionStartNs) / (GAIN_SHARE * postures[posture].durationNs()));
    }

    private void takeGains(double share) {
        double s = Math.clamp(share, 0, 1);
        for (int joint = 0; joint < last.joints(); joint++) {
            double stiffness = postures[posture].stiffness()[joint];
            double kd = postures[posture].damping()[joint];
            last.stiffness()[joint] = fromStiffness[joint] + s * (stiffness - fromStiffness[joint]);
            last.damping()[joint] = fromDamping[joint] + s * (kd - fromDamping[joint]);
        }
    }

    private void walk(long nowNs) {
        long tick = Math.floorDiv(nowNs - startNs, settings.controlPeriodNs());
        boolean newer = sequence.takeOver(tick);
        if (!newer && tick == lastTick || !sequence.any()) {
            return;
        }
        lastTick = tick;
        ActionChunk chunk = sequence.followed();
        int row = chunk.rowAt(tick);
        if (row < 0) {
            counters.count(Intervention.EARLY_CHUNK);
            row = 0;
        }
        usable = false;
        if (row >= chunk.rows()) {
            counters.count(Intervention.UNDERRUN);
        } else if (targets.solve(chunk, row, last.position(), solved) != RowTargets.Result.DONE) {
            counters.count(Intervention.BAD_ROW);
        } else {
            usable = true;
            stampNs = chunk.observationStampNs();
            copy(solved, last.position());
            copy(walkStiffness, last.stiffness());
            copy(walkDamping, last.damping());
            Arrays.fill(last.velocity(), 0);
            Arrays.fill(last.acceleration(), 0);
        }
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
