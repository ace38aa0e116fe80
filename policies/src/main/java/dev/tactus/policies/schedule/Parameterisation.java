package dev.tactus.policies.schedule;

/** What a network predicts; {@link Prediction} says how it becomes a clean sample. */
public enum Parameterisation {
    /** The noise epsilon. */
    EPSILON,
    /** The clean sample. */
    X0,
    /** The rotated combination v = alpha epsilon - sigma a of Salimans and Ho; variance-preserving schedules only. */
    V,
    /** The velocity of a flow from noise to data, a - epsilon. */
    VELOCITY,
    /** The velocity with time running from data to noise, epsilon - a, as openpi, LeRobot and FPO have it. */
    NEGATIVE_VELOCITY,
    /** The score, the gradient of the log density at x. */
    SCORE,
    /** The output F of a network preconditioned as by Karras et al.: {@code D = c_skip x + c_out F(c_in x)}. */
    KARRAS,
    /** The same with the boundary condition of consistency models, {@code f(x, sigma_min) = x}. */
    CONSISTENCY,
    /**
     * The same of a consistency trajectory model that arrives at sigma_min: {@code r x + (1 - r) f} with {@code r =
     * sigma_min / sigma}. A bundle says {@code consistency}, and that its network is told a stop level.
     */
    TRAJECTORY
}
