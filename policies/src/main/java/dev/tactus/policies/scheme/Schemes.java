package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.sampler.DdimSampler;
import dev.tactus.policies.sampler.DdpmSampler;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.List;

/**
 * The schemes by the names that {@code --scheme} takes: {@code full} (receding horizon, DDPM over every level),
 * {@code ddim} (receding horizon, DDIM), {@code rti} (real-time iteration).
 */
public final class Schemes {
    private Schemes() {}

    /**
     * The names that {@link #create} knows.
     *
     * @return the names
     */
    public static List<String> names() {
        return List.of("full", "ddim", "rti");
    }

    /**
     * Makes a scheme.
     *
     * @param options which one, and what of the bundle to override
     * @param spec the policy
     * @param source opens its denoiser, which is closed with the scheme
     * @param noise where noise comes from
     * @return the scheme
     * @throws BadInputException for an unknown name, or an option out of range
     */
    public static ExecutionScheme create(
            SchemeOptions options, PolicySpec spec, DenoiserSource source, NoiseSource noise) {
        if (spec.kind() != PolicyKind.DIFFUSION) {
            throw new BadInputException("policy '" + spec.name() + "' is of kind " + spec.kind()
                    + "; the schemes of this version run diffusion policies");
        }
        Denoiser denoiser = source.open(1);
        try {
            requireShapes(spec, denoiser);
            return create(options, spec, denoiser, noise);
        } catch (RuntimeException e) {
            denoiser.close();
            throw e;
        }
    }

    private static void requireShapes(PolicySpec spec, Denoiser denoiser) {
        if (denoiser.horizon() != spec.horizon()
                || denoiser.actionSize() != spec.actionSize()
                || denoiser.conditionSize() != spec.conditionSize()) {
            throw new IllegalArgumentException("the denoiser's shapes are not those of policy '" + spec.name() + "'");
        }
    }

    private static ExecutionScheme create(
            SchemeOptions options, PolicySpec spec, Denoiser denoiser, NoiseSource noise) {
        return switch (options.name()) {
            case "full" -> new RecedingHorizon(denoiser, full(spec, denoiser), noise, actionSteps(options, spec));
            case "ddim" ->
                new RecedingHorizon(
                        denoiser, ddim(spec, denoiser, options.ddimSteps()), noise, actionSteps(options, spec));
            case "rti" -> realTimeIteration(options, spec, denoiser, noise);
            default ->
                throw new BadInputException(
                        "scheme '" + options.name() + "' is unknown; allowed is one of " + String.join(", ", names()));
        };
    }

    private static ExecutionScheme realTimeIteration(
            SchemeOptions options, PolicySpec spec, Denoiser denoiser, NoiseSource noise) {
        if (options.actionSteps().isPresent()) {
            throw new BadInputException("action steps with scheme rti: it infers at every tick and executes one"
                    + " action of each chunk. Leave them out, or choose full or ddim.");
        }
        List<Integer> levels = options.rtiSteps().isEmpty() ? spec.requireRti().steps() : options.rtiSteps();
        return new RealTimeIteration(
                spec,
                denoiser,
                full(spec, denoiser),
                ddpm(spec, denoiser, levels),
                noise,
                options.stallTicks().orElse(spec.actionSteps()));
    }

    /**
     * The deterministic sampler of a policy: DDIM with leading spacing and without added noise.
     *
     * @param spec the policy
     * @param denoiser what it will evaluate
     * @param steps N
     * @return the sampler
     */
    public static Sampler ddim(PolicySpec spec, Denoiser denoiser, int steps) {
        LevelGrid grid = LevelGrid.leading(schedule(spec), steps);
        return new DdimSampler(grid, spec.sampling().clipSample(), denoiser.latentSize(), 0.0, false);
    }

    private static Sampler full(PolicySpec spec, Denoiser denoiser) {
        return ddpm(spec, denoiser, DdpmSampler.allLevels(schedule(spec)));
    }

    private static Sampler ddpm(PolicySpec spec, Denoiser denoiser, List<Integer> levels) {
        return new DdpmSampler(schedule(spec), spec.sampling().clipSample(), levels, denoiser.latentSize());
    }

    private static VariancePreserving schedule(PolicySpec spec) {
        return spec.sampling().discreteSchedule();
    }

    private static int actionSteps(SchemeOptions options, PolicySpec spec) {
        int actionSteps = options.actionSteps().orElse(spec.actionSteps());
        int remaining = spec.horizon() - spec.observationSteps() + 1;
        if (actionSteps < 1 || actionSteps > remaining) {
            throw new BadInputException(actionSteps + " action steps; a chunk of policy '" + spec.name() + "' serves "
                    + remaining + ", so 1 to that are allowed");
        }
        return actionSteps;
    }
}
