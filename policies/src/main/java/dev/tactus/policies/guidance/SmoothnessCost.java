package dev.tactus.policies.guidance;

/** Half the squared second differences of a chunk's rows, {@code 1/2 sum_t |a_{t+1} - 2 a_t + a_{t-1}|^2}. */
public final class SmoothnessCost implements Cost {
    private final int horizon;
    private final int rowSize;
    private final int[] columns;

    /**
     * Makes a cost.
     *
     * @param layout of a chunk
     * @param columns which elements of a row
     */
    public SmoothnessCost(ChunkLayout layout, int[] columns) {
        this.horizon = layout.horizon();
        this.rowSize = layout.actionSize();
        this.columns = columns.clone();
    }

    @Override
    public int chunkSize() {
        return horizon * rowSize;
    }

    @Override
    public double value(float[] chunks, int start) {
        double sum = 0.0;
        for (int column : columns) {
            for (int row = 1; row < horizon - 1; row++) {
                double bend = bend(chunks, start + row * rowSize + column);
                sum += 0.5 * bend * bend;
            }
        }
        return sum;
    }

    @Override
    public void addGradient(float[] chunks, int start, double weight, float[] gradient) {
        for (int column : columns) {
            for (int row = 1; row < horizon - 1; row++) {
                int at = start + row * rowSize + column;
                double bend = weight * bend(chunks, at);
                gradient[at - rowSize] += (float) bend;
                gradient[at] -= (float) (2.0 * bend);
                gradient[at + rowSize] += (float) bend;
            }
        }
    }

    private double bend(float[] chunks, int at) {
        return chunks[at + rowSize] - 2.0 * chunks[at] + chunks[at - rowSize];
    }
}
