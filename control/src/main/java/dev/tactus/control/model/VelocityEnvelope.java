package dev.tactus.control.model;

/**
 * A maker's position-dependent velocity limit, which shrinks towards the ends of a joint's range:
 *
 * <pre>
 * upper(q) = max(0, -offset + sqrt(max(0, 2 deceleration (positionMax - q))))
 * lower(q) = -max(0, -offset + sqrt(max(0, 2 deceleration (q - positionMin))))
 * </pre>
 *
 * Source of the form: Franka Robotics, Robot and interface specifications, limits of the Franka Research 3.
 *
 * @param offset rad/s (m/s for a sliding joint), subtracted from the root; not negative
 * @param deceleration rad/s^2 (m/s^2), with which the maker plans to stop; positive
 * @param positionMin rad (m), where the lower limit ends; need not be the joint's own position limit
 * @param positionMax rad (m), where the upper limit ends
 */
public record VelocityEnvelope(double offset, double deceleration, double positionMin, double positionMax) {

    /**
     * The greatest velocity at a position. Does not allocate.
     *
     * @param position rad (m)
     * @return rad/s (m/s), not negative; without the joint's constant limit
     */
    public double upper(double position) {
        return speed(positionMax - position);
    }

    /**
     * The least velocity at a position. Does not allocate.
     *
     * @param position rad (m)
     * @return rad/s (m/s), not positive; without the joint's constant limit
     */
    public double lower(double position) {
        return -speed(position - positionMin);
    }

    private double speed(double room) {
        return Math.max(0, Math.sqrt(Math.max(0, 2 * deceleration * room)) - offset);
    }
}
