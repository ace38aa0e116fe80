package dev.tactus.control.safety;

import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.VelocityEnvelope;

/**
 * The greatest speed at which a joint can still brake with a constant deceleration d inside its position limit and its
 * position-dependent velocity limits V:
 *
 * <pre>B(q)^2 = min over q* &gt;= q of V(q*)^2 + 2 d (q* - q)</pre>
 *
 * <p>For one limit of the form V(q) = -o + sqrt(2 D (p - q)) with s = sqrt(2 D (p - q)) the minimum lies at s = S, its
 * value at q, if d &gt;= D; else at s = o / (1 - d / D), bounded by S. Towards the lower limit the same holds mirrored.
 * Whoever keeps |v| &lt;= B(q) always has a way to stop; riding V itself would need more than the acceleration limit
 * where D is greater than that.
 */
final class BrakingEnvelope {
    private final double positionMin;
    private final double positionMax;
    private final double speed;
    private final double deceleration;
    private final double[] offset;
    private final double[] published;
    private final double[] envelopeMin;
    private final double[] envelopeMax;

    BrakingEnvelope(JointLimits limits, double deceleration) {
        this.positionMin = limits.positionMin();
        this.positionMax = limits.positionMax();
        this.speed = limits.velocity();
        this.deceleration = deceleration;
        var envelopes = limits.envelopes();
        offset = envelopes.stream().mapToDouble(VelocityEnvelope::offset).toArray();
        published =
                envelopes.stream().mapToDouble(VelocityEnvelope::deceleration).toArray();
        envelopeMin =
                envelopes.stream().mapToDouble(VelocityEnvelope::positionMin).toArray();
        envelopeMax =
                envelopes.stream().mapToDouble(VelocityEnvelope::positionMax).toArray();
    }

    double positionMin() {
        return positionMin;
    }

    double positionMax() {
        return positionMax;
    }

    /** The greatest velocity at a position, not negative, rad/s. */
    double upper(double position) {
        double square = Math.min(speed * speed, 2 * deceleration * Math.max(0, positionMax - position));
        for (int i = 0; i < offset.length; i++) {
            square = Math.min(square, square(i, envelopeMax[i] - position));
        }
        return Math.sqrt(square);
    }

    /** The least velocity at a position, not positive, rad/s. */
    double lower(double position) {
        double square = Math.min(speed * speed, 2 * deceleration * Math.max(0, position - positionMin));
        for (int i = 0; i < offset.length; i++) {
            square = Math.min(square, square(i, position - envelopeMin[i]));
        }
        return -Math.sqrt(square);
    }

    private double square(int i, double distance) {
        double o = offset[i];
        double s = Math.sqrt(Math.max(0, 2 * published[i] * distance));
        if (s <= o) {
            return 0;
        }
        double ratio = deceleration / published[i];
        double at = ratio < 1 ? Math.min(s, o / (1 - ratio)) : s;
        return (at - o) * (at - o) + ratio * (s * s - at * at);
    }
}
