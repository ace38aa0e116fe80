package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;

/**
 * Real-time iteration (Duan, Yin, Kragic, Real-Time Iteration Scheme for Diffusion Policy): the first cycle of an episode
 * denoises fully; every later one takes the last clean chunk, drops the rows whose time has passed, repeats the last row
 * in their place and runs a short list of denoising steps on it, with the newest observation and <em>without</em> adding
 * noise first.
 *
 * <p>Beyond the paper: the guess moves by the ticks that really passed, and when it is too old to be worth anything, or
 * time ran backwards, or the network returned something not finite, the cycle denoises fully again. Every element of a
 * batch keeps its own guess.
 */
public final class RealTimeIteration extends ExecutionScheme {
    private final Sampler full;
    private final Sampler steady;
    private final DiscreteGuess discrete;
    private final int stallTicks;
    private final int horizon;
    private final int actionSize;
    private final float[] guess;
    private boolean hasGuess;

    /**
     * Makes a scheme.
     *
     * @param spec the policy
     * @param denoiser what the samplers ask; closed with the scheme
     * @param full from pure noise to a clean chunk
     * @param steady from the shifted guess to a clean chunk
     * @param noise where noise comes from
     * @param stallTicks ticks without inference after which the guess is given up, 1 to {@code H - To + 1} (then
     *     nothing is left of it)
     * @throws BadInputException if the stall limit is out of range
     */
    public RealTimeIteration(
            PolicySpec spec, Denoiser denoiser, Sampler full, Sampler steady, NoiseSource noise, int stallTicks) {
        super(denoiser, noise);
        int remaining = spec.horizon() - spec.observationSteps() + 1;
        if (stallTicks < 1 || stallTicks > remaining) {
            throw new BadInputException("a stall limit of " + stallTicks + " ticks; a chunk of policy '" + spec.name()
                    + "' serves " + remaining + ", so 1 to that are allowed");
        }
        this.full = full;
        this.steady = steady;
        this.discrete = DiscreteGuess.of(spec);
        this.stallTicks = stallTicks;
        this.horizon = denoiser.horizon();
        this.actionSize = denoiser.actionSize();
        this.guess = new float[denoiser.latentSize()];
    }

    @Override
    public void reset() {
        super.reset();
        hasGuess = false;
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = tick - chunkTick();
        if (hasGuess && elapsed == 0) {
            return CycleStatus.SAME_CHUNK;
        }
        boolean warm = hasGuess && elapsed > 0 && elapsed < stallTicks;
        if (warm) {
            shift((int) elapsed);
        } else {
            full.begin(guess, noise());
        }
        hasGuess = infer(warm ? steady : full, condition, guess, tick, warm);
        if (!hasGuess) {
            return CycleStatus.NON_FINITE;
        }
        discrete.apply(guess, actionSize);
        return CycleStatus.NEW_CHUNK;
    }

    /** Drops the first rows of every chunk and repeats its last row in their place. */
    void shift(int rows) {
        int chunkSize = horizon * actionSize;
        for (int start = 0; start < guess.length; start += chunkSize) {
            System.arraycopy(guess, start + rows * actionSize, guess, start, (horizon - rows) * actionSize);
            int last = start + chunkSize - actionSize; // not moved, so it still is the last row
            for (int row = horizon - rows; row < horizon - 1; row++) {
                System.arraycopy(guess, last, guess, start + row * actionSize, actionSize);
            }
        }
    }

    @Override
    public float[] chunk() {
        return guess;
    }
}
