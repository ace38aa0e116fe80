package dev.tactus.policies.scheme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.fixture.ClosedForm;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BidirectionalDecodingTest {
    private static final int H = ReachPolicy.HORIZON;
    private static final int D = ReachPolicy.ACTION;
    private static final int C = ReachPolicy.CONDITION;
    private static final int NOW = 1; // To = 2
    private static final int N = 9;
    private static final float[] CONDITION = new float[C];

    private final float[] strong = new float[N * H * D];
    private final float[] weak = new float[N * H * D];

    /** Draws what a test wrote, whatever the noise. */
    private static Denoiser draws(float[] samples) {
        VariancePreserving schedule = VariancePreserving.squaredCosine(100);
        return new ClosedForm(
                samples.length / (H * D),
                H,
                D,
                C,
                (x, k, c, i) -> (x - schedule.alpha(k) * samples[i]) / schedule.sigma(k));
    }

    private ExecutionScheme scheme(boolean contrast) {
        BidirectionalDecoding.Options options =
                (BidirectionalDecoding.Options) SchemeOptions.named("bid:samples=" + N + ",steps=2");
        return Schemes.create(
                contrast ? options.withWeak(batch -> draws(weak)) : options,
                ReachPolicy.spec(),
                batch -> draws(strong),
                new GaussianNoise(1));
    }

    private static void fill(float[] samples, long seed, float size) {
        GaussianNoise noise = new GaussianNoise(seed);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.clamp(size * noise.next(), -1.0f, 1.0f);
        }
    }

    private static float[] sample(float[] samples, int n) {
        return Arrays.copyOfRange(samples, n * H * D, (n + 1) * H * D);
    }

    @Test
    void theSampleThatGoesOnAsWasDecidedIsChosen() {
        ExecutionScheme scheme = scheme(false);
        fill(strong, 1, 0.3f);
        scheme.cycle(CONDITION, 0);
        float[] before = scheme.chunk().clone();
        fill(strong, 2, 0.3f);
        System.arraycopy(before, 3 * D, strong, 6 * H * D, (H - 3) * D); // sample 6 agrees, three ticks later
        scheme.cycle(CONDITION, 3);
        assertArrayEquals(sample(strong, 6), scheme.chunk(), 1e-4f);
        assertEquals(CycleKind.STEADY, scheme.kind());
        assertEquals(2, scheme.evaluations(), "evaluations of a batch are one each");
    }

    @Test
    void withAWeakPolicyTheChoiceIsThatOfASlowComparison() {
        ExecutionScheme scheme = scheme(true);
        fill(strong, 1, 0.3f);
        fill(weak, 11, 0.3f);
        scheme.cycle(CONDITION, 0);
        assertEquals(4, scheme.evaluations());
        for (int round = 1; round <= 20; round++) {
            float[] prior = scheme.chunk().clone();
            fill(strong, 100 + round, 0.3f);
            fill(weak, 200 + round, 0.5f);
            scheme.cycle(CONDITION, 2 * round);
            assertArrayEquals(sample(strong, slowChoice(prior, 2)), scheme.chunk(), 1e-4f, "round " + round);
        }
    }

    private int slowChoice(float[] prior, int elapsed) {
        List<Integer> keptStrong = best(strong, prior, elapsed);
        List<Integer> keptWeak = best(weak, prior, elapsed);
        return keptStrong.stream()
                .min(Comparator.comparingDouble(n -> backward(strong, n, prior, elapsed)
                        + nearest(
                                n,
                                strong,
                                keptStrong.stream().filter(m -> !m.equals(n)).toList())
                        - nearest(n, weak, keptWeak)))
                .orElseThrow();
    }

    private static List<Integer> best(float[] samples, float[] prior, int elapsed) {
        List<Integer> all = new ArrayList<>();
        for (int n = 0; n < N; n++) {
            all.add(n);
        }
        all.sort(Comparator.comparingDouble(n -> backward(samples, n, prior, elapsed)));
        return all.subList(0, N / 3);
    }

    private static double backward(float[] samples, int n, float[] prior, int elapsed) {
        double sum = 0;
        double total = 0;
        for (int i = 0; NOW + i + elapsed < H; i++) {
            double weight = Math.pow(0.5, i);
            sum += weight * rowDistance(sample(samples, n), NOW + i, prior, NOW + i + elapsed);
            total += weight;
        }
        return sum / total;
    }

    private double nearest(int n, float[] others, List<Integer> kept) {
        return kept.stream()
                .mapToDouble(m -> {
                    double sum = 0;
                    for (int row = NOW; row < H; row++) {
                        sum += rowDistance(sample(strong, n), row, sample(others, m), row);
                    }
                    return sum / (H - NOW);
                })
                .sorted()
                .limit(N / 3 / 2)
                .average()
                .orElseThrow();
    }

    private static double rowDistance(float[] one, int row, float[] other, int otherRow) {
        double sum = 0;
        for (int i = 0; i < D; i++) {
            sum += Math.pow(one[row * D + i] - other[otherRow * D + i], 2);
        }
        return Math.sqrt(sum);
    }

    @Test
    void everySampleSeesTheSameObservation() {
        int[] seen = {0};
        float[] condition = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        ClosedForm network = new ClosedForm(N, H, D, C, (x, k, c, i) -> {
            seen[0] += c.length == N * C && c[i / (H * D) * C + 7] == 8.0f ? 1 : 0;
            return x;
        });
        ExecutionScheme scheme = Schemes.create(
                SchemeOptions.named("bid:samples=" + N + ",steps=1"),
                ReachPolicy.spec(),
                batch -> network,
                new GaussianNoise(1));
        scheme.cycle(condition, 0);
        assertEquals(N * H * D, seen[0]);
        assertTrue(scheme.chunk().length == H * D);
    }

    @Test
    void afterAStallNothingWasDecided() {
        ExecutionScheme scheme = scheme(false);
        fill(strong, 1, 0.3f);
        scheme.cycle(CONDITION, 0);
        scheme.cycle(CONDITION, H - 1);
        assertEquals(CycleKind.RESTART, scheme.kind());
        assertArrayEquals(sample(strong, 0), scheme.chunk(), 1e-4f);
    }
}
