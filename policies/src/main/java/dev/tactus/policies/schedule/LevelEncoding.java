package dev.tactus.policies.schedule;

/** How a level is told to a network: part of what it was trained with, so a bundle records it. */
public enum LevelEncoding {
    /** As it is: k, sigma or tau. */
    IDENTITY,
    /** {@code 1 - tau}: flows whose time runs from data to noise. */
    REVERSED,
    /** {@code ln(sigma) / 4}: Karras et al. and BESO. */
    QUARTER_LOG,
    /** {@code 250 ln(sigma)}: Consistency Policy. */
    LOG_250;

    /**
     * Encodes a level.
     *
     * @param level a level of the network's schedule
     * @return what the network's input takes
     */
    public float encode(double level) {
        return (float)
                switch (this) {
                    case IDENTITY -> level;
                    case REVERSED -> 1.0 - level;
                    case QUARTER_LOG -> 0.25 * Math.log(level);
                    case LOG_250 -> 250.0 * Math.log(level);
                };
    }
}
