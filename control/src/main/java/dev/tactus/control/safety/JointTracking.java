package dev.tactus.control.safety;

/**
 * Follows a reference that cannot be reached in one step, with one constant jerk over the step:
 *
 * <pre>
 * v_wanted = v_ref + approach(q_ref - q, braking / 2, k)
 * a_wanted = approach(v_wanted - v, jerk / 2, 4 k)
 * approach(x, d, k) = k x close to zero, sqrt(2 d |x|) from further away, joined smoothly
 * </pre>
 *
 * <p>A cascade without overshoot: each stage brakes with half of what the next one has. Owned by one thread.
 */
final class JointTracking {
    /** k, 1/s; less where the step is long, so that the cascade stays stable. */
    private static final double CONVERGENCE = 100;

    private static final double MOST_A_STEP = 0.1;
    private static final double STAGES = 4;

    private double position;
    private double velocity;
    private double acceleration;

    void step(JointBounds bound, double q, double v, double a, double q1, double v1, double dt) {
        double target = Math.clamp(q1, bound.positionMin(), bound.positionMax());
        double speed = target == q1 ? Math.clamp(v1, bound.velocityMin(q), bound.velocityMax(q)) : 0;
        double gain = Math.min(CONVERGENCE, MOST_A_STEP / dt);
        double wantedV = speed + approach(target - q - speed * dt, 0.5 * bound.acceleration(), gain);
        double capped = Math.clamp(wantedV, bound.velocityMin(q), bound.velocityMax(q));
        double wantedA = approach(capped - v, 0.5 * bound.jerk(), STAGES * gain);
        double most = bound.acceleration();
        double reach = bound.jerk() * dt;
        acceleration = Math.clamp(Math.clamp(wantedA, -most, most), a - reach, a + reach);
        velocity = v + 0.5 * dt * (a + acceleration);
        position = q + dt * (v + dt * (2 * a + acceleration) / 6);
    }

    private static double approach(double x, double d, double gain) {
        double distance = Math.abs(x);
        double linear = d / (gain * gain);
        double rate = distance <= linear ? gain * distance : Math.sqrt(2 * d * (distance - 0.5 * linear));
        return Math.copySign(rate, x);
    }

    double position() {
        return position;
    }

    double velocity() {
        return velocity;
    }

    double acceleration() {
        return acceleration;
    }
}
