package dev.tactus.policies.scheme;

/** How a chunk came about; kept apart in statistics. */
public enum CycleKind {
    /** The first inference after a reset, from pure noise. */
    FIRST,
    /** An ordinary inference. */
    STEADY,
    /** From pure noise in the middle of an episode, because what was there could not be carried over. */
    RESTART,
    /** From pure noise in the middle of an episode, because the newest observation contradicts what was carried over. */
    DISAGREEMENT
}
