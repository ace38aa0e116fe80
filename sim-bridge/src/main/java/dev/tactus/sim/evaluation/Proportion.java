package dev.tactus.sim.evaluation;

/**
 * A proportion with its 95 % interval by Wilson's score method (Wilson, JASA 1927), which stays inside [0, 1] and does
 * not collapse at 0 or n successes.
 *
 * @param successes how many succeeded
 * @param trials how many were tried
 */
public record Proportion(int successes, int trials) {
    /** The 97.5 % quantile of the standard normal distribution. */
    static final double Z = 1.959963984540054;

    /**
     * The estimate itself.
     *
     * @return successes over trials; NaN for no trial
     */
    public double rate() {
        return (double) successes / trials;
    }

    /**
     * Lower end of the interval.
     *
     * @return in [0, rate]
     */
    public double low() {
        return successes == 0 ? 0 : Math.max(0, centre() - halfWidth());
    }

    /**
     * Upper end of the interval.
     *
     * @return in [rate, 1]
     */
    public double high() {
        return successes == trials ? 1 : Math.min(1, centre() + halfWidth());
    }

    private double centre() {
        return (rate() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double halfWidth() {
        double p = rate();
        return Z / (1 + Z * Z / trials) * Math.sqrt(p * (1 - p) / trials + Z * Z / (4.0 * trials * trials));
    }
}
