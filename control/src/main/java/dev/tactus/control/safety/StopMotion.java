package dev.tactus.control.safety;

/**
 * The fastest stop of one joint with bounded acceleration and jerk: from position, velocity and acceleration to rest,
 *
 * <pre>
 * ramp to a peak of at most b at jerk J,   hold,   ramp back to zero at jerk J
 * peak^2 = J |v| + a^2 / 2 where no hold is needed, else b
 * </pre>
 *
 * <p>Directions follow the velocity that ramping the acceleration straight to zero would end with, v + a |a| / (2 J). A
 * joint that already brakes harder than b first comes back to b. The stop from any state on a stop is the rest of that
 * stop, so whoever follows one never has to plan it anew. With b and J infinite the joint stands at once.
 *
 * <p>Source of the profile: Biagiotti and Melchiorri, Trajectory Planning for Automatic Machines and Robots, 2008, section
 * 3.4 (double S), reduced to its last part. Owned by one thread; allocates nothing after construction.
 */
final class StopMotion {
    private static final int PHASES = 3;

    private final double brake;
    private final double jerk;
    /** Beginning of each phase, s, and the end of the last one. */
    private final double[] time = new double[PHASES + 1];

    private final double[] q = new double[PHASES + 1];
    private final double[] v = new double[PHASES + 1];
    private final double[] a = new double[PHASES + 1];
    private final double[] j = new double[PHASES + 1];
    private double position;
    private double velocity;
    private double acceleration;

    /**
     * Takes the bounds.
     *
     * @param brake b, rad/s2, greatest deceleration; infinite with an infinite jerk only
     * @param jerk J, rad/s3
     */
    StopMotion(double brake, double jerk) {
        if (!(brake > 0) || !(jerk > 0) || Double.isInfinite(brake) != Double.isInfinite(jerk)) {
            throw new IllegalArgumentException("braking " + brake + " rad/s2 with jerk " + jerk
                    + " rad/s3; allowed are two positive finite numbers, or none of both");
        }
        this.brake = brake;
        this.jerk = jerk;
    }

    /** Whether both bounds are finite; otherwise a stop takes no time. */
    boolean bounded() {
        return brake != Double.POSITIVE_INFINITY;
    }

    /** Plans the stop from a state. */
    void plan(double q0, double v0, double a0) {
        if (!bounded()) {
            begin(q0, 0, 0);
            close(0, 0, 0, 0, 0, 0);
            return;
        }
        begin(q0, v0, a0);
        double free = v0 + a0 * Math.abs(a0) / (2 * jerk);
        double side = free >= 0 ? 1 : -1;
        double speed = side * v0;
        double push = side * a0;
        if (push < -brake) {
            close(
                    side * jerk,
                    (-brake - push) / jerk,
                    Math.abs(free) / brake,
                    side * jerk,
                    brake / jerk,
                    -side * brake);
            return;
        }
        double peak = Math.sqrt(Math.max(0, jerk * speed + 0.5 * push * push));
        double hold = 0;
        if (peak > brake) {
            peak = brake;
            hold = (speed + push * push / (2 * jerk) - brake * brake / jerk) / brake;
        }
        close(
                -side * jerk,
                Math.max(0, (push + peak) / jerk),
                Math.max(0, hold),
                side * jerk,
                peak / jerk,
                -side * peak);
    }

    /** Becomes equal to another stop with the same bounds. */
    void copy(StopMotion other) {
        System.arraycopy(other.time, 0, time, 0, time.length);
        System.arraycopy(other.q, 0, q, 0, q.length);
        System.arraycopy(other.v, 0, v, 0, v.length);
        System.arraycopy(other.a, 0, a, 0, a.length);
        System.arraycopy(other.j, 0, j, 0, j.length);
    }

    private void begin(double q0, double v0, double a0) {
        time[0] = 0;
        q[0] = q0;
        v[0] = v0;
        a[0] = a0;
    }

    private void close(double j1, double t1, double t2, double j3, double t3, double peak) {
        j[0] = j1;
        j[1] = 0;
        j[2] = j3;
        j[3] = 0;
        next(0, t1);
        a[1] = t1 > 0 ? peak : a[0]; // exactly, so that the hold does not drift
        next(1, t2);
        next(2, t3);
        // Rest is rest: what rounding left of velocity and acceleration is dropped.
        v[3] = 0;
        a[3] = 0;
    }

    private void next(int phase, double t) {
        time[phase + 1] = time[phase] + t;
        q[phase + 1] = q[phase] + t * (v[phase] + t * (a[phase] / 2 + t * j[phase] / 6));
        v[phase + 1] = v[phase] + t * (a[phase] + t * j[phase] / 2);
        a[phase + 1] = a[phase] + t * j[phase];
    }

    /** Moves {@link #position}, {@link #velocity} and {@link #acceleration} to a time after the stop's beginning, s. */
    void at(double seconds) {
        if (seconds >= time[3]) {
            position = q[3];
            velocity = 0;
            acceleration = 0;
            return;
        }
        int phase = seconds < time[1] ? 0 : seconds < time[2] ? 1 : 2;
        double t = seconds - time[phase];
        position = q[phase] + t * (v[phase] + t * (a[phase] / 2 + t * j[phase] / 6));
        velocity = v[phase] + t * (a[phase] + t * j[phase] / 2);
        acceleration = a[phase] + t * j[phase];
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

    double durationS() {
        return time[3];
    }

    /** When the first ramp ends, s. */
    double rampS() {
        return time[1];
    }

    /** When the hold ends and the last ramp begins, s. */
    double holdS() {
        return time[2];
    }

    double startVelocity() {
        return v[0];
    }

    double startAcceleration() {
        return a[0];
    }

    /** Velocity at the beginning and the end of the hold, rad/s. */
    double holdVelocity(boolean end) {
        return v[end ? 2 : 1];
    }

    double restPosition() {
        return q[3];
    }

    /** When the velocity changes its sign within the first ramp, s; NaN if it does not. It never does later. */
    double reversalS() {
        if (v[0] * v[1] >= 0) {
            return Double.NaN;
        }
        // v0 + a0 t + j t^2 / 2 = 0, in the form that does not cancel
        double root = Math.sqrt(Math.max(0, a[0] * a[0] - 2 * j[0] * v[0]));
        return -2 * v[0] / (a[0] + Math.copySign(root, a[0]));
    }

    /** When the speed is greatest, s: at once, or where the acceleration passes through zero in the first ramp. */
    double peakS() {
        double t = j[0] == 0 ? 0 : -a[0] / j[0];
        return t > 0 && t < time[1] ? t : 0;
    }
}
