package dev.tactus.policies.guidance;

/**
 * How firmly each row of a new chunk is held to the one before (Black, Galliker, Levine, Real-Time Execution of Action
 * Chunking Flow Policies, equation 5). Rows before {@code delay} will have been executed before the new chunk arrives
 * and weigh 1; rows from {@code end} on are free; in between, with {@code c = (end - row) / (end - delay + 1)}, it
 * depends.
 */
public enum PrefixMask {
    /** {@code c (e^c - 1) / (e - 1)}, the paper's. */
    EXPONENTIAL,
    /** {@code c}. */
    LINEAR,
    /** 0: only what is certain to be executed is held. */
    HARD,
    /** 1: everything that both chunks cover is held. */
    ONES;

    /**
     * The weight of a row.
     *
     * @param row counted from the row that belongs to now
     * @param delay d, rows that are executed before the new chunk arrives
     * @param end the first free row, at least d
     * @return 0 to 1
     */
    public double weight(int row, int delay, int end) {
        if (row < delay) {
            return 1.0;
        }
        if (row >= end) {
            return 0.0;
        }
        double c = (double) (end - row) / (end - delay + 1);
        return switch (this) {
            case EXPONENTIAL -> c * Math.expm1(c) / Math.expm1(1.0);
            case LINEAR -> c;
            case HARD -> 0.0;
            case ONES -> 1.0;
        };
    }
}
