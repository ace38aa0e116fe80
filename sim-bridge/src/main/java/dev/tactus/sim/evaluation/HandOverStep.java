package dev.tactus.sim.evaluation;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.runner.ActionChunk;
import org.HdrHistogram.Histogram;

/**
 * How far the row of a new chunk lies from the row that the old chunk had for the same tick, for one term of the action.
 * For an end-effector pose: the distance of the positions in mm. For any other term: the root mean square over its
 * elements in normalised units, the only ones in which different terms compare.
 */
public final class HandOverStep {
    private static final int POSITION = 3;
    private static final double PER_UNIT = 1e6;
    private static final long GREATEST = 1_000_000_000_000L;
    private static final int DIGITS = 3;

    private final ActionTerm term;
    private final int element;
    private final boolean pose;
    private final Histogram steps = new Histogram(GREATEST, DIGITS);

    HandOverStep(ActionTerm term, int element) {
        this.term = term;
        this.element = element;
        pose = term.kind() == TermKind.END_EFFECTOR_POSE && term.size() >= POSITION;
    }

    void add(ActionChunk from, int fromRow, ActionChunk to, int toRow) {
        double squares = 0;
        int size = pose ? POSITION : term.size();
        for (int i = 0; i < size; i++) {
            double was = from.get(fromRow, element + i);
            double is = to.get(toRow, element + i);
            double step = pose
                    ? 1e3 * (is - was)
                    : term.normalisation().apply(i, is) - term.normalisation().apply(i, was);
            squares += step * step;
        }
        double step = Math.sqrt(pose ? squares : squares / size);
        steps.recordValue((long) Math.min(step * PER_UNIT, GREATEST));
    }

    /**
     * The term that it speaks of.
     *
     * @return the term's name in the bundle
     */
    public String term() {
        return term.name();
    }

    /**
     * The unit of its figures, as it stands at the end of a key.
     *
     * @return {@code mm} or {@code normalised_rms}
     */
    public String unit() {
        return pose ? "mm" : "normalised_rms";
    }

    /**
     * A percentile of the steps.
     *
     * @param percentile 0 to 100; 100 is the greatest step
     * @return in {@link #unit}, to three digits; NaN if there was no hand-over
     */
    public double at(double percentile) {
        return steps.getTotalCount() == 0 ? Double.NaN : steps.getValueAtPercentile(percentile) / PER_UNIT;
    }
}
