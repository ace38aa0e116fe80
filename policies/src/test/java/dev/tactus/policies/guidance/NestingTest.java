package dev.tactus.policies.guidance;

import static dev.tactus.policies.guidance.Descents.VP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.ChunkMixture;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Guidance wraps guidance: whatever the order, the whole is a denoiser that any sampler takes. */
class NestingTest {
    private static final int H = 4;
    private static final int D = 2;
    private static final ChunkLayout LAYOUT = new ChunkLayout(H, D, 1);
    private static final int BATCH = 3;
    private static final int SIZE = BATCH * H * D;
    private static final int[] COLUMNS = {0, 1};

    private static Denoiser policy(NoiseSchedule schedule) {
        return new ChunkMixture(schedule, BATCH, H, D, 1, 0.1, mode(0.5), mode(-0.5), mode(0.1));
    }

    private static double[] mode(double value) {
        double[] mode = new double[H * D];
        java.util.Arrays.fill(mode, value);
        return mode;
    }

    /** Those that may stand in any place, and those that move the latent and so stay outside of compositions. */
    private static Map<String, UnaryOperator<Denoiser>> wrappers(NoiseSchedule schedule, boolean moving) {
        Cost point = TrackingCost.point(LAYOUT, COLUMNS, new double[] {0.4, 0.4});
        Cost box = new BoundsCost(LAYOUT, COLUMNS, new double[] {-0.3, -0.3}, new double[] {0.3, 0.3});
        double late = schedule.level(VP.logSnr(5));
        double early = schedule.level(VP.logSnr(60));
        Map<String, UnaryOperator<Denoiser>> all = new LinkedHashMap<>();
        if (moving) {
            all.put("SS", d -> SteeringGuidance.stochasticSampling(d, point, 2.0, late, 3, 1.0, 1));
            all.put("cost", d -> new CostGuidance(d, box, 0.1, 2, late));
            all.put("BI", d -> new BiasedInitialization(d, new int[] {3}, new float[1], 0.5, early, 2));
            all.put("inpainting", d -> Inpainting.of(d, new int[] {1, 6}, new float[] {0.2f, 0.7f}));
        } else {
            all.put("GD", d -> SteeringGuidance.guidedDiffusion(d, point, 0.5, late));
            all.put("CFG", d -> ClassifierFreeGuidance.of(d, new int[] {0}, new float[1], 1.5));
            all.put("RLG", d -> ReinforcementLearningGuidance.of(d, policy(schedule), 0.5, 1));
        }
        return all;
    }

    /** Pairs of every two, and longer stacks at random; composing ones inside. */
    private static Map<String, Denoiser> stacks(NoiseSchedule schedule) {
        Map<String, Denoiser> stacks = new LinkedHashMap<>();
        wrappers(schedule, false).forEach((a, inside) -> {
            wrappers(schedule, false)
                    .forEach((b, next) -> stacks.put(b + "(" + a + ")", next.apply(inside.apply(policy(schedule)))));
            wrappers(schedule, true)
                    .forEach((b, next) -> stacks.put(b + "(" + a + ")", next.apply(inside.apply(policy(schedule)))));
        });
        wrappers(schedule, true)
                .forEach((a, inside) -> wrappers(schedule, true)
                        .forEach((b, next) ->
                                stacks.put(b + "(" + a + ")", next.apply(inside.apply(policy(schedule))))));
        Random random = new Random(1);
        for (int i = 0; i < 8; i++) {
            Denoiser denoiser = policy(schedule);
            String name = "policy";
            for (boolean moving : new boolean[] {false, false, true, true, true}) {
                List<Map.Entry<String, UnaryOperator<Denoiser>>> choice =
                        List.copyOf(wrappers(schedule, moving).entrySet());
                var next = choice.get(random.nextInt(choice.size()));
                denoiser = next.getValue().apply(denoiser);
                name = next.getKey() + "(" + name + ")";
            }
            stacks.put(name, denoiser);
        }
        return stacks;
    }

    @Test
    void everyStackGoesWithEverySampler() {
        for (NoiseSchedule schedule : Descents.SCHEDULES) {
            for (Sampler sampler : Descents.all(schedule, SIZE)) {
                stacks(schedule).forEach((name, denoiser) -> check(sampler, denoiser, name));
            }
        }
    }

    private static void check(Sampler sampler, Denoiser denoiser, String name) {
        String where = name + " with " + sampler + " on " + denoiser.schedule();
        float[] chunks = Descents.draw(sampler, denoiser, 3);
        for (float value : chunks) {
            assertTrue(Float.isFinite(value) && Math.abs(value) < 30.0f, where + ": " + value);
        }
        if (name.startsWith("inpainting")) {
            assertEquals(0.2f, chunks[1], 1e-5f, where);
            assertEquals(0.7f, chunks[H * D + 6], 1e-5f, where);
        }
        assertTrue(denoiser.evaluations() > 0, where);
        denoiser.reset();
        denoiser.commit();
    }

    @Test
    void noStackAllocates() {
        GaussianNoise noise = new GaussianNoise(4);
        float[] latent = Descents.noise(SIZE, 5);
        float[] condition = new float[BATCH];
        Sampler sampler = Descents.ancestral(List.of(60, 30, 0), SIZE);
        NoiseSchedule schedule = VP;
        Map<String, UnaryOperator<Denoiser>> wrappers = wrappers(schedule, true);
        wrappers.putAll(wrappers(schedule, false));
        wrappers.put("PR", d -> new CandidateRanking(d, TrackingCost.point(LAYOUT, COLUMNS, new double[2])));
        double eta = VP.sigma(10) * VP.sigma(10);
        wrappers.put("CDSA", d -> new ScoreCorrection(d, policy(schedule), 10, eta, 2, 1.0));
        wrappers.forEach((name, wrapper) -> {
            Denoiser denoiser = wrapper.apply(policy(schedule));
            long bytes = Allocation.bytesOfThousandRuns(() -> {
                sampler.sample(denoiser, condition, latent, noise);
                denoiser.finish(condition, latent);
            });
            assertEquals(0, bytes, name);
        });
    }
}
