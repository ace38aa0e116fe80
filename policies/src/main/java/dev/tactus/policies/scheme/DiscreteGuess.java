package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.bundle.PolicySpec.RealTimeIterationSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What real-time iteration does to the discrete elements of a guess after each cycle. A warm start assumes small
 * changes, and a gripper command jumps: with the scale variant the network was trained on a tenth of it and the guess is
 * left alone; with the clip variant the guess becomes {@code sign / factor}, near enough to zero to flip.
 */
final class DiscreteGuess {
    private final int[] elements;
    private final float[] threshold;
    private final float[] negative;
    private final float[] positive;

    private DiscreteGuess(List<float[]> rows) {
        int count = rows.size();
        elements = new int[count];
        threshold = new float[count];
        negative = new float[count];
        positive = new float[count];
        for (int i = 0; i < count; i++) {
            elements[i] = (int) rows.get(i)[0];
            threshold[i] = rows.get(i)[1];
            negative[i] = rows.get(i)[2];
            positive[i] = rows.get(i)[3];
        }
    }

    static DiscreteGuess of(PolicySpec spec) {
        List<float[]> rows = new ArrayList<>();
        RealTimeIterationSpec rti = spec.requireRti();
        if (rti.discrete() == DiscreteVariant.CLIP) {
            double small = 1.0 / rti.discreteFactor();
            int first = 0;
            for (ActionTerm term : spec.actions()) {
                for (int i = 0; term.discrete() && i < term.size(); i++) {
                    rows.add(new float[] {
                        first + i,
                        (float) term.normalisation().apply(i, 0.0),
                        (float) term.normalisation().apply(i, -small),
                        (float) term.normalisation().apply(i, small)
                    });
                }
                first += term.size();
            }
        }
        return new DiscreteGuess(rows);
    }

    void apply(float[] guess, int actionSize) {
        for (int i = 0; i < elements.length; i++) {
            boolean rising = positive[i] > negative[i];
            for (int j = elements[i]; j < guess.length; j += actionSize) {
                guess[j] = guess[j] > threshold[i] == rising ? positive[i] : negative[i];
            }
        }
    }
}
