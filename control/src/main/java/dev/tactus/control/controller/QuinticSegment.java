package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;

/**
 * A piece of joint motion, one polynomial of degree five per joint:
 *
 * <pre>q(t) = c0 + c1 t + c2 t^2 + c3 t^3 + c4 t^4 + c5 t^5,  0 &lt;= t &lt;= T</pre>
 *
 * <p>Six coefficients meet position, velocity and acceleration at both ends, so segments that begin where the last one
 * was left are C2. After its end a segment stays where it ended. Owned by one thread; allocates nothing after
 * construction.
 */
final class QuinticSegment {
    private static final int TERMS = 6;

    private final int joints;
    private final double[] coefficients;
    private long startNs;
    private long durationNs = 1;

    QuinticSegment(int joints) {
        this.joints = joints;
        this.coefficients = new double[joints * TERMS];
    }

    /** Sets when the segment begins and how long it lasts, both in ns; the duration is at least 1. */
    void span(long start, long duration) {
        startNs = start;
        durationNs = Math.max(1, duration);
    }

    /** When the segment ends, ns. */
    long endNs() {
        return startNs + durationNs;
    }

    double durationS() {
        return durationNs * 1e-9;
    }

    /** Rests one joint at a position. */
    void rest(int joint, double position) {
        set(joint, position, 0, 0, 0, 0, 0);
    }

    /** Connects two states of one joint within the segment's duration. */
    void connect(int joint, double q0, double v0, double a0, double q1, double v1, double a1) {
        double t = durationS();
        double dq = q1 - q0 - v0 * t - 0.5 * a0 * t * t;
        double dv = (v1 - v0 - a0 * t) * t;
        double da = (a1 - a0) * t * t;
        double t3 = t * t * t;
        set(
                joint,
                q0,
                v0,
                0.5 * a0,
                (10 * dq - 4 * dv + 0.5 * da) / t3,
                (-15 * dq + 7 * dv - da) / (t3 * t),
                (6 * dq - 3 * dv + 0.5 * da) / (t3 * t * t));
    }

    /** Brings one joint to rest within the segment's duration, wherever that is: a cubic in velocity. */
    void stop(int joint, double q0, double v0, double a0) {
        double t = durationS();
        set(joint, q0, v0, 0.5 * a0, (-3 * v0 - 2 * a0 * t) / (3 * t * t), (2 * v0 + a0 * t) / (4 * t * t * t), 0);
    }

    /** The greatest magnitude of one joint's acceleration over the segment, rad/s2, from the roots of the jerk. */
    double peakAcceleration(int joint) {
        int at = joint * TERMS;
        double t = durationS();
        double peak = Math.max(Math.abs(accelerationAt(at, 0)), Math.abs(accelerationAt(at, t)));
        // jerk / 6 = 10 c5 t^2 + 4 c4 t + c3; roots in the form that survives c5 = 0
        double a = 10 * coefficients[at + 5];
        double halfB = 2 * coefficients[at + 4];
        double c = coefficients[at + 3];
        double discriminant = halfB * halfB - a * c;
        if (discriminant >= 0) {
            double r = -(halfB + Math.copySign(Math.sqrt(discriminant), halfB));
            peak = Math.max(peak, insidePeak(at, r / a, t));
            peak = Math.max(peak, insidePeak(at, c / r, t));
        }
        return peak;
    }

    /** The greatest magnitude of one joint's jerk over the segment, rad/s3: at an end, or where the snap is zero. */
    double peakJerk(int joint) {
        int at = joint * TERMS;
        double t = durationS();
        double peak = Math.max(Math.abs(jerkAt(at, 0)), Math.abs(jerkAt(at, t)));
        double level = -coefficients[at + 4] / (5 * coefficients[at + 5]);
        return level > 0 && level < t ? Math.max(peak, Math.abs(jerkAt(at, level))) : peak; // false for NaN
    }

    /** Writes the motion at a time into {@code reference}; before the start it is that of the start. */
    void evaluate(long nowNs, JointReference reference) {
        long elapsedNs = Math.clamp(nowNs - startNs, 0L, durationNs);
        double t = elapsedNs * 1e-9;
        double[] q = reference.position();
        double[] v = reference.velocity();
        double[] a = reference.acceleration();
        double[] c = coefficients;
        for (int joint = 0, i = 0; joint < joints; joint++, i += TERMS) {
            q[joint] = c[i] + t * (c[i + 1] + t * (c[i + 2] + t * (c[i + 3] + t * (c[i + 4] + t * c[i + 5]))));
            v[joint] = c[i + 1] + t * (2 * c[i + 2] + t * (3 * c[i + 3] + t * (4 * c[i + 4] + t * 5 * c[i + 5])));
            a[joint] = accelerationAt(i, t);
        }
    }

    private double insidePeak(int at, double t, double end) {
        return t > 0 && t < end ? Math.abs(accelerationAt(at, t)) : 0; // false for NaN
    }

    private double accelerationAt(int at, double t) {
        double[] c = coefficients;
        return 2 * c[at + 2] + t * (6 * c[at + 3] + t * (12 * c[at + 4] + t * 20 * c[at + 5]));
    }

    private double jerkAt(int at, double t) {
        double[] c = coefficients;
        return 6 * c[at + 3] + t * (24 * c[at + 4] + t * 60 * c[at + 5]);
    }

    private void set(int joint, double c0, double c1, double c2, double c3, double c4, double c5) {
        int at = joint * TERMS;
        coefficients[at] = c0;
        coefficients[at + 1] = c1;
        coefficients[at + 2] = c2;
        coefficients[at + 3] = c3;
        coefficients[at + 4] = c4;
        coefficients[at + 5] = c5;
    }
}
