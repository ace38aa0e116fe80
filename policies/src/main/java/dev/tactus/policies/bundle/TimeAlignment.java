package dev.tactus.policies.bundle;

/** Which measurement stands for a policy tick. */
public enum TimeAlignment {
    /** The newest measurement whose stamp is not after the tick. */
    LATEST,
    /** The measurement whose stamp is nearest to the tick, before or after it. */
    NEAREST,
    /** Linear between the measurements on both sides of the tick; only for numbers without a rotation. */
    INTERPOLATED
}
