package dev.tactus.control.model;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The limits of one joint. Where a maker's publications contradict each other, the tightest of them is in here already.
 * Units are those of a turning joint; none of the methods allocates.
 *
 * @param positionMin rad
 * @param positionMax rad, greater than positionMin
 * @param velocity rad/s, positive, in both directions and at every position
 * @param acceleration rad/s^2, or empty where the maker publishes none
 * @param jerk rad/s^3, or empty where the maker publishes none
 * @param effort Nm, positive
 * @param effortRate Nm/s, or empty where the maker publishes none
 * @param envelopes position-dependent velocity limits; each of them holds
 */
public record JointLimits(
        double positionMin,
        double positionMax,
        double velocity,
        OptionalDouble acceleration,
        OptionalDouble jerk,
        double effort,
        OptionalDouble effortRate,
        List<VelocityEnvelope> envelopes) {

    /**
     * Makes the limits.
     *
     * @param positionMin rad
     * @param positionMax rad, greater than positionMin
     * @param velocity rad/s, positive
     * @param acceleration rad/s^2, or empty
     * @param jerk rad/s^3, or empty
     * @param effort Nm, positive
     * @param effortRate Nm/s, or empty
     * @param envelopes position-dependent velocity limits, copied
     */
    public JointLimits {
        envelopes = List.copyOf(envelopes);
    }

    /**
     * The greatest velocity at a position: the least of the constant limit and all envelopes.
     *
     * @param position rad
     * @return rad/s, not negative
     */
    public double velocityMax(double position) {
        double max = velocity;
        for (int i = 0; i < envelopes.size(); i++) {
            max = Math.min(max, envelopes.get(i).upper(position));
        }
        return max;
    }

    /**
     * The least velocity at a position: the greatest of the constant limit and all envelopes.
     *
     * @param position rad
     * @return rad/s, not positive
     */
    public double velocityMin(double position) {
        double min = -velocity;
        for (int i = 0; i < envelopes.size(); i++) {
            min = Math.max(min, envelopes.get(i).lower(position));
        }
        return min;
    }

    /**
     * The deceleration to plan a stop with, so that all limits hold at once: the least of the acceleration limit and the
     * envelopes' decelerations. Following an envelope at full speed alone can ask for more than the acceleration limit
     * allows.
     *
     * @return rad/s^2; infinite where the maker publishes neither
     */
    public double deceleration() {
        double least = acceleration.orElse(Double.POSITIVE_INFINITY);
        for (int i = 0; i < envelopes.size(); i++) {
            least = Math.min(least, envelopes.get(i).deceleration());
        }
        return least;
    }
}
