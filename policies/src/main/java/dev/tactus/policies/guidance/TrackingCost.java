package dev.tactus.policies.guidance;

/**
 * How far the first rows of a chunk are from where a person wants them (Wang et al., Inference-Time Policy Steering),
 *
 * <pre>
 *   xi(x) = 1/n sum_t |s_t - z_t|_2
 * </pre>
 *
 * with s_t some elements of row t. A point to go to, a path to follow and a nudge to begin with are three choices of the
 * targets z_t and of the number n of rows.
 */
public final class TrackingCost implements Cost {
    private static final double AT_TARGET = 1e-9;

    private final ChunkLayout layout;
    private final int[] columns;
    private final double[][] targets;

    private TrackingCost(ChunkLayout layout, int[] columns, double[][] targets) {
        this.layout = layout;
        this.columns = columns.clone();
        this.targets = targets;
    }

    /**
     * Every row from now on near one point.
     *
     * @param layout of a chunk
     * @param columns which elements of a row
     * @param target one number for each of them, normalised
     * @return the cost
     */
    public static TrackingCost point(ChunkLayout layout, int[] columns, double[] target) {
        return path(layout, columns, new double[][] {target});
    }

    /**
     * The rows from now on along a sketched path, {@link #stretch stretched} over them.
     *
     * @param layout of a chunk
     * @param columns which elements of a row
     * @param sketch its points, normalised
     * @return the cost
     */
    public static TrackingCost path(ChunkLayout layout, int[] columns, double[][] sketch) {
        return new TrackingCost(layout, columns, stretch(sketch, layout.rows()));
    }

    /**
     * The next rows where a person pushed them; the rest is free.
     *
     * @param layout of a chunk
     * @param columns which elements of a row
     * @param rows the next rows' targets, normalised; no more than are left of the chunk
     * @return the cost
     */
    public static TrackingCost nudge(ChunkLayout layout, int[] columns, double[][] rows) {
        if (rows.length < 1 || rows.length > layout.rows()) {
            throw new IllegalArgumentException(rows.length + " rows of a chunk that has " + layout.rows());
        }
        return new TrackingCost(layout, columns, stretch(rows, rows.length));
    }

    /**
     * Stretches a sketch of m points over n rows by picking points {@code floor(linspace(0, m - 1, n))}.
     *
     * @param sketch m points
     * @param rows n
     * @return n points
     */
    static double[][] stretch(double[][] sketch, int rows) {
        double[][] stretched = new double[rows][];
        for (int row = 0; row < rows; row++) {
            stretched[row] = sketch[rows == 1 ? 0 : row * (sketch.length - 1) / (rows - 1)].clone();
        }
        return stretched;
    }

    @Override
    public int chunkSize() {
        return layout.size();
    }

    @Override
    public double value(float[] chunks, int start) {
        double sum = 0.0;
        for (int row = 0; row < targets.length; row++) {
            sum += distance(chunks, at(start, row), targets[row]);
        }
        return sum / targets.length;
    }

    @Override
    public void addGradient(float[] chunks, int start, double weight, float[] gradient) {
        for (int row = 0; row < targets.length; row++) {
            int at = at(start, row);
            double distance = distance(chunks, at, targets[row]);
            if (distance > AT_TARGET) { // a norm has no gradient at 0, and none is needed there
                double factor = weight / (targets.length * distance);
                for (int i = 0; i < columns.length; i++) {
                    gradient[at + columns[i]] += (float) (factor * (chunks[at + columns[i]] - targets[row][i]));
                }
            }
        }
    }

    private int at(int start, int row) {
        return start + (layout.firstRow() + row) * layout.actionSize();
    }

    private double distance(float[] chunks, int at, double[] target) {
        double square = 0.0;
        for (int i = 0; i < columns.length; i++) {
            double off = chunks[at + columns[i]] - target[i];
            square += off * off;
        }
        return Math.sqrt(square);
    }
}
