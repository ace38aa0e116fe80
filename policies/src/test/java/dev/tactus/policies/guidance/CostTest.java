package dev.tactus.policies.guidance;

import static dev.tactus.policies.guidance.Descents.VP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.schedule.LinearFlow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CostTest {
    private static final int H = 5;
    private static final int D = 3;
    private static final ChunkLayout LAYOUT = new ChunkLayout(H, D, 1);
    private static final int[] XY = {0, 2};

    static List<Cost> costs() {
        Cost point = TrackingCost.point(LAYOUT, XY, new double[] {0.4, -0.2});
        Cost smooth = new SmoothnessCost(LAYOUT, XY);
        return List.of(
                point,
                TrackingCost.path(LAYOUT, XY, new double[][] {{0.1, 0.2}, {0.3, 0.1}, {0.5, 0.6}}),
                TrackingCost.nudge(LAYOUT, XY, new double[][] {{1.0, 1.0}, {0.5, 0.5}}),
                smooth,
                new BoundsCost(LAYOUT, XY, new double[] {-0.5, -0.1}, new double[] {0.3, 0.2}),
                new WeightedCosts(List.of(point, smooth), 2.0, 0.5));
    }

    @ParameterizedTest
    @MethodSource("costs")
    void gradientsAreThoseOfTheValue(Cost cost) {
        float[] chunks = Descents.noise(2 * H * D, 1);
        float[] gradient = new float[chunks.length];
        cost.gradient(chunks, gradient);
        float step = 1e-2f;
        for (int i = 0; i < chunks.length; i++) {
            int start = i / (H * D) * H * D;
            float at = chunks[i];
            chunks[i] = at + step;
            double above = cost.value(chunks, start);
            chunks[i] = at - step;
            double below = cost.value(chunks, start);
            chunks[i] = at;
            assertEquals((above - below) / (2.0 * step), gradient[i], 2e-3, "element " + i);
        }
    }

    @Test
    void aSketchIsStretchedOverTheChunkByItsPoints() {
        double[][] sketch = {{0}, {1}, {2}};
        Cost path = TrackingCost.path(
                new ChunkLayout(5, 1, 0), new int[] {0}, sketch); // floor(linspace(0, 2, 5)) = 0 0 1 1 2
        assertEquals(0.0, path.value(new float[] {0, 0, 1, 1, 2}, 0), 1e-9);
        assertEquals(0.2, path.value(new float[] {0, 0, 1, 1, 3}, 0), 1e-9);
    }

    @Test
    void rowsOfThePastAreNotTracked() {
        Cost nudge = TrackingCost.nudge(new ChunkLayout(4, 1, 1), new int[] {0}, new double[][] {{1}, {2}});
        assertEquals(0.0, nudge.value(new float[] {-9, 1, 2, -9}, 0), 1e-9);
        assertEquals(1.0, nudge.value(new float[] {-9, 0, 1, -9}, 0), 1e-9);
    }

    @Test
    void aChunkAtItsTargetIsNotPushed() {
        Cost point = TrackingCost.point(new ChunkLayout(1, 2, 0), new int[] {0, 1}, new double[] {0.5, 0.25});
        float[] gradient = new float[2];
        point.gradient(new float[] {0.5f, 0.25f}, gradient);
        assertArrayEquals(new float[2], gradient);
    }

    @Test
    void aCostMovesTheLatentByThePosteriorVarianceAndNotAtTheLastLevels() {
        Denoiser policy = new GaussianDenoiser(VP, 1, H, D, 1, 0.0, 1.0);
        BoundsCost cost =
                new BoundsCost(LAYOUT, new int[] {0, 1, 2}, new double[] {-9, -9, -9}, new double[] {0, 0, 0});
        double scale = 0.5;
        Denoiser guided = new CostGuidance(policy, cost, scale, 2, 1.0);
        for (int k : new int[] {60, 2, 1, 0}) {
            float[] latent = new float[H * D];
            java.util.Arrays.fill(latent, 0.8f);
            guided.denoise(latent, k, new float[1], new float[H * D]);
            double variance = VP.beta(k) * (1 - VP.alphaBar(k - 1)) / (1 - VP.alphaBar(k));
            double expected = k < 2 ? 0.8 : 0.8 * Math.pow(1.0 - scale * variance, 2);
            assertEquals(expected, latent[7], 1e-6, "k " + k);
        }
    }

    @Test
    void aWorkspaceBoxKeepsChunksInside() {
        for (Sampler sampler : Descents.all(VP, 500 * H)) {
            Denoiser policy = new GaussianDenoiser(VP, 500, H, 1, 1, 0.0, 0.3);
            BoundsCost box =
                    new BoundsCost(new ChunkLayout(H, 1, 0), new int[] {0}, new double[] {-0.2}, new double[] {0.2});
            double free = total(box, Descents.draw(sampler, policy, 2));
            double guided =
                    total(box, Descents.draw(sampler, new CostGuidance(policy, box, 10.0, 2, VP.cleanest()), 2));
            assertTrue(guided < 0.8 * free, free + " then " + guided);
        }
    }

    @Test
    void withoutDiscreteLevelsTheVarianceIsTheShareOfNoise() {
        Denoiser policy = new GaussianDenoiser(new LinearFlow(), 1, 1, 1, 1, 0.0, 1.0);
        BoundsCost cost = new BoundsCost(new ChunkLayout(1, 1, 0), new int[] {0}, new double[] {-9}, new double[] {0});
        float[] latent = {0.8f};
        new CostGuidance(policy, cost, 0.5, 1, 1.0).denoise(latent, 0.4, new float[1], new float[1]);
        assertEquals(0.8 * (1.0 - 0.5 * 0.36 / (0.36 + 0.16)), latent[0], 1e-6);
    }

    private static double total(Cost cost, float[] chunks) {
        double sum = 0.0;
        for (int start = 0; start < chunks.length; start += cost.chunkSize()) {
            sum += cost.value(chunks, start);
        }
        return sum;
    }
}
