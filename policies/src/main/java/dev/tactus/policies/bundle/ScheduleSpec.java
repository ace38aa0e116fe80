package dev.tactus.policies.bundle;

/** The noise schedule that a network was trained with. */
public sealed interface ScheduleSpec {

    /**
     * K discrete levels, noise variance-preserving.
     *
     * @param name how the betas run
     * @param steps K
     * @param betaStart beta of level 0; 0 where the name fixes the betas
     * @param betaEnd beta of level K - 1; 0 where the name fixes the betas
     */
    record Discrete(Betas name, int steps, double betaStart, double betaEnd) implements ScheduleSpec {

        /**
         * The squared-cosine schedule.
         *
         * @param steps K
         * @return the schedule
         */
        public static Discrete squaredCosine(int steps) {
            return new Discrete(Betas.SQUARED_COSINE, steps, 0.0, 0.0);
        }
    }

    /** How the betas of a discrete schedule run over its levels. */
    enum Betas {
        /** Fixed by K alone (Nichol and Dhariwal). */
        SQUARED_COSINE,
        /** Linear from first to last (Ho, Jain, Abbeel). */
        LINEAR,
        /** Their square roots linear from first to last. */
        SCALED_LINEAR
    }

    /**
     * Variance-exploding noise whose level is sigma (Karras et al.).
     *
     * @param sigmaMin least sigma
     * @param sigmaMax greatest sigma
     * @param sigmaData standard deviation of the data that preconditioning assumes
     * @param rho how the Karras grid is bent
     */
    record Edm(double sigmaMin, double sigmaMax, double sigmaData, double rho) implements ScheduleSpec {}

    /** The straight path of a flow, level tau from 0 (noise) to 1 (data). */
    record Flow() implements ScheduleSpec {}

    /** No noise: the network is not asked to remove any. */
    record None() implements ScheduleSpec {}
}
