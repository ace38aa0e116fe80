package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.schedule.LevelEncoding;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.Parameterisation;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;

/**
 * How an action chunk comes out of a network.
 *
 * @param parameterisation what the network predicts; {@code X0} where it is asked for no noise level
 * @param schedule the noise schedule that it was trained with
 * @param levelEncoding how a level is told to the network
 * @param clipSample bound on every element of the clean sample, normalised; {@code Double.MAX_VALUE} for none
 * @param sampler the sampler that the policy's author names
 * @param noise algorithm of the noise, {@link dev.tactus.policies.sampler.GaussianNoise#ALGORITHM}
 */
public record SamplingSpec(
        Parameterisation parameterisation,
        ScheduleSpec schedule,
        LevelEncoding levelEncoding,
        double clipSample,
        SamplerSpec sampler,
        String noise) {

    /**
     * The schedule in a line, for people.
     *
     * @return for example {@code squared_cosine, steps 100}; empty if there is none
     */
    public String scheduleWords() {
        return schedule instanceof ScheduleSpec.None ? "" : PolicyYamlWriter.phrase(schedule);
    }

    /**
     * The sampler in a line, for people.
     *
     * @return for example {@code ddim, steps 16, spacing leading, eta 0.0, recompute_noise false}
     */
    public String samplerWords() {
        return PolicyYamlWriter.phrase(sampler);
    }

    /**
     * The noise schedule to compute with.
     *
     * @return the schedule
     * @throws BadInputException if the policy has none
     */
    public NoiseSchedule noiseSchedule() {
        return switch (schedule) {
            case ScheduleSpec.Discrete d -> discrete(d);
            case ScheduleSpec.Edm e -> new VarianceExploding(e.sigmaMin(), e.sigmaMax());
            case ScheduleSpec.Flow f -> new LinearFlow();
            case ScheduleSpec.None n ->
                throw new BadInputException("this kind of policy has no noise schedule: its network is asked for no"
                        + " noise level. Choose a policy of kind diffusion, flow or consistency.");
        };
    }

    /**
     * The schedule of a policy with discrete levels.
     *
     * @return the schedule
     * @throws BadInputException if it has another kind of schedule, or none
     */
    public VariancePreserving discreteSchedule() {
        if (schedule instanceof ScheduleSpec.Discrete d) {
            return discrete(d);
        }
        throw new BadInputException("DDPM and DDIM step over the whole levels of a discrete schedule; this policy has "
                + schedule + ". Choose a sampler of its own schedule.");
    }

    private static VariancePreserving discrete(ScheduleSpec.Discrete d) {
        return switch (d.name()) {
            case SQUARED_COSINE -> VariancePreserving.squaredCosine(d.steps());
            case LINEAR -> VariancePreserving.linear(d.steps(), d.betaStart(), d.betaEnd());
            case SCALED_LINEAR -> VariancePreserving.scaledLinear(d.steps(), d.betaStart(), d.betaEnd());
        };
    }

    /**
     * Standard deviation of the data that the network's preconditioning assumes.
     *
     * @return sigma_data of an EDM schedule; 0 elsewhere
     */
    public double sigmaData() {
        return schedule instanceof ScheduleSpec.Edm edm ? edm.sigmaData() : 0.0;
    }
}
