package dev.tactus.policies.guidance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.ConsistencySampler;
import dev.tactus.policies.sampler.DdimSampler;
import dev.tactus.policies.sampler.DdpmSampler;
import dev.tactus.policies.sampler.DpmSolverSampler;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.sampler.OdeSampler;
import dev.tactus.policies.sampler.OdeSampler.Churn;
import dev.tactus.policies.sampler.OdeSampler.Method;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.sampler.UniPcSampler;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.List;

/** Samples from guided denoisers. */
final class Descents {
    static final VariancePreserving VP = VariancePreserving.squaredCosine(100);
    static final List<NoiseSchedule> SCHEDULES = List.of(VP, new VarianceExploding(0.002, 80.0), new LinearFlow());
    static final double NO_CLIP = 1e6;

    private Descents() {}

    static Sampler ancestral(int latentSize) {
        return new DdpmSampler(VP, NO_CLIP, DdpmSampler.allLevels(VP), latentSize);
    }

    static Sampler ancestral(List<Integer> levels, int latentSize) {
        return new DdpmSampler(VP, NO_CLIP, levels, latentSize);
    }

    static Sampler implicit(int steps, int latentSize) {
        return new DdimSampler(LevelGrid.leading(VP, steps), NO_CLIP, latentSize, 0.0, false);
    }

    /** Every sampler there is for a schedule, not clipping. */
    static List<Sampler> all(NoiseSchedule schedule, int size) {
        return switch (schedule) {
            case VariancePreserving discrete ->
                List.of(
                        ancestral(size),
                        ancestral(List.of(7, 5, 3, 1, 0), size),
                        implicit(10, size),
                        new DdimSampler(LevelGrid.trailing(discrete, 10), NO_CLIP, size, 1.0, true),
                        new DpmSolverSampler(LevelGrid.leading(discrete, 10), NO_CLIP, size),
                        new UniPcSampler(LevelGrid.leading(discrete, 10), NO_CLIP, size));
            case VarianceExploding edm ->
                List.of(
                        ode(LevelGrid.karras(edm, 10, 7.0), size, Method.HEUN, new Churn(5.0, 0.0, 80.0, 1.003)),
                        new DpmSolverSampler(LevelGrid.logSnr(edm, 10), NO_CLIP, size),
                        new DdimSampler(LevelGrid.karras(edm, 10, 7.0), NO_CLIP, size, 1.0, false),
                        new ConsistencySampler(LevelGrid.of(edm, 80.0, 10.0, 1.0), NO_CLIP, size, edm.sigmaMin()));
            case LinearFlow flow ->
                List.of(
                        ode(LevelGrid.linspace(flow, 5), size, Method.EULER, Churn.NONE),
                        ode(LevelGrid.linspace(flow, 5), size, Method.MIDPOINT, Churn.NONE),
                        ode(LevelGrid.linspace(flow, 5), size, Method.HEUN, Churn.NONE),
                        new UniPcSampler(LevelGrid.logSnr(flow, 8), NO_CLIP, size));
        };
    }

    private static Sampler ode(LevelGrid grid, int size, Method method, Churn churn) {
        return new OdeSampler(grid, NO_CLIP, size, method, churn);
    }

    static float[] noise(int size, long seed) {
        float[] latent = new float[size];
        new GaussianNoise(seed).fill(latent);
        return latent;
    }

    /** A whole descent from noise; the same noise for the same seed, whatever the denoiser. */
    static float[] draw(Sampler sampler, Denoiser denoiser, long seed) {
        float[] latent = new float[denoiser.latentSize()];
        GaussianNoise noise = new GaussianNoise(seed);
        sampler.begin(latent, noise);
        float[] condition = new float[denoiser.batch() * denoiser.conditionSize()];
        assertTrue(sampler.sample(denoiser, condition, latent, noise));
        return latent;
    }

    static double mean(float[] values) {
        double sum = 0.0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Share of values within 0.2 of a place. */
    static double share(float[] values, double place) {
        int near = 0;
        for (float value : values) {
            near += Math.abs(value - place) < 0.2 ? 1 : 0;
        }
        return (double) near / values.length;
    }
}
