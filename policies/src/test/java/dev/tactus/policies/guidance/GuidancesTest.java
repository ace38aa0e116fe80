package dev.tactus.policies.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.Normaliser;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.scheme.SchemeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuidancesTest {
    private static final PolicySpec SPEC = ReachPolicy.spec();
    private static final int D = ReachPolicy.ACTION;

    @TempDir
    Path folder;

    private static Denoiser gaussian(int batch) {
        return new GaussianDenoiser(Descents.VP, batch, ReachPolicy.HORIZON, D, ReachPolicy.CONDITION, 0.1, 0.3);
    }

    private Denoiser guided(String yaml) {
        return source(yaml).open(1);
    }

    private DenoiserSource source(String yaml) {
        Path file = folder.resolve("guidance.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Guidances.wrap(GuidancesTest::gaussian, SPEC, file, TinyBundle::open);
    }

    private static float[] ask(Denoiser denoiser, float[] latent, double level) {
        float[] clean = new float[denoiser.latentSize()];
        denoiser.denoise(latent, level, new float[ReachPolicy.CONDITION], clean);
        return clean;
    }

    private static final String INPAINTING = """
            schema: 1
            guidance:
              - type: inpainting
                term: position
                unit: m
                rows:
                  - {row: 0, at: [0.5, 0.1, 0.15]}
                  - {row: 3, at: [0.6, 0.2, 0.1]}
            """;

    @Test
    void targetsInPhysicalUnitsOfNamedTermsBecomeNormalisedOnesFromNowOn() {
        float[] clean = ask(guided(INPAINTING), Descents.noise(ReachPolicy.LATENT, 1), 50);
        Normaliser normaliser = Normaliser.ofActions(SPEC);
        int now = SPEC.firstActionRow() * D;
        double[] physical = {0.5, 0.1, 0.15};
        for (int i = 0; i < 3; i++) {
            assertEquals(normaliser.apply(i, physical[i]), clean[now + i], 1e-6);
        }
        assertEquals(normaliser.apply(0, 0.6), clean[now + 3 * D], 1e-6);
        float[] free = ask(gaussian(1), Descents.noise(ReachPolicy.LATENT, 1), 50);
        assertEquals(free[now + 3], clean[now + 3], 0.0);
        assertEquals(free[0], clean[0], 0.0);
    }

    @Test
    void everySteeringStrategyIsWhatItsClassIs() {
        String objective = "objective: {shape: point, term: position, elements: [0, 2], unit: m, at: [0.5, 0.1]}";
        Normaliser normaliser = Normaliser.ofActions(SPEC);
        ChunkLayout layout = new ChunkLayout(SPEC.horizon(), D, SPEC.firstActionRow());
        Cost point = TrackingCost.point(
                layout, new int[] {0, 2}, new double[] {normaliser.apply(0, 0.5), normaliser.apply(2, 0.1)});
        assertSame(
                SteeringGuidance.guidedDiffusion(gaussian(1), point, 20.0, 5),
                "type: guided_diffusion, strength: 20, stop_level: 5, " + objective);
        assertSame(
                SteeringGuidance.stochasticSampling(gaussian(1), point, 60.0, 0, 4, 1.0, 7),
                "type: stochastic_sampling, strength: 60, stop_level: 0, repeats: 4, seed: 7, " + objective);
        Cost costs = new WeightedCosts(
                List.of(
                        new SmoothnessCost(layout, new int[] {0, 1, 2}),
                        new BoundsCost(layout, new int[] {3}, new double[] {-0.05}, new double[] {0.05})),
                2.0,
                3.0);
        assertSame(
                new CostGuidance(gaussian(1), costs, 0.1, 2, 1),
                "type: cost, scale: 0.1, moves: 2, stop_level: 1, costs: [{shape: smoothness, weight: 2, term:"
                        + " position}, {shape: bounds, weight: 3, term: gripper, unit: '1', lower: [-0.5], upper:"
                        + " [0.5]}]");
    }

    private void assertSame(Denoiser expected, String entry) {
        float[] one = Descents.noise(ReachPolicy.LATENT, 2);
        float[] other = one.clone();
        Denoiser guided = guided("schema: 1\nguidance:\n  - {" + entry + "}\n");
        assertArrayEquals(ask(expected, one, 40), ask(guided, other, 40), 1e-6f, entry);
        assertArrayEquals(one, other, 1e-6f, entry);
    }

    @Test
    void aSketchStartsAllRowsAndAPerturbationForcesTheFirst() {
        String points = "term: position, unit: m, points: [{at: [0.4, 0.0, 0.1]}, {at: [0.6, 0.0, 0.1]}]}\n";
        Denoiser biased =
                guided("schema: 1\nguidance:\n  - {type: biased_initialization, deviation: 0, start_level: 50,"
                        + " seed: 1, " + points);
        float[] clean = ask(biased, new float[ReachPolicy.LATENT], 99);
        Normaliser normaliser = Normaliser.ofActions(SPEC);
        assertEquals(normaliser.apply(0, 0.4), clean[D], 1e-6);
        assertEquals(normaliser.apply(0, 0.6), clean[15 * D], 1e-6);
        assertEquals(0, biased.evaluations());
        Denoiser forced = guided("schema: 1\nguidance:\n  - {type: output_perturbation, " + points);
        clean = ask(forced, new float[ReachPolicy.LATENT], 99);
        assertEquals(normaliser.apply(0, 0.4), clean[D], 1e-6);
        assertEquals(normaliser.apply(0, 0.6), clean[2 * D], 1e-6);
        assertEquals(ask(gaussian(1), new float[ReachPolicy.LATENT], 99)[3 * D], clean[3 * D], 0.0);
    }

    @Test
    void rankingOpensItsCandidatesAndLeavesNoneForASchemeThatWantsThem() {
        DenoiserSource source = source(
                "schema: 1\nguidance:\n  - {type: post_hoc_ranking, candidates: 8, objective: {shape: nudge, term:"
                        + " position, unit: m, points: [{at: [0.5, 0, 0]}]}}\n");
        assertEquals(8, source.open(1).batch());
        assertMessage(() -> source.open(4), "post_hoc_ranking");
    }

    @Test
    void aPolicyRunsGuidedUnderItsSchemes() {
        float[] window = new float[ReachPolicy.CONDITION];
        for (String scheme : List.of("full", "ddim", "rti", "rtc")) {
            try (Policy policy = new Policy(SPEC, source(INPAINTING), SchemeOptions.named(scheme), System::nanoTime)) {
                policy.reset(1);
                ActionChunk chunk = policy.newChunk();
                assertEquals(Policy.Status.OK_NEW_CHUNK, policy.act(window, 0, 0, chunk), scheme);
                assertEquals(0.15, chunk.get(0, 2), 1e-6, scheme);
                assertEquals(0.6, chunk.get(3, 0), 1e-6, scheme);
            }
        }
    }

    @Test
    void aSchemeHandsOutTheCandidateThatIsLiked() {
        String plain = "schema: 1\nguidance: []\n";
        String ranked = "schema: 1\nguidance:\n  - {type: post_hoc_ranking, candidates: 64, objective: {shape: point,"
                + " term: position, unit: m, at: [0.55, 0.025, -0.03]}}\n";
        assertTrue(distance(ranked) < 0.8 * distance(plain));
    }

    /** Mean distance of the first command of an episode from the objective, normalised, over some episodes. */
    private double distance(String yaml) {
        double sum = 0.0;
        Normaliser normaliser = Normaliser.ofActions(SPEC);
        double[] at = {0.55, 0.025, -0.03};
        try (Policy policy = new Policy(SPEC, source(yaml), SchemeOptions.named("full"), System::nanoTime)) {
            ActionChunk chunk = policy.newChunk();
            for (int episode = 0; episode < 20; episode++) {
                policy.reset(episode);
                policy.act(new float[ReachPolicy.CONDITION], 0, 0, chunk);
                for (int row = 0; row < policy.chunkRows(); row++) {
                    double square = 0.0;
                    for (int i = 0; i < at.length; i++) {
                        double off = normaliser.apply(i, chunk.get(row, i)) - normaliser.apply(i, at[i]);
                        square += off * off;
                    }
                    sum += Math.sqrt(square);
                }
            }
        }
        return sum;
    }

    @Test
    void guidanceByAnotherBundleTakesItFromBesideTheFile() {
        TinyBundle.write(folder.resolve("tuned"));
        try (Denoiser guided =
                        guided("schema: 1\nguidance:\n  - {type: reinforcement_learning, tuned: tuned, weight: 1.0,"
                                + " zero_init_steps: 0}\n");
                Denoiser corrected = guided(
                        "schema: 1\nguidance:\n  - {type: score_correction, bundle: tuned, level: 10, eta: 0.01, steps:"
                                + " 1}\n")) {
            float[] latent = Descents.noise(ReachPolicy.LATENT, 3);
            assertArrayEquals(ask(TinyBundle.closedForm(TinyBundle.GAIN), latent, 30), ask(guided, latent, 30), 1e-4f);
            float[] chunk = new float[ReachPolicy.LATENT];
            assertTrue(corrected.finish(new float[ReachPolicy.CONDITION], chunk));
            assertEquals(1, corrected.evaluations());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: guidedd | one of inpainting",
                "type: classifier_free, strength: 2 | null_terms",
                "type: inpainting, term: wrist, unit: m, rows: [] | position, gripper",
                "type: inpainting, term: position, unit: rad, rows: [] | write 'm'",
                "type: inpainting, term: position, unit: m, rows: [] | at least one row",
                "type: inpainting, term: position, unit: m, rows: [{row: 0, at: [1]}] | 1 numbers for the 3",
                "type: inpainting, term: position, unit: m, rows: [{row: 15, at: [0, 0, 0]}] | [0, 14]",
                "type: inpainting, term: position, unit: m, rows: [{row: 0, at: [0, 0, 0.2]}] | is clipped to 0.15",
                "type: guided_diffusion, strength: 1, stop_level: 100 | guidance[0].objective",
                "type: cost, scale: 1, moves: 1, stop_level: 100, costs: [] | at least one cost",
                "type: cost, scale: 1, moves: 1, stop_level: 1, costs: [{weight: 1, shape: bounds, term: gripper, unit: '1', lower: [1], upper: [0]}] | exchange",
                "type: cost, scale: 1, moves: 1, stop_level: 1, costs: [{weight: 1, shape: smoothness, term: gripper, elements: [1]}] | has 0 to 0",
                "type: reinforcement_learning, tuned: nowhere, weight: 1, zero_init_steps: 0 | nowhere",
                "type: output_perturbation, term: position, unit: m, points: [], extra: 1 | 1 to 15",
            })
    void whatIsWrongIsSaidWithItsPlace(String entry, String part) {
        assertMessage(() -> source("schema: 1\nguidance:\n  - {" + entry + "}\n"), part);
    }

    private static void assertMessage(Runnable task, String part) {
        String message = assertThrows(BadInputException.class, task::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
