package dev.tactus.policies.runner;

import dev.tactus.policies.bundle.ConditionVector;
import dev.tactus.policies.bundle.Golden;
import dev.tactus.policies.bundle.Normaliser;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.ScheduleSpec;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.RecordedNoise;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.sampler.Samplers;
import java.util.ArrayList;
import java.util.List;

/**
 * Records what a network answers, and replays it: observation in physical units to action in physical units, as {@link
 * Golden} says for each kind of policy.
 * The export of {@code training} records with an implementation of its own, so that a replay here checks this one too.
 */
public final class GoldenReplay {
    private static final int STEPS = 10;

    private GoldenReplay() {}

    /**
     * Records answers.
     *
     * @param spec the policy
     * @param denoiser its network, for one chunk at a time
     * @param observations each {@code [window steps][observation size]} in physical units, oldest first
     * @param seed of the noise
     * @return the answers
     */
    public static Golden record(PolicySpec spec, Denoiser denoiser, List<float[]> observations, long seed) {
        int steps = steps(spec);
        GaussianNoise source = new GaussianNoise(seed);
        List<Golden.Case> cases = new ArrayList<>();
        for (float[] observation : observations) {
            float[] noise = new float[Golden.draws(spec) * spec.horizon() * spec.actionSize()];
            source.fill(noise);
            cases.add(new Golden.Case(observation.clone(), noise, answer(spec, denoiser, steps, observation, noise)));
        }
        return new Golden(steps, List.copyOf(cases));
    }

    /**
     * Replays recorded answers.
     *
     * @param spec the policy
     * @param golden the recorded answers
     * @param denoiser the network to compare, for one chunk at a time
     * @return for each case the largest difference of any element, in normalised units; NaN if the network returned
     *     something not finite
     */
    public static double[] errors(PolicySpec spec, Golden golden, Denoiser denoiser) {
        Normaliser actions = Normaliser.ofActions(spec);
        double[] errors = new double[golden.cases().size()];
        for (int i = 0; i < errors.length; i++) {
            Golden.Case one = golden.cases().get(i);
            double[] found = answer(spec, denoiser, golden.steps(), one.observation(), one.noise());
            for (int j = 0; j < found.length; j++) {
                int element = j % actions.size();
                double difference = actions.apply(element, found[j]) - actions.apply(element, one.action()[j]);
                errors[i] = Math.max(errors[i], Math.abs(difference));
            }
        }
        return errors;
    }

    private static int steps(PolicySpec spec) {
        if (!Golden.stepped(spec)) {
            return 0;
        }
        return spec.sampling().schedule() instanceof ScheduleSpec.Discrete discrete
                ? Math.min(STEPS, discrete.steps())
                : STEPS;
    }

    private static double[] answer(PolicySpec spec, Denoiser denoiser, int steps, float[] observation, float[] noise) {
        float[] condition = new float[spec.conditionSize()];
        new ConditionVector(spec).fill(observation, condition);
        float[] latent = new float[denoiser.latentSize()];
        Sampler sampler =
                steps > 0 ? Samplers.implicit(spec, steps, latent.length) : Samplers.full(spec, latent.length);
        NoiseSource recorded = new RecordedNoise(noise);
        denoiser.reset();
        sampler.begin(latent, recorded);
        boolean finite = sampler.sample(denoiser, condition, latent, recorded);
        Normaliser actions = Normaliser.ofActions(spec);
        double[] action = new double[latent.length];
        for (int i = 0; i < action.length; i++) {
            action[i] = finite ? actions.invert(i % actions.size(), latent[i]) : Double.NaN;
        }
        return action;
    }
}
