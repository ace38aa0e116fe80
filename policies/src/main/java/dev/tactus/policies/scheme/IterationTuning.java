package dev.tactus.policies.scheme;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where real-time iteration should begin, from how far apart consecutive chunks are: the first level of a steady cycle
 * should have about as much noise as the shifted guess has error,
 *
 * <pre>
 *   d  = rms(shift(A0^{t-1}) - A0^t), 95th percentile over the cycles
 *   K' = min { k : sqrt(1 - alphaBar_k) >= d }
 * </pre>
 *
 * (Duan, Yin, Kragic choose K' by the deviation of the guess from what the schedule would make of the next chunk.) From
 * there every level is safe and most can be left out; how many, only closed loop tells.
 *
 * @param pairs how many pairs of consecutive chunks there were
 * @param median of the deviations, normalised units
 * @param percentile95 d
 * @param greatest the greatest deviation
 * @param firstLevel K'
 * @param candidates lists to try, longest first
 */
public record IterationTuning(
        int pairs,
        double median,
        double percentile95,
        double greatest,
        int firstLevel,
        List<List<Integer>> candidates) {

    /**
     * How far a chunk is from the guess that real-time iteration would make of the chunk before.
     *
     * @param before {@code [H, D]}
     * @param after {@code [H, D]}
     * @param elapsed ticks between them, 1 to H - 1
     * @param actionSize D
     * @return root mean square over all elements, the repeated rows of the guess included
     */
    public static double deviation(float[] before, float[] after, int elapsed, int actionSize) {
        int last = before.length - actionSize;
        double sum = 0.0;
        for (int i = 0; i < after.length; i++) {
            int from = i + elapsed * actionSize;
            double guess = before[from < before.length ? from : last + i % actionSize];
            sum += (guess - after[i]) * (guess - after[i]);
        }
        return Math.sqrt(sum / after.length);
    }

    /**
     * Draws the conclusion.
     *
     * @param deviations of pairs of consecutive chunks
     * @param schedule the policy's schedule
     * @return the proposal
     * @throws BadInputException if there are too few to speak of a percentile
     */
    public static IterationTuning of(double[] deviations, VariancePreserving schedule) {
        int count = deviations.length;
        if (count < 20) {
            throw new BadInputException(count + " pairs of consecutive chunks; a 95th percentile needs at least 20. Log"
                    + " more episodes, with a scheme that infers at every tick (rti, ensemble, or full with"
                    + " --action-steps 1).");
        }
        double[] sorted = deviations.clone();
        Arrays.sort(sorted);
        double d = sorted[(int) Math.ceil(0.95 * count) - 1];
        int first = 0;
        while (first < schedule.steps() - 1 && schedule.sigma(first) < d) {
            first++;
        }
        return new IterationTuning(count, sorted[count / 2], d, sorted[count - 1], first, candidates(first));
    }

    /** Every level; every second, with the last ones whole; halves; the first and the last. */
    private static List<List<Integer>> candidates(int first) {
        List<Integer> all =
                IntStream.rangeClosed(0, first).map(k -> first - k).boxed().toList();
        List<Integer> seconds = new ArrayList<>();
        for (int k = first; k > 3; k -= 2) {
            seconds.add(k);
        }
        seconds.addAll(IntStream.of(3, 1, 0).filter(k -> k <= first).boxed().toList());
        List<Integer> halves = new ArrayList<>();
        for (int k = first; k > 0; k /= 2) {
            halves.add(k);
        }
        halves.add(0);
        List<Integer> ends = first == 0 ? List.of(0) : List.of(first, 0);
        List<List<Integer>> lists = new ArrayList<>(new LinkedHashSet<>(List.of(all, seconds, halves, ends)));
        lists.sort((a, b) -> b.size() - a.size());
        return List.copyOf(lists);
    }

    /**
     * What is left of a guess's error after a list, if the network's estimate did not depend on the guess at all: {@code
     * prod p_k}. The part that it does depend on comes on top, and is small within one mode.
     *
     * @param levels a list that descends to 0
     * @param schedule the policy's schedule
     * @return a factor before the last step, which returns the estimate
     */
    public static double contraction(List<Integer> levels, VariancePreserving schedule) {
        return levels.stream()
                .filter(k -> k > 0)
                .mapToDouble(schedule::posteriorOfNoisy)
                .reduce(1.0, (a, b) -> a * b);
    }
}
