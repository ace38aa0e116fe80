package dev.tactus.policies.scheme;

/** What came of a cycle. */
public enum CycleStatus {
    /** There is a new chunk. */
    NEW_CHUNK,
    /** Nothing had to be inferred: the chunk of before still holds. */
    SAME_CHUNK,
    /** The network returned NaN or infinity: there is no chunk, and the next cycle starts from noise. */
    NON_FINITE
}
