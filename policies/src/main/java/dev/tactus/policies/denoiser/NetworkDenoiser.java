package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.SamplerSpec;
import dev.tactus.policies.bundle.SamplingSpec;
import dev.tactus.policies.bundle.ScheduleSpec;
import dev.tactus.policies.schedule.LevelEncoding;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.Parameterisation;
import dev.tactus.policies.schedule.Prediction;

/**
 * A network that predicts by its parameterisation, seen as a denoiser: scales the latent on its way in where the
 * parameterisation asks for it, tells the network the level in its encoding, and converts the prediction to the clean
 * chunk. Owns the network.
 */
public final class NetworkDenoiser extends NetworkBased {
    private final NoiseSchedule schedule;
    private final Prediction prediction;
    private final LevelEncoding encoding;
    private final boolean preconditioned;
    private final float[] input;
    private final float[] levels;
    private int cleanRows;

    /**
     * Makes a denoiser.
     *
     * @param network the network; closed with the denoiser
     * @param schedule the schedule it was trained with
     * @param parameterisation what it predicts
     * @param encoding how it is told a level
     * @param sigmaData standard deviation of the data that its preconditioning assumes; 0 if it has none
     */
    public NetworkDenoiser(
            Network network,
            NoiseSchedule schedule,
            Parameterisation parameterisation,
            LevelEncoding encoding,
            double sigmaData) {
        super(network);
        this.schedule = schedule;
        this.prediction = new Prediction(parameterisation, schedule, sigmaData);
        this.encoding = encoding;
        this.preconditioned = switch (parameterisation) {
            case KARRAS, CONSISTENCY, TRAJECTORY -> true;
            case EPSILON, X0, V, VELOCITY, NEGATIVE_VELOCITY, SCORE -> false;
        };
        this.levels = new float[network.batch() * network.horizon()];
        this.input = new float[network.batch() * network.horizon() * network.actionSize()];
    }

    /**
     * A policy's network as its description has it. A kind that is asked for no noise level answers with the chunk
     * itself, whatever the level; an energy answers with a gradient step.
     *
     * @param spec the description
     * @param network the network; closed with the denoiser
     * @return the denoiser
     */
    public static Denoiser of(PolicySpec spec, Network network) {
        SamplingSpec sampling = spec.sampling();
        if (sampling.sampler() instanceof SamplerSpec.Energy energy) {
            return new EnergyDenoiser(network, energy.eta());
        }
        boolean levelless = sampling.schedule() instanceof ScheduleSpec.None;
        boolean trajectory = spec.network().stopLevel().isPresent();
        return new NetworkDenoiser(
                network,
                levelless ? new LinearFlow() : sampling.noiseSchedule(),
                trajectory ? Parameterisation.TRAJECTORY : sampling.parameterisation(),
                sampling.levelEncoding(),
                sampling.sigmaData());
    }

    @Override
    public NoiseSchedule schedule() {
        return schedule;
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        prediction.at(level);
        if (cleanRows == 0) {
            evaluate(scaled(latent), encoding.encode(level), condition, clean);
        } else {
            tellRows(encoding.encode(level));
            evaluateRows(latent, levels, condition, clean);
        }
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) prediction.clean(latent[i], clean[i]);
        }
    }

    /** {@inheritDoc} A preconditioned network scales its input by one level and cannot be told. */
    @Override
    public boolean cleanRows(int rows) {
        boolean can = rows == 0 || network().levelPerRow() && !preconditioned;
        cleanRows = can ? rows : cleanRows;
        return can;
    }

    private void tellRows(float level) {
        float cleanest = encoding.encode(schedule.cleanest());
        for (int i = 0; i < levels.length; i++) {
            levels[i] = i % horizon() < cleanRows ? cleanest : level;
        }
    }

    private float[] scaled(float[] latent) {
        double scale = prediction.ofInput();
        if (scale == 1.0) {
            return latent;
        }
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) (scale * latent[i]);
        }
        return input;
    }
}
