package dev.tactus.policies.guidance;

/**
 * A soft wall at the bounds of chosen elements, half the squared depth behind it: {@code 1/2 sum_t sum_i max(0, l_i -
 * a_ti, a_ti - u_i)^2}. Joint limits (less the margin at which the wall is to be felt) and the box of a workspace are
 * both of this form.
 */
public final class BoundsCost implements Cost {
    private final int chunkSize;
    private final int rowSize;
    private final int[] columns;
    private final double[] lower;
    private final double[] upper;

    /**
     * Makes a cost.
     *
     * @param layout of a chunk
     * @param columns which elements of a row
     * @param lower where the wall below begins for each of them, normalised
     * @param upper where the wall above begins, normalised, not below {@code lower}
     */
    public BoundsCost(ChunkLayout layout, int[] columns, double[] lower, double[] upper) {
        this.chunkSize = layout.size();
        this.rowSize = layout.actionSize();
        this.columns = columns.clone();
        this.lower = lower.clone();
        this.upper = upper.clone();
    }

    @Override
    public int chunkSize() {
        return chunkSize;
    }

    @Override
    public double value(float[] chunks, int start) {
        double sum = 0.0;
        for (int at = start; at < start + chunkSize; at += rowSize) {
            for (int i = 0; i < columns.length; i++) {
                double depth = depth(i, chunks[at + columns[i]]);
                sum += 0.5 * depth * depth;
            }
        }
        return sum;
    }

    @Override
    public void addGradient(float[] chunks, int start, double weight, float[] gradient) {
        for (int at = start; at < start + chunkSize; at += rowSize) {
            for (int i = 0; i < columns.length; i++) {
                gradient[at + columns[i]] += (float) (weight * depth(i, chunks[at + columns[i]]));
            }
        }
    }

    /** How far behind the upper wall; negative behind the lower one. */
    private double depth(int i, double value) {
        return value - Math.min(Math.max(value, lower[i]), upper[i]);
    }
}
