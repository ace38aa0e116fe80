package dev.tactus.policies.runner;

/** What a {@link PolicyRunner} did last. */
public enum RunnerStatus {
    /** The episode has seen no inference yet. */
    WAITING,
    /** The chunk was published in time, or the one before still holds. */
    OK,
    /** The chunk was published, but later than one control period after its observation. */
    MISSED_DEADLINE,
    /** The observation was older than allowed, before the inference or after it: nothing was published. */
    STALE_OBSERVATION,
    /** The chunk came later than the scheme had made it for, and must not take over: nothing was published. */
    DISCARDED,
    /** The network answered NaN or infinity: nothing was published. */
    NON_FINITE,
    /** An action lay outside the bounds that the bundle declares: nothing was published. */
    OUT_OF_RANGE,
    /** The policy's thread has ended by a failure. */
    FAILED
}
