package dev.tactus.sim.run;

/**
 * How one episode went.
 *
 * @param seed its seed
 * @param outcome how it ended
 * @param ticks policy ticks that it took
 * @param reason what failed, for an outcome that is a failure of the network or the hardware; else empty
 */
public record EpisodeResult(long seed, Outcome outcome, int ticks, String reason) {

    /** How an episode can end. */
    public enum Outcome {
        /** The goal held for as long as the task asks. */
        SUCCESS("success"),
        /** The task's time was over. */
        TIME_OUT("time out"),
        /** The policy's network answered NaN or infinity; the arm held its place. */
        NON_FINITE("network answered NaN or infinity, arm held"),
        /** The policy's thread ended by a failure; the arm held its place, and no episode can follow. */
        POLICY_FAILED("policy failed, arm held"),
        /** The robot or its simulation reported an error. */
        HARDWARE_FAULT("hardware fault"),
        /** The e-stop latched, as after too many missed deadlines; the arm came to rest and was held. */
        EMERGENCY_STOP("emergency stop"),
        /** The user ended the run in the middle of it. */
        INTERRUPTED("interrupted");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /**
         * The outcome in words.
         *
         * @return for a person to read
         */
        public String words() {
            return words;
        }
    }

    /**
     * Whether the goal was reached.
     *
     * @return whether it was
     */
    public boolean success() {
        return outcome == Outcome.SUCCESS;
    }
}
