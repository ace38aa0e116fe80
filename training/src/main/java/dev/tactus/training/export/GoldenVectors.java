package dev.tactus.training.export;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Golden;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.training.nn.RandomStream;
import dev.tactus.training.nn.RandomStream.Purpose;
import dev.tactus.training.nn.ResidualMlp;
import java.util.ArrayList;
import java.util.List;

/**
 * Records what the trained network answers, computed here with libtorch and a DDIM of its own, so that a bundle's replay
 * is compared with a second implementation. DDIM with leading spacing and no added noise (Song et al., "Denoising
 * diffusion implicit models", equation 12): {@code x' = sqrt(abar') x0 + sqrt(1 - abar') eps}, the clean sample x0
 * clipped and eps not recomputed after that.
 */
public final class GoldenVectors {
    private static final int MOST_STEPS = 10;

    private GoldenVectors() {}

    /**
     * Records answers.
     *
     * @param network the network, whose parameters are those of the export
     * @param spec the policy
     * @param observations physical observations, each [To][observation size], oldest first
     * @param seed of the noise
     * @return the recorded answers, one for each observation
     */
    public static Golden record(ResidualMlp network, PolicySpec spec, List<float[]> observations, long seed) {
        List<Golden.Case> cases = new ArrayList<>();
        for (int i = 0; i < observations.size(); i++) {
            RandomStream random = new RandomStream(seed, Purpose.CHECK, i + 1);
            float[] noise = new float[spec.horizon() * spec.actionSize()];
            for (int j = 0; j < noise.length; j++) {
                noise[j] = (float) random.nextGaussian();
            }
            float[] condition = normalised(spec, observations.get(i));
            cases.add(new Golden.Case(
                    observations.get(i), noise, physical(spec, sample(network, spec, noise, condition))));
        }
        return new Golden(steps(spec), cases);
    }

    private static int steps(PolicySpec spec) {
        return Math.min(MOST_STEPS, spec.sampling().discreteSchedule().steps());
    }

    private static float[] sample(ResidualMlp network, PolicySpec spec, float[] noise, float[] condition) {
        VariancePreserving schedule = spec.sampling().discreteSchedule();
        double clip = spec.sampling().clipSample();
        Predictor predictor = new Predictor(network);
        int stride = schedule.steps() / steps(spec);
        float[] x = noise.clone();
        for (int k = (steps(spec) - 1) * stride; k >= 0; k -= stride) {
            float[] epsilon = predictor.predict(x, new long[] {k}, condition);
            double abar = schedule.alphaBar(k);
            double abarNext = schedule.alphaBar(k - stride);
            for (int i = 0; i < x.length; i++) {
                double clean = Math.clamp((x[i] - Math.sqrt(1 - abar) * epsilon[i]) / Math.sqrt(abar), -clip, clip);
                x[i] = (float) (Math.sqrt(abarNext) * clean + Math.sqrt(1 - abarNext) * epsilon[i]);
            }
        }
        return x;
    }

    private static float[] normalised(PolicySpec spec, float[] observations) {
        float[] condition = new float[observations.length];
        int at = 0;
        while (at < condition.length) {
            for (ObservationTerm term : spec.observations()) {
                for (int i = 0; i < term.size(); i++, at++) {
                    condition[at] = (float) term.normalisation().apply(i, observations[at]);
                }
            }
        }
        return condition;
    }

    private static double[] physical(PolicySpec spec, float[] chunk) {
        double[] actions = new double[chunk.length];
        int at = 0;
        while (at < actions.length) {
            for (ActionTerm term : spec.actions()) {
                for (int i = 0; i < term.size(); i++, at++) {
                    actions[at] = term.normalisation().invert(i, chunk[at]);
                }
            }
        }
        return actions;
    }
}
