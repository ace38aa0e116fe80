package dev.tactus.control.safety;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import java.util.List;

/**
 * Keeps the joint reference inside position, velocity and acceleration limits, joint by joint. Its state is what it last
 * issued, not what a sensor says, and every issued state can still brake to rest inside the position limit and the
 * position-dependent velocity limits with the smallest published deceleration ({@link BrakingEnvelope}).
 *
 * <p>A sample that a motion within the acceleration limit reaches from the last issued one passes unchanged, to the bit.
 * With dv the change of velocity in the step T and A the limit, such a motion exists if and only if
 *
 * <pre>|dv| &lt;= A T   and   |dq - (v0 + v1) T / 2| &lt;= (A T^2 / 4) (1 - (dv / (A T))^2)</pre>
 *
 * <p>Any other sample is followed with a constant acceleration over the step, chosen so that position and velocity
 * converge on the reference without overshoot. A sample that is not finite brings the joint to rest. Called by the
 * control thread; allocates nothing, never throws after construction.
 */
public final class LimitFilter {
    /** Slack for rounding, rad/s and rad/s2; far below any resolution of a robot. */
    private static final double SLACK = 1e-9;
    /** Convergence towards the reference close to it, 1/s. */
    private static final double CONVERGENCE = 300;

    private static final int HALVINGS = 40;

    private final InterventionCounters counters;
    private final BrakingEnvelope[] envelopes;
    private final double[] acceleration;
    private final double[] deceleration;
    private final double[] position;
    private final double[] velocity;
    private double gripperOpening;

    /**
     * Takes the limits of a robot.
     *
     * @param joints the robot's joints in order, each with an acceleration limit
     * @param counters counts position, velocity, acceleration and non-finite interventions
     * @throws IllegalArgumentException if a joint has no acceleration limit
     */
    public LimitFilter(List<JointConfig> joints, InterventionCounters counters) {
        this.counters = counters;
        int size = joints.size();
        envelopes = new BrakingEnvelope[size];
        acceleration = new double[size];
        deceleration = new double[size];
        position = new double[size];
        velocity = new double[size];
        for (int joint = 0; joint < size; joint++) {
            JointLimits limits = joints.get(joint).limits();
            String name = joints.get(joint).name();
            acceleration[joint] = limits.acceleration()
                    .orElseThrow(() -> new IllegalArgumentException("joint " + name
                            + " has no acceleration limit; the limit filter plans its braking with one, so name one in"
                            + " robot.yaml"));
            deceleration[joint] = Math.min(limits.deceleration(), acceleration[joint]);
            envelopes[joint] = new BrakingEnvelope(limits, deceleration[joint]);
        }
    }

    /**
     * Begins at rest at a position.
     *
     * @param start rad, robot's joint order
     * @param gripper the gripper's target to begin with, m
     * @return false, and nothing changed, if a joint is not inside its position limits
     */
    public boolean reset(double[] start, double gripper) {
        for (int joint = 0; joint < position.length; joint++) {
            BrakingEnvelope envelope = envelopes[joint];
            if (!(start[joint] >= envelope.positionMin() && start[joint] <= envelope.positionMax())) {
                return false;
            }
        }
        System.arraycopy(start, 0, position, 0, position.length);
        java.util.Arrays.fill(velocity, 0);
        gripperOpening = gripper;
        return true;
    }

    /**
     * Issues the next sample.
     *
     * @param reference what is wanted; what is issued afterwards
     * @param seconds time since the last sample, s, more than 0
     */
    public void limit(JointReference reference, double seconds) {
        for (int joint = 0; joint < position.length; joint++) {
            limitJoint(joint, reference, seconds);
        }
        if (Double.isFinite(reference.gripperOpening())) {
            gripperOpening = reference.gripperOpening();
        } else {
            counters.count(Intervention.NON_FINITE);
            reference.gripperOpening(gripperOpening);
        }
    }

    private void limitJoint(int joint, JointReference reference, double dt) {
        double q = reference.position()[joint];
        double v = reference.velocity()[joint];
        double a = reference.acceleration()[joint];
        double wanted;
        if (Double.isFinite(q) && Double.isFinite(v) && Double.isFinite(a)) {
            Intervention reason = violation(joint, q, v, a, dt);
            if (reason == null) {
                position[joint] = q;
                velocity[joint] = v;
                return;
            }
            counters.count(reason);
            wanted = tracking(joint, q, v, dt);
        } else {
            counters.count(Intervention.NON_FINITE);
            wanted = -velocity[joint] / dt;
        }
        double u = viable(joint, Math.clamp(wanted, -acceleration[joint], acceleration[joint]), dt);
        position[joint] += dt * (velocity[joint] + 0.5 * dt * u);
        velocity[joint] += dt * u;
        reference.position()[joint] = position[joint];
        reference.velocity()[joint] = velocity[joint];
        reference.acceleration()[joint] = u;
    }

    /** Why a finite sample may not pass, or null if it may. */
    private Intervention violation(int joint, double q, double v, double a, double dt) {
        BrakingEnvelope envelope = envelopes[joint];
        if (q > envelope.positionMax() || q < envelope.positionMin()) {
            return Intervention.POSITION;
        }
        if (v > envelope.upper(q) + SLACK || v < envelope.lower(q) - SLACK) {
            return Intervention.VELOCITY;
        }
        double reach = acceleration[joint] * dt;
        double dv = v - velocity[joint];
        double share = dv / reach;
        double gap = q - position[joint] - 0.5 * dt * (velocity[joint] + v);
        boolean reachable = Math.abs(gap) <= 0.25 * reach * dt * (1 - share * share) + SLACK * dt * dt;
        boolean allowed = Math.abs(a) <= acceleration[joint] + SLACK;
        return allowed && reachable && Math.abs(dv) <= reach + SLACK * dt ? null : Intervention.ACCELERATION;
    }

    /**
     * The acceleration that follows the reference: its velocity, plus an approach to its position that is proportional
     * close to it and brakes with half the limit from further away, so that no overshoot is needed.
     */
    private double tracking(int joint, double q, double v, double dt) {
        BrakingEnvelope envelope = envelopes[joint];
        double target = Math.clamp(q, envelope.positionMin(), envelope.positionMax());
        double speed = target == q ? Math.clamp(v, envelope.lower(target), envelope.upper(target)) : 0;
        double error = target - position[joint] - speed * dt;
        double gain = Math.min(CONVERGENCE, 0.3 / dt);
        double braking = 0.5 * acceleration[joint];
        double linear = braking / (gain * gain);
        double distance = Math.abs(error);
        double approach = distance <= linear ? gain * distance : Math.sqrt(2 * braking * (distance - 0.5 * linear));
        return (speed + Math.copySign(approach, error) - velocity[joint]) / dt;
    }

    /** The acceleration nearest to the wanted one after which the joint can still brake in time. */
    private double viable(int joint, double wanted, double dt) {
        double brake = deceleration[joint];
        if (!belowUpper(joint, wanted, dt)) {
            return search(joint, Math.min(-brake, wanted), wanted, dt, true);
        }
        if (!aboveLower(joint, wanted, dt)) {
            return search(joint, Math.max(brake, wanted), wanted, dt, false);
        }
        return wanted;
    }

    /** Halves between an acceleration that brakes in time and one that does not. */
    private double search(int joint, double safe, double unsafe, double dt, boolean upper) {
        double good = safe;
        double bad = unsafe;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (good + bad);
            if (upper ? belowUpper(joint, middle, dt) : aboveLower(joint, middle, dt)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    private boolean belowUpper(int joint, double u, double dt) {
        double q = position[joint] + dt * (velocity[joint] + 0.5 * dt * u);
        double v = velocity[joint] + dt * u;
        return v <= envelopes[joint].upper(q) && q <= envelopes[joint].positionMax();
    }

    private boolean aboveLower(int joint, double u, double dt) {
        double q = position[joint] + dt * (velocity[joint] + 0.5 * dt * u);
        double v = velocity[joint] + dt * u;
        return v >= envelopes[joint].lower(q) && q >= envelopes[joint].positionMin();
    }
}
