package dev.tactus.policies.scheme;

/** Distances between chunks in a batch {@code [N, H, D]}, in normalised space: Euclidean per row. Allocates nothing. */
final class ChunkDistances {
    private final int rows;
    private final int size;
    private final int firstRow;
    private final double[] nearest;

    ChunkDistances(int samples, int rows, int size, int firstRow) {
        this.rows = rows;
        this.size = size;
        this.firstRow = firstRow;
        this.nearest = new double[samples];
    }

    /**
     * How far a sample is from what was decided before: {@code sum_i w_i |a_i - prior_i|}, {@code w_i} proportional to
     * {@code rho^i}, over the ticks from now on that both cover; the weights sum to 1.
     *
     * @param chunks the samples
     * @param sample which one
     * @param prior {@code [H, D]}
     * @param elapsed ticks that the prior is older
     * @param rho how fast later ticks lose weight, above 0
     */
    double toPrior(float[] chunks, int sample, float[] prior, int elapsed, double rho) {
        double sum = 0.0;
        double total = 0.0;
        double weight = 1.0;
        for (int row = firstRow; row + elapsed < rows; row++) {
            sum += weight * rowDistance(chunks, sample * rows + row, prior, row + elapsed);
            total += weight;
            weight *= rho;
        }
        return sum / total;
    }

    /**
     * Mean distance of a sample to its nearest neighbours, over the rows from now on.
     *
     * @param chunks the samples
     * @param sample which one
     * @param others where the neighbours are; the sample itself is none
     * @param kept indices of those that are neighbours
     * @param count how many of {@code kept} count
     * @param neighbours how many of the nearest
     * @return the mean; 0 if there is no neighbour
     */
    double toNearest(float[] chunks, int sample, float[] others, int[] kept, int count, int neighbours) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (others != chunks || kept[i] != sample) {
                insert(distance(chunks, sample, others, kept[i]), found++);
            }
        }
        int used = Math.min(found, neighbours);
        double sum = 0.0;
        for (int i = 0; i < used; i++) {
            sum += nearest[i];
        }
        return used == 0 ? 0.0 : sum / used;
    }

    private void insert(double distance, int found) {
        int at = found;
        while (at > 0 && nearest[at - 1] > distance) {
            nearest[at] = nearest[at - 1];
            at--;
        }
        nearest[at] = distance;
    }

    private double distance(float[] chunks, int sample, float[] others, int other) {
        double sum = 0.0;
        for (int row = firstRow; row < rows; row++) {
            sum += rowDistance(chunks, sample * rows + row, others, other * rows + row);
        }
        return sum / (rows - firstRow);
    }

    private double rowDistance(float[] one, int row, float[] other, int otherRow) {
        double sum = 0.0;
        for (int i = 0; i < size; i++) {
            double difference = one[row * size + i] - other[otherRow * size + i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
