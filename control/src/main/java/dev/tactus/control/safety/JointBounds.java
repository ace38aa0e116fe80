package dev.tactus.control.safety;

import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.VelocityEnvelope;

/**
 * What one joint may do, and which states of it are viable: those from which the stored stop ({@link StopMotion}) keeps
 * inside position, velocity, position-dependent velocity and acceleration limits, all the way to rest. Lengths in rad and
 * s (m for a sliding joint). Owned by one thread; allocates nothing after construction.
 *
 * <p>Along a stop, position is extreme at its ends and where the velocity changes sign, velocity at its beginning and
 * where the acceleration does. An envelope v &lt;= -o + sqrt(2 D (p - q)) is looked at as f = (v + o)^2 + 2 D q &lt;= 2 D
 * p: while the deceleration b is held, f is greatest at v = o b / (D - b) or at an end; along the short ramps it is
 * sampled, with a margin for what may lie between two samples.
 */
final class JointBounds {
    /** Rounding, in units of the quantity that is compared; far below any resolution of a robot. */
    static final double SLACK = 1e-9;

    /** How far beyond its range a joint on its end stop may be measured: the stop gives, and its zero is off, rad. */
    private static final double END_STOP = 0.1;

    private static final int RAMP_SAMPLES = 3;

    private final double positionMin;
    private final double positionMax;
    private final double velocity;
    private final double acceleration;
    private final double braking;
    private final double jerk;
    private final VelocityEnvelope[] envelopes;
    private final double margin;
    // of the stop that is being looked at
    private double lowest;
    private double highest;

    JointBounds(JointConfig joint) {
        JointLimits limits = joint.limits();
        positionMin = limits.positionMin();
        positionMax = limits.positionMax();
        velocity = joint.motion().velocity();
        acceleration = joint.motion().acceleration().orElse(Double.POSITIVE_INFINITY);
        braking = joint.motion().braking().orElse(acceleration);
        jerk = joint.motion().jerk().orElse(Double.POSITIVE_INFINITY);
        if (Double.isInfinite(acceleration) != Double.isInfinite(jerk) || braking > acceleration) {
            throw new IllegalArgumentException("joint " + joint.name() + " plans with acceleration " + acceleration
                    + " rad/s2, braking " + braking + " rad/s2 and jerk " + jerk
                    + " rad/s3; allowed are three numbers with braking <= acceleration, or none of them");
        }
        // A share s of an envelope is one of the same form: s (-o + sqrt(2 D x)) = -(s o) + sqrt(2 (s^2 D) x).
        double share = velocity / limits.velocity();
        envelopes = limits.envelopes().stream()
                .map(envelope -> new VelocityEnvelope(
                        share * envelope.offset(),
                        share * share * envelope.deceleration(),
                        envelope.positionMin(),
                        envelope.positionMax()))
                .toArray(VelocityEnvelope[]::new);
        // A ramp lasts (A + b) / J at most; between two samples velocity bends by J h^2 / 8, and the limit no more than
        // that.
        double step = (acceleration + braking) / jerk / RAMP_SAMPLES;
        margin = Double.isInfinite(jerk) ? 0 : jerk * step * step / 4;
    }

    double positionMin() {
        return positionMin;
    }

    double positionMax() {
        return positionMax;
    }

    double velocity() {
        return velocity;
    }

    double acceleration() {
        return acceleration;
    }

    double jerk() {
        return jerk;
    }

    StopMotion newStop() {
        return new StopMotion(braking, jerk);
    }

    boolean bounded() {
        return jerk != Double.POSITIVE_INFINITY;
    }

    /** Where a joint that is measured at a position may begin: there, or at the end of its range if it rests on its stop. */
    double nearest(double measured) {
        double inside = Math.clamp(measured, positionMin, positionMax);
        return !bounded() && Math.abs(measured - inside) <= END_STOP ? inside : measured;
    }

    /** The greatest velocity at a position, not negative, rad/s. */
    double velocityMax(double q) {
        double most = velocity;
        for (VelocityEnvelope envelope : envelopes) {
            most = Math.min(most, envelope.upper(q));
        }
        return most;
    }

    /** The least velocity at a position, not positive, rad/s. */
    double velocityMin(double q) {
        double least = -velocity;
        for (VelocityEnvelope envelope : envelopes) {
            least = Math.max(least, envelope.lower(q));
        }
        return least;
    }

    /** Why the state that a stop begins with is not viable, or null if it is. */
    Intervention violation(StopMotion stop) {
        if (!positionsHold(stop)) {
            return Intervention.POSITION;
        }
        if (Math.abs(stop.startAcceleration()) > acceleration + SLACK) {
            return Intervention.ACCELERATION;
        }
        return velocitiesHold(stop) ? null : Intervention.VELOCITY;
    }

    private boolean positionsHold(StopMotion stop) {
        stop.at(0);
        lowest = Math.min(stop.position(), stop.restPosition());
        highest = Math.max(stop.position(), stop.restPosition());
        double reversal = stop.reversalS();
        if (!Double.isNaN(reversal)) {
            stop.at(reversal);
            lowest = Math.min(lowest, stop.position());
            highest = Math.max(highest, stop.position());
        }
        return lowest >= positionMin && highest <= positionMax; // false for NaN
    }

    private boolean velocitiesHold(StopMotion stop) {
        stop.at(stop.peakS());
        double peak = stop.velocity();
        double fastest = Math.max(Math.abs(stop.startVelocity()), Math.abs(peak));
        // Envelopes only shrink towards the ends of the range, so what fits at both ends of the way fits all along it.
        if (fastest <= velocityMax(highest) && -fastest >= velocityMin(lowest)) {
            return true;
        }
        if (!holdsAt(stop, 0, 0) || !holdsAt(stop, stop.peakS(), 0)) {
            return false;
        }
        if (envelopes.length == 0 || stop.durationS() == 0) {
            return true;
        }
        double ramp = stop.rampS() / RAMP_SAMPLES;
        double last = (stop.durationS() - stop.holdS()) / RAMP_SAMPLES;
        for (int i = 1; i <= RAMP_SAMPLES; i++) {
            if (!holdsAt(stop, i * ramp, margin) || !holdsAt(stop, stop.holdS() + (i - 1) * last, margin)) {
                return false;
            }
        }
        return stop.holdS() <= stop.rampS() || holdHolds(stop);
    }

    private boolean holdsAt(StopMotion stop, double seconds, double shrink) {
        stop.at(seconds);
        double v = stop.velocity();
        double q = stop.position();
        return v > 0
                ? v <= Math.max(0, velocityMax(q) - shrink) + SLACK
                : v >= Math.min(0, velocityMin(q) + shrink) - SLACK;
    }

    /** The envelopes where they are tightest while the deceleration is held. */
    private boolean holdHolds(StopMotion stop) {
        double first = stop.holdVelocity(false);
        double last = stop.holdVelocity(true);
        for (VelocityEnvelope envelope : envelopes) {
            if (envelope.deceleration() > braking) {
                double tight = Math.copySign(envelope.offset() * braking / (envelope.deceleration() - braking), first);
                double seconds = stop.rampS() + Math.abs(first - tight) / braking;
                boolean within = Math.abs(tight) < Math.abs(first) && Math.abs(tight) > Math.abs(last);
                if (within && !holdsAt(stop, seconds, 0)) {
                    return false;
                }
            }
        }
        return true;
    }
}
