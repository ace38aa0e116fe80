package dev.tactus.sim.evaluation;

/**
 * The difference of two success rates on the same seeds, with its 95 % interval by Newcombe's square-and-add method for
 * paired data (Newcombe, Statistics in Medicine 1998, method 10): Wilson intervals of both, joined with their
 * correlation. It does not collapse when both always succeed.
 *
 * @param both seeds on which both succeeded
 * @param onlyFirst seeds on which only the first succeeded
 * @param onlySecond seeds on which only the second succeeded
 * @param neither seeds on which neither succeeded
 */
public record PairedDifference(int both, int onlyFirst, int onlySecond, int neither) {

    /**
     * Counts outcomes seed by seed.
     *
     * @param first success of the first, by seed
     * @param second success of the second, by the same seeds
     * @return the table
     */
    public static PairedDifference of(boolean[] first, boolean[] second) {
        int[] table = new int[4];
        for (int i = 0; i < first.length; i++) {
            table[(first[i] ? 0 : 2) + (second[i] ? 0 : 1)]++;
        }
        return new PairedDifference(table[0], table[1], table[2], table[3]);
    }

    /**
     * First rate minus second rate.
     *
     * @return in [-1, 1]
     */
    public double difference() {
        return (double) (onlyFirst - onlySecond) / trials();
    }

    /**
     * Lower end of the interval.
     *
     * @return in [-1, difference]
     */
    public double low() {
        double down = first().rate() - first().low();
        double up = second().high() - second().rate();
        return difference() - joined(down, up);
    }

    /**
     * Upper end of the interval.
     *
     * @return in [difference, 1]
     */
    public double high() {
        double up = first().high() - first().rate();
        double down = second().rate() - second().low();
        return difference() + joined(up, down);
    }

    private double joined(double ofFirst, double ofSecond) {
        return Math.sqrt(ofFirst * ofFirst - 2 * correlation() * ofFirst * ofSecond + ofSecond * ofSecond);
    }

    /** The phi coefficient with Newcombe's continuity correction; 0 where a margin is empty. */
    private double correlation() {
        double margins =
                (double) (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
        if (margins == 0) {
            return 0;
        }
        double product = (double) both * neither - (double) onlyFirst * onlySecond;
        double corrected = product > 0 ? Math.max(product - trials() / 2.0, 0) : product;
        return corrected / Math.sqrt(margins);
    }

    private int trials() {
        return both + onlyFirst + onlySecond + neither;
    }

    private Proportion first() {
        return new Proportion(both + onlyFirst, trials());
    }

    private Proportion second() {
        return new Proportion(both + onlySecond, trials());
    }
}
