package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;
import java.util.OptionalInt;

/**
 * Receding horizon (Chi et al., Diffusion Policy, IJRR 2024): denoise a chunk from pure noise, execute Ta of its rows,
 * then denoise the next. What the episode did before enters through the observations only.
 *
 * <p>A chunk that arrives d ticks late is executed from its row d on, because rows belong to ticks. Inference begins Ta
 * ticks after the last, so rows d to d + Ta - 1 are executed; a scheme that plans ahead begins d ticks earlier and stays
 * among the first Ta rows.
 */
public final class RecedingHorizon extends ExecutionScheme {
    private static final int DELAYS = 10;

    private final Sampler sampler;
    private final int actionSteps;
    private final boolean ahead;
    private final float[] chunk;

    /**
     * What a user may say about it.
     *
     * @param name {@code full} or {@code ddim}, for messages and reports
     * @param sampler how chunks are denoised
     * @param actionSteps Ta; the bundle's if empty
     * @param ahead whether inference begins earlier by the delay that was measured
     */
    public record Options(String name, SamplerChoice sampler, OptionalInt actionSteps, boolean ahead)
            implements SchemeOptions {

        /**
         * As the bundle's author samples.
         *
         * @return the options
         */
        public static Options full() {
            return new Options("full", new SamplerChoice.Bundle(), OptionalInt.empty(), false);
        }

        /**
         * The deterministic sampler, DDIM for most.
         *
         * @return the options
         */
        public static Options ddim() {
            return new Options("ddim", SamplerChoice.STANDARD, OptionalInt.empty(), false);
        }

        @Override
        public String text() {
            return new SettingsText(name)
                    .add("steps", sampler, name.equals("ddim") ? SamplerChoice.STANDARD : new SamplerChoice.Bundle())
                    .add("action_steps", actionSteps, OptionalInt.empty())
                    .add("ahead", ahead, false)
                    .toString();
        }

        @Override
        public Options withActionSteps(int ticks) {
            return new Options(name, sampler, OptionalInt.of(ticks), ahead);
        }

        /**
         * The same with another sampler.
         *
         * @param other how chunks are denoised
         * @return the options
         */
        public Options withSampler(SamplerChoice other) {
            return new Options(name, other, actionSteps, ahead);
        }
    }

    /**
     * Makes a scheme.
     *
     * @param spec the policy
     * @param denoiser what the sampler asks; closed with the scheme
     * @param sampler from pure noise to a clean chunk
     * @param noise where noise comes from
     * @param options Ta and whether to plan ahead
     * @throws BadInputException if Ta is out of range
     */
    public RecedingHorizon(PolicySpec spec, Denoiser denoiser, Sampler sampler, NoiseSource noise, Options options) {
        super(spec, denoiser, noise, new DelayWindow(0, DELAYS));
        this.sampler = sampler;
        this.actionSteps =
                Schemes.requireServed("action steps", options.actionSteps().orElse(spec.actionSteps()), spec);
        this.ahead = options.ahead();
        this.chunk = new float[denoiser.latentSize()];
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = elapsed(tick);
        int rest = ahead ? Math.max(1, actionSteps - delayTicks()) : actionSteps;
        if (hasChunk() && elapsed >= 0 && elapsed < rest) {
            return CycleStatus.SAME_CHUNK;
        }
        boolean ordinary = hasChunk() && elapsed >= 0;
        sampler.begin(chunk, noise());
        return infer(sampler, condition, chunk, tick, ordinary);
    }

    @Override
    public float[] chunk() {
        return chunk;
    }
}
