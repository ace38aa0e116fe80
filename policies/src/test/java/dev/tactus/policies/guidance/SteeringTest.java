package dev.tactus.policies.guidance;

import static dev.tactus.policies.guidance.Descents.VP;
import static dev.tactus.policies.guidance.Descents.draw;
import static dev.tactus.policies.guidance.Descents.mean;
import static dev.tactus.policies.guidance.Descents.share;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.ChunkMixture;
import dev.tactus.policies.sampler.DdimSampler;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteeringTest {
    private static final int MANY = 3000;
    private static final int ROWS = 8;
    private static final double MEAN = -0.2;
    private static final double DEVIATION = 0.3;

    private static TrackingCost target(double place) {
        return TrackingCost.point(new ChunkLayout(1, 1, 0), new int[] {0}, new double[] {place});
    }

    private static GaussianDenoiser gaussian() {
        return new GaussianDenoiser(VP, MANY, 1, 1, 1, MEAN, DEVIATION);
    }

    private static ChunkMixture twoModes() {
        return ChunkMixture.line(VP, MANY, 0.05, -0.6, 0.6);
    }

    @Test
    void guidedDiffusionAddsTheGradientToTheNoise() {
        float[] latent = Descents.noise(MANY, 1);
        float[] plain = new float[MANY];
        float[] guided = new float[MANY];
        gaussian().denoise(latent, 40, new float[MANY], plain);
        SteeringGuidance.guidedDiffusion(gaussian(), target(9.0), 0.7, 0).denoise(latent, 40, new float[MANY], guided);
        for (int i = 0; i < MANY; i++) {
            double epsilon = (latent[i] - VP.alpha(40) * plain[i]) / VP.sigma(40);
            double steered = (latent[i] - VP.alpha(40) * guided[i]) / VP.sigma(40);
            assertEquals(epsilon - 0.7, steered, 1e-5); // the gradient of a distance on a line is -1 below the target
        }
    }

    @Test
    void guidedDiffusionShiftsAGaussianByWhatItsFlowSays() {
        // in y = x / alpha, nu = sigma / alpha: dy/dnu = nu (y - m) / (s^2 + nu^2) - beta for a target far above, hence
        // a shift by beta s asinh(nu / s) from the level where guidance begins, here k = 60 and finely stepped
        double beta = 0.05;
        float[] start = Descents.noise(MANY, 2);
        float[] plain = start.clone();
        float[] steered = start.clone();
        flow(gaussian(), plain);
        flow(SteeringGuidance.guidedDiffusion(gaussian(), target(99.0), beta, 0.0), steered);
        double nu = VP.sigma(60) / VP.alpha(60);
        double asinh = Math.log(nu / DEVIATION + Math.hypot(nu / DEVIATION, 1.0));
        double left = VP.sigma(0) / VP.alpha(0);
        double end = Math.log(left / DEVIATION + Math.hypot(left / DEVIATION, 1.0));
        assertEquals(beta * DEVIATION * (asinh - end), mean(steered) - mean(plain), 5e-3 * beta);
    }

    /** The exact flow from k = 60 by many small steps between the levels. */
    private static void flow(Denoiser denoiser, float[] latent) {
        float[] clean = new float[latent.length];
        int steps = 2400;
        for (int step = 0; step < steps; step++) {
            double level = 60.0 * (steps - step) / steps;
            double next = 60.0 * (steps - step - 1) / steps;
            denoiser.denoise(latent, level, new float[latent.length], clean);
            for (int i = 0; i < latent.length; i++) {
                double epsilon = (latent[i] - VP.alpha(level) * clean[i]) / VP.sigma(level);
                latent[i] = (float) (VP.alpha(next) * clean[i] + VP.sigma(next) * epsilon);
            }
        }
    }

    /** Two ways to go, all eight rows of a chunk on one side. */
    private static ChunkMixture twoWays(int batch) {
        double[] up = new double[ROWS];
        double[] down = new double[ROWS];
        Arrays.fill(up, 0.6);
        Arrays.fill(down, -0.6);
        return new ChunkMixture(VP, batch, ROWS, 1, 1, 0.05, up, down);
    }

    @Test
    void stochasticSamplingAgreesMoreWithPersonAndPolicyThanGuidedDiffusion() {
        Cost up = TrackingCost.point(new ChunkLayout(ROWS, 1, 0), new int[] {0}, new double[] {0.6});
        int batch = 500;
        Sampler sampler = new DdimSampler(LevelGrid.leading(VP, 10), 1.0, batch * ROWS, 0.0, false);
        Denoiser repeated = SteeringGuidance.stochasticSampling(twoWays(batch), up, 3.0, 0.0, 4, 1.0, 4);
        float[] plain = draw(sampler, twoWays(batch), 3);
        float[] gd = draw(sampler, SteeringGuidance.guidedDiffusion(twoWays(batch), up, 3.0, 0.0), 3);
        float[] ss = draw(sampler, repeated, 3);
        assertEquals(0.6, away(plain, 0.6, 0.6), 0.1); // half of them 1.2 off
        assertTrue(away(gd, 0.6, 0.6) < 0.6 * away(plain, 0.6, 0.6));
        assertTrue(away(ss, 0.6, 0.6) < 0.6 * away(gd, 0.6, 0.6), "from the target");
        assertTrue(away(ss, 0.6, -0.6) < 0.8 * away(gd, 0.6, -0.6), "from what the policy does");
        assertEquals(10 * 4 - 3, repeated.evaluations()); // level 0 is not guided
        assertTrue(repeated.movesLatent());
    }

    /** Mean distance from the nearer of two places. */
    private static double away(float[] values, double one, double other) {
        double sum = 0.0;
        for (float value : values) {
            sum += Math.min(Math.abs(value - one), Math.abs(value - other));
        }
        return sum / values.length;
    }

    @Test
    void stochasticSamplingRepeatsItsNoiseWithTheEpisode() {
        Denoiser guided = SteeringGuidance.stochasticSampling(gaussian(), target(0.6), 1.0, 0.0, 4, 1.0, 4);
        float[] first = draw(Descents.ancestral(MANY), guided, 5);
        guided.reset();
        assertArrayEquals(first, draw(Descents.ancestral(MANY), guided, 5));
    }

    @Test
    void guidanceThatIsSwitchedOffLateLeavesTheLastLevelsAlone() {
        Denoiser guided = SteeringGuidance.guidedDiffusion(gaussian(), target(99.0), 20.0, 50);
        for (int k : new int[] {50, 49, 0}) {
            assertArrayEquals(at(gaussian(), k), at(guided, k));
        }
        assertTrue(at(guided, 51)[0] > at(gaussian(), 51)[0] + 1.0);
        assertFalse(guided.movesLatent());
    }

    private static float[] at(Denoiser denoiser, double level) {
        float[] clean = new float[MANY];
        denoiser.denoise(Descents.noise(MANY, 6), level, new float[MANY], clean);
        return clean;
    }

    @Test
    void steeringIsTheSameOnEverySchedule() {
        // one noisy chunk, told in the coordinates of two schedules
        float[] unit = Descents.noise(MANY, 12);
        NoiseSchedule edm = Descents.SCHEDULES.get(1);
        double sigma = edm.level(VP.logSnr(40));
        float[] exploded = new float[MANY];
        for (int i = 0; i < MANY; i++) {
            exploded[i] = (float) (unit[i] / VP.alpha(40));
        }
        float[] preserving = new float[MANY];
        float[] exploding = new float[MANY];
        SteeringGuidance.guidedDiffusion(gaussian(), target(0.1), 0.7, 0)
                .denoise(unit, 40, new float[MANY], preserving);
        Denoiser other = new GaussianDenoiser(edm, MANY, 1, 1, 1, MEAN, DEVIATION);
        SteeringGuidance.guidedDiffusion(other, target(0.1), 0.7, edm.cleanest())
                .denoise(exploded, sigma, new float[MANY], exploding);
        assertArrayEquals(preserving, exploding, 1e-5f);
    }

    @Test
    void aFlowIsNotSteeredWhereItsLatentIsNoiseAlone() {
        Denoiser flow = new GaussianDenoiser(new LinearFlow(), MANY, 1, 1, 1, MEAN, DEVIATION);
        Denoiser guided = SteeringGuidance.guidedDiffusion(flow, target(99.0), 0.1, 1.0);
        assertArrayEquals(at(flow, 0.0), at(guided, 0.0));
        assertEquals(0.1 * 0.75 / 0.25, mean(at(guided, 0.25)) - mean(at(flow, 0.25)), 1e-5);
    }

    @Test
    void aBiasedStartDrawsTheModeOfTheSketchAndAsksOnlyBelowIt() {
        int[] elements = {0, 1, 2, 3, 4, 5}; // the last two rows are not sketched
        float[] sketch = new float[elements.length];
        Arrays.fill(sketch, 0.6f);
        int batch = 200;
        Denoiser guided = new BiasedInitialization(twoWays(batch), elements, sketch, 0.5, 50, 7);
        float[] chunks = draw(Descents.ancestral(batch * ROWS), guided, 8);
        assertEquals(51, guided.evaluations());
        assertTrue(share(chunks, 0.6) > 0.9, "share " + share(chunks, 0.6));
        assertTrue(share(draw(Descents.implicit(10, batch * ROWS), guided, 8), 0.6) > 0.9);
        assertEquals(51 + 6, guided.evaluations());
    }

    @Test
    void aBiasedStartLeavesAWarmStartAlone() {
        Denoiser guided = new BiasedInitialization(twoModes(), new int[] {0}, new float[] {0.5f}, 0.5, 50, 7);
        draw(Descents.ancestral(MANY), guided, 8);
        List<Integer> steady = List.of(3, 1, 0);
        assertArrayEquals(
                draw(Descents.ancestral(steady, MANY), twoModes(), 9),
                draw(Descents.ancestral(steady, MANY), guided, 9));
    }

    @Test
    void rankingExecutesTheCandidateThatIsLiked() {
        int n = 32;
        CandidateRanking ranking = new CandidateRanking(ChunkMixture.line(VP, n, 0.2, -0.6, 0.6), target(0.3));
        float[] all = draw(Descents.ancestral(n), ranking, 10);
        float[] chosen = all.clone();
        assertTrue(ranking.finish(new float[1], chosen));
        double least = Double.POSITIVE_INFINITY;
        for (float chunk : all) {
            least = Math.min(least, Math.abs(chunk - 0.3));
        }
        for (float chunk : chosen) {
            assertEquals(least, Math.abs(chunk - 0.3), 1e-7);
        }
        assertEquals(all[ranking.best()], chosen[0]);
        double[] shades = new double[n];
        ranking.shade(shades);
        double greatest = 0.0;
        double sum = 0.0;
        for (double shade : shades) {
            greatest = Math.max(greatest, shade);
            sum += shade;
        }
        assertEquals(1.0, sum, 1e-12);
        assertEquals(greatest, shades[ranking.best()]);
    }

    @Test
    void candidatesShareTheConditionOfTheirRobot() {
        Denoiser candidates = new CandidateRanking(ChunkMixture.line(VP, 3, 0.1, 0.0), target(0.0));
        float[] clean = new float[3];
        candidates.denoise(new float[3], 99, new float[] {0.4f}, clean);
        assertArrayEquals(new float[] {0.4f, 0.4f, 0.4f}, clean, 1e-5f);
    }
}
