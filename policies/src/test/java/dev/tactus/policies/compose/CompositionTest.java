package dev.tactus.policies.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.ChunkMixture;
import dev.tactus.policies.guidance.Inpainting;
import dev.tactus.policies.sampler.DdpmSampler;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private static final VariancePreserving VP = VariancePreserving.squaredCosine(100);
    private static final NoiseSchedule FLOW = new LinearFlow();
    private static final NoiseSchedule EDM = new VarianceExploding(0.002, 80.0);
    private static final double NO_CLIP = 1e6;
    private static final int MANY = 4000;

    private static Parent parent(Denoiser denoiser) {
        return new Parent("policy", denoiser, ConditionSlice.all(denoiser.conditionSize()));
    }

    private static GaussianDenoiser gaussian(NoiseSchedule schedule, int horizon, double mean) {
        return new GaussianDenoiser(schedule, 2, horizon, 1, 1, mean, 0.3);
    }

    private static float[] noise(int size, long seed) {
        float[] latent = new float[size];
        new GaussianNoise(seed).fill(latent);
        return latent;
    }

    private static float[] ask(Denoiser denoiser, float[] latent, double level) {
        float[] clean = new float[denoiser.latentSize()];
        denoiser.denoise(latent, level, new float[denoiser.batch() * denoiser.conditionSize()], clean);
        return clean;
    }

    private static Denoiser either(Denoiser one, Denoiser other, double weight) {
        return new Composition(List.of(parent(one), parent(other)), new Operator.Linear(weight, 1.0 - weight));
    }

    @Test
    void aFlowAskedForAnotherSchedulesLatentGivesWhatItsOwnDataDemand() {
        // the flow alone answers, in the levels and latents of the others
        for (NoiseSchedule master : List.of(VP, EDM)) {
            double[] levels = master == EDM ? new double[] {80.0, 3.0, 0.5, 0.01} : new double[] {99, 60, 17, 0};
            for (double level : levels) {
                float[] latent = noise(10, 1);
                for (int i = 0; i < latent.length; i++) {
                    latent[i] *= (float) Math.hypot(master.alpha(level), master.sigma(level));
                }
                float[] composed = ask(either(gaussian(master, 5, 0.2), gaussian(FLOW, 5, 0.2), 0.0), latent, level);
                assertArrayEquals(ask(gaussian(master, 5, 0.2), latent, level), composed, 2e-6f);
            }
        }
    }

    @Test
    void policiesOfTheSameDataOnDifferentSchedulesComposeToEither() {
        float[] latent = noise(10, 2);
        for (double level : new double[] {99, 80, 40, 5, 0}) {
            Denoiser composed = new Composition(
                    List.of(
                            parent(gaussian(VP, 5, -0.4)),
                            parent(gaussian(FLOW, 5, -0.4)),
                            parent(gaussian(EDM, 5, -0.4))),
                    new Operator.Linear(0.5, 0.3, 0.2));
            assertArrayEquals(ask(gaussian(VP, 5, -0.4), latent, level), ask(composed, latent, level), 1e-3f);
        }
    }

    @Test
    void aDiscretePolicyGoesToItsNearestLevelAndKeepsTheStrengthOfThatLevel() {
        LevelMatch match = new LevelMatch(FLOW, VP);
        match.at(0.5); // signal and noise equal: lambda = 0 lies between two levels k
        double k = VP.level(0.0);
        assertEquals(Math.rint(k), match.level());
        assertEquals(1.0 / Math.hypot(0.5, 0.5), match.scale(), 1e-12);
        match.at(0.0);
        assertEquals(99.0, match.level());
        assertEquals(1.0, match.scale(), 1e-12);
        // between its levels the answer is off by no more than a level's width
        float[] latent = noise(10, 3);
        float[] composed = ask(either(gaussian(FLOW, 5, 0.2), gaussian(VP, 5, 0.2), 0.0), latent, 0.4321);
        assertArrayEquals(ask(gaussian(FLOW, 5, 0.2), latent, 0.4321), composed, 0.02f);
    }

    @Test
    void aFlowThatBeginsAtPureNoiseIsShownToTheOthersAtTheirNoisiest() {
        LevelMatch match = new LevelMatch(FLOW, EDM);
        match.at(0.0);
        assertEquals(80.0, match.level());
        assertEquals(Math.hypot(1.0, 80.0), match.scale(), 1e-9);
        match = new LevelMatch(VP, FLOW); // tau = alpha / (alpha + sigma)
        match.at(30.0);
        assertEquals(VP.alpha(30) / (VP.alpha(30) + VP.sigma(30)), match.level(), 1e-12);
        assertEquals(1.0 / (VP.alpha(30) + VP.sigma(30)), match.scale(), 1e-12);
    }

    @Test
    void theTailOfTheLongerPolicyIsItsOwn() {
        float[] latent = noise(10, 4);
        float[] composed = ask(either(gaussian(VP, 5, 0.5), gaussian(VP, 3, -0.5), 0.6), latent, 40);
        float[] longer = ask(gaussian(VP, 5, 0.5), latent, 40);
        float[] other = ask(gaussian(VP, 5, -0.5), latent, 40);
        for (int i = 0; i < 10; i++) {
            double expected = i % 5 < 3 ? 0.6 * longer[i] + 0.4 * other[i] : longer[i];
            assertEquals(expected, composed[i], 1e-6, "element " + i);
        }
    }

    @Test
    void everyParentSeesItsOwnPartOfTheCondition() {
        ChunkMixture first = new ChunkMixture(VP, 2, 1, 1, 2, 0.1, new double[] {0.0});
        ChunkMixture second = new ChunkMixture(VP, 2, 1, 1, 1, 0.1, new double[] {0.0});
        Denoiser composed = new Composition(
                List.of(
                        new Parent("a", first, ConditionSlice.range(3, 0, 2)),
                        new Parent("b", second, ConditionSlice.range(3, 2, 1))),
                new Operator.Linear(0.5, 0.5));
        assertEquals(3, composed.conditionSize());
        float[] clean = new float[2];
        composed.denoise(new float[2], 99, new float[] {0.1f, 0.2f, 0.5f, -0.1f, -0.2f, -0.7f}, clean);
        // at pure noise the estimate is the mean, which is the sum of what is seen
        assertArrayEquals(new float[] {(0.3f + 0.5f) / 2, (-0.3f - 0.7f) / 2}, clean, 1e-5f);
    }

    /** Shares of chunks near each of some places, after full ancestral sampling of a batch. */
    private static double[] shares(Denoiser denoiser, double... places) {
        float[] latent = noise(denoiser.latentSize(), 5);
        DdpmSampler sampler = new DdpmSampler(VP, NO_CLIP, DdpmSampler.allLevels(VP), latent.length);
        assertTrue(sampler.sample(denoiser, new float[latent.length], latent, new GaussianNoise(6)));
        double[] shares = new double[places.length];
        for (float value : latent) {
            for (int i = 0; i < places.length; i++) {
                shares[i] += Math.abs(value - places[i]) < 0.15 ? 1.0 / latent.length : 0.0;
            }
        }
        return shares;
    }

    private static Denoiser lines(Operator operator, double[] one, double[] other) {
        return new Composition(
                List.of(
                        parent(ChunkMixture.line(VP, MANY, 0.05, one)),
                        parent(ChunkMixture.line(VP, MANY, 0.05, other))),
                operator);
    }

    @Test
    void orDrawsTheModesOfEitherAndNothingBetween() {
        double[] shares =
                shares(lines(new Operator.Or(1.0, new double[2]), new double[] {-0.7}, new double[] {0.7}), -0.7, 0.7);
        assertEquals(0.5, shares[0], 0.05);
        assertEquals(0.5, shares[1], 0.05);
        double[] prior = {Math.log(0.8), Math.log(0.2)};
        shares = shares(lines(new Operator.Or(1.0, prior), new double[] {-0.7}, new double[] {0.7}), -0.7, 0.7);
        assertEquals(0.8, shares[0], 0.05);
        assertEquals(0.2, shares[1], 0.05);
        double[] between = shares(lines(new Operator.Linear(0.5, 0.5), new double[] {-0.7}, new double[] {0.7}), 0.0);
        assertTrue(between[0] > 0.95, "a linear composition draws in between: " + between[0]);
    }

    @Test
    void andDrawsTheModeThatBothHave() {
        double[] one = {-0.8, 0.0};
        double[] other = {0.0, 0.8};
        double[] both = shares(lines(new Operator.And(-1.0, 2.0), one, other), -0.8, 0.0, 0.8);
        double[] linear = shares(lines(new Operator.Linear(0.5, 0.5), one, other), -0.8, 0.0, 0.8);
        assertTrue(both[1] > 0.97, Arrays.toString(both));
        assertTrue(linear[1] < 0.93, "fixed weights lose some between the modes: " + Arrays.toString(linear));
    }

    @Test
    void scoreErrorIsTheQuadraticWhoseMinimumIsKnown() {
        // data N(0.2, 0.3^2); policies that are wrong about its mean
        GaussianDenoiser low = new GaussianDenoiser(VP, 1, 5, 1, 1, -0.1, 0.3);
        GaussianDenoiser high = new GaussianDenoiser(VP, 1, 5, 1, 1, 0.3, 0.3);
        ScoreError error = new ScoreError(List.of(parent(low), parent(high)));
        GaussianNoise noise = new GaussianNoise(7);
        float[] chunk = new float[5];
        for (int i = 0; i < 20_000; i++) {
            noise.fill(chunk);
            for (int j = 0; j < chunk.length; j++) {
                chunk[j] = 0.2f + 0.3f * chunk[j];
            }
            error.add(chunk, new float[1], 40, noise);
        }
        // the composition's mean is w (-0.1) + (1 - w) 0.3, right at w = 1/4; Q is its error plus what no policy can
        // know
        double g = VP.alpha(40) / VP.sigma(40) * (1.0 - low.gain(40) * VP.alpha(40));
        double floor =
                1.0 - VP.sigma(40) * VP.sigma(40) / (VP.alpha(40) * VP.alpha(40) * 0.09 + VP.sigma(40) * VP.sigma(40));
        for (double w : new double[] {0.0, 0.25, 0.5, 1.0}) {
            double off = 0.2 - (0.3 - 0.4 * w);
            assertEquals(floor + g * g * off * off, error.of(new double[] {w, 1.0 - w}), 0.01);
        }
        List<WeightSearch.Trial> trials = WeightSearch.grid(2, 20, error::of);
        assertEquals(21, trials.size());
        assertEquals(0.25, trials.getFirst().weights().getFirst(), 0.051);
    }

    @Test
    void weightsAreTriedOnTheWholeSimplex() {
        double[] wanted = {0.2, 0.5, 0.3};
        List<WeightSearch.Trial> trials = WeightSearch.grid(3, 10, w -> {
            double sum = 0.0;
            for (int i = 0; i < 3; i++) {
                sum += Math.pow(w[i] - wanted[i], 2);
            }
            return sum;
        });
        assertEquals(66, trials.size());
        assertEquals(List.of(0.2, 0.5, 0.3), trials.getFirst().weights());
        assertEquals(0.0, trials.getFirst().metric(), 1e-12);
    }

    @Test
    void theSameDenoiserBehindTwoParentsIsCountedAndClosedOnce() {
        ChunkMixture policy = ChunkMixture.line(VP, 1, 0.1, 0.0);
        Denoiser composed = either(policy, policy, 0.5);
        ask(composed, new float[1], 10);
        composed.reset();
        composed.commit();
        composed.close();
        assertEquals(2, composed.evaluations());
        assertEquals(List.of(1, 1, 1), List.of(policy.resets, policy.commits, policy.closes));
    }

    @Test
    void policiesThatCannotBeComposedAreRefusedWithTheReason() {
        Denoiser policy = gaussian(VP, 5, 0.0);
        assertMessage(
                () -> either(policy, Inpainting.of(policy, new int[] {0}, new float[1]), 0.5),
                "around the composition");
        assertMessage(() -> either(policy, new GaussianDenoiser(VP, 2, 5, 2, 1, 0.0, 1.0), 0.5), "2 elements");
        assertMessage(() -> new Composition(List.of(parent(policy)), new Operator.Linear(0.5, 0.5)), "one weight");
        assertMessage(() -> new Operator.Linear(0.5, 0.6), "must be 1");
        assertMessage(
                () -> new Composition(
                        List.of(parent(policy), parent(gaussian(VP, 3, 0.0))), new Operator.And(0.0, 1.0)),
                "different horizons");
        assertMessage(() -> either(policy, gaussian(VP, 3, 0.0), 0.0), "longest");
        assertMessage(() -> new Operator.And(0.6, 1.0), "0.5");
        assertMessage(() -> new Operator.Or(-1.0, new double[2]), "temperature");
    }

    private static void assertMessage(Runnable task, String part) {
        String message = assertThrows(BadInputException.class, task::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void composingAllocatesNothing() {
        float[] latent = noise(10, 8);
        float[] condition = new float[2];
        float[] clean = new float[10];
        List<Parent> parents = List.of(parent(gaussian(VP, 5, 0.1)), parent(gaussian(FLOW, 5, 0.2)));
        for (Operator operator : List.of(
                new Operator.Linear(0.3, 0.7), new Operator.Or(1.0, new double[2]), new Operator.And(0.0, 1.0))) {
            Composition composed = new Composition(parents, operator);
            assertEquals(0, Allocation.bytesOfThousandRuns(() -> {
                composed.denoise(latent, 40, condition, clean);
                composed.denoise(latent, 10, condition, clean);
            }));
        }
    }
}
