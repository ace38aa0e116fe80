package dev.tactus.policies.sampler;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.SamplerSpec;
import dev.tactus.policies.bundle.SamplerSpec.Spacing;
import dev.tactus.policies.bundle.SamplingSpec;
import dev.tactus.policies.bundle.ScheduleSpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.sampler.DdpmSampler.Skipping;
import dev.tactus.policies.sampler.OdeSampler.Churn;
import dev.tactus.policies.sampler.OdeSampler.Method;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.List;

/**
 * The samplers that a bundle names: {@link #full}, from where sampling begins to a clean chunk, and {@link #steady},
 * from a clean chunk that is nearly right already to one that is. Not for the real-time path.
 */
public final class Samplers {
    private final SamplingSpec sampling;
    private final double clip;
    private final int latentSize;
    private final double residual;

    private Samplers(PolicySpec spec, int latentSize) {
        this.sampling = spec.sampling();
        this.clip = sampling.clipSample();
        this.latentSize = latentSize;
        // a consistency model's answer has the noise of sigma_min; a trajectory model's chain adds all of each sigma
        boolean trajectory = spec.network().stopLevel().isPresent();
        this.residual = sampling.schedule() instanceof ScheduleSpec.Edm edm && !trajectory ? edm.sigmaMin() : 0.0;
    }

    /**
     * The sampler that a policy's author names.
     *
     * @param spec the policy
     * @param latentSize elements of a latent, {@code B * H * D}
     * @return the sampler
     */
    public static Sampler full(PolicySpec spec, int latentSize) {
        return new Samplers(spec, latentSize).full();
    }

    /**
     * The deterministic sampler with a number of steps of the caller's choice: DDIM with leading spacing on a discrete
     * schedule, Euler on the bundle's own kind of grid elsewhere.
     *
     * @param spec a policy of kind diffusion or flow
     * @param steps N
     * @param latentSize elements of a latent, {@code B * H * D}
     * @return the sampler
     * @throws BadInputException if the policy is of another kind, or has fewer levels
     */
    public static Sampler implicit(PolicySpec spec, int steps, int latentSize) {
        Samplers samplers = new Samplers(spec, latentSize);
        NoiseSchedule schedule = samplers.sampling.noiseSchedule();
        LevelGrid grid = schedule instanceof VariancePreserving discrete
                ? LevelGrid.leading(discrete, steps)
                : samplers.grid(steps);
        return new DdimSampler(grid, samplers.clip, latentSize, 0.0, !(schedule instanceof VariancePreserving));
    }

    /**
     * The sampler of a warm start, which takes the latent as a clean chunk:
     *
     * <ul>
     *   <li>on a discrete schedule, ancestral steps at the listed levels (real-time iteration);
     *   <li>in sigma and on a flow, Euler through those steps of the bundle's own grid that are listed, 0 the last;
     *   <li>a consistency function of several levels, its last call; of one level, the full sampler;
     *   <li>a minimal iterative policy, its second call; an energy, its descent; a direct policy, its one call.
     * </ul>
     *
     * @param spec the policy
     * @param steps levels or steps, strictly descending to 0; read for kinds diffusion and flow only
     * @param skipping what becomes of the levels of a discrete schedule that are left out
     * @param latentSize elements of a latent, {@code B * H * D}
     * @return the sampler
     * @throws BadInputException if the steps do not descend to 0 or are out of range
     */
    public static Sampler steady(PolicySpec spec, List<Integer> steps, Skipping skipping, int latentSize) {
        Samplers samplers = new Samplers(spec, latentSize);
        return switch (spec.kind()) {
            case DIFFUSION, FLOW -> samplers.steady(steps, skipping);
            case CONSISTENCY -> samplers.continuing((SamplerSpec.Consistency) samplers.sampling.sampler());
            case MIP -> samplers.refining((SamplerSpec.Mip) samplers.sampling.sampler());
            case GAUSSIAN, DETERMINISTIC, ENERGY -> samplers.full();
        };
    }

    /**
     * The level at which a sampler asks first.
     *
     * @param sampler a sampler of a policy of kind diffusion or flow
     * @return the level; NaN if it walks no grid of levels
     */
    public static double startLevel(Sampler sampler) {
        return sampler instanceof GridSampler grid ? grid.grid().level(0) : Double.NaN;
    }

    private Sampler full() {
        return switch (sampling.sampler()) {
            case SamplerSpec.Ddpm s -> {
                VariancePreserving discrete = sampling.discreteSchedule();
                yield new DdpmSampler(discrete, clip, DdpmSampler.allLevels(discrete), latentSize);
            }
            case SamplerSpec.Ddim s -> new DdimSampler(grid(s.steps()), clip, latentSize, s.eta(), s.recomputeNoise());
            case SamplerSpec.DpmSolver s -> new DpmSolverSampler(grid(s.steps()), clip, latentSize);
            case SamplerSpec.UniPc s -> new UniPcSampler(grid(s.steps()), clip, latentSize);
            case SamplerSpec.EdmEuler s -> new DdimSampler(grid(s.steps()), clip, latentSize, s.eta(), true);
            case SamplerSpec.EdmHeun s ->
                new OdeSampler(
                        grid(s.steps()),
                        clip,
                        latentSize,
                        Method.HEUN,
                        new Churn(s.churn(), s.churnMin(), s.churnMax(), s.churnNoise()));
            case SamplerSpec.FlowOde s -> flow(s);
            case SamplerSpec.Consistency s ->
                new ConsistencySampler(levels(s.levels()).startingWith(s.initialStd()), clip, latentSize, residual);
            case SamplerSpec.Mip s -> new MipSampler(clip, latentSize, s.tStar(), s.secondInputScale());
            case SamplerSpec.Direct s -> new DirectSampler(clip, latentSize);
            case SamplerSpec.Energy s -> new EnergyDescent(clip, latentSize, s.steps(), s.tolerance() * s.eta(), 0.0);
        };
    }

    private Sampler flow(SamplerSpec.FlowOde s) {
        Method method = switch (s.method()) {
            case FLOW_EULER -> Method.EULER;
            case FLOW_MIDPOINT -> Method.MIDPOINT;
            case FLOW_HEUN -> Method.HEUN;
        };
        return new OdeSampler(grid(s.steps()), clip, latentSize, method, Churn.NONE);
    }

    private Sampler steady(List<Integer> steps, Skipping skipping) {
        if (sampling.noiseSchedule() instanceof VariancePreserving discrete) {
            return new DdpmSampler(discrete, clip, steps, skipping, latentSize);
        }
        LevelGrid grid = grid(steps()).last(steps);
        if (steps.getLast() != 0) {
            throw new BadInputException("denoising steps " + steps + " end at " + steps.getLast()
                    + ", before the last one of this sampler, which is 0; add it");
        }
        return new DdimSampler(grid, clip, latentSize, 0.0, true);
    }

    private Sampler continuing(SamplerSpec.Consistency s) {
        return s.levels().size() == 1
                ? full()
                : ConsistencySampler.continuing(levels(List.of(s.levels().getLast())), clip, latentSize, residual);
    }

    private Sampler refining(SamplerSpec.Mip s) {
        return MipSampler.refining(clip, latentSize, s.tStar(), s.secondInputScale());
    }

    private LevelGrid levels(List<Double> levels) {
        return LevelGrid.of(
                sampling.noiseSchedule(),
                levels.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Steps of the sampler that the bundle names, one that walks a grid in sigma or on a flow. */
    private int steps() {
        return switch (sampling.sampler()) {
            case SamplerSpec.DpmSolver s -> s.steps();
            case SamplerSpec.UniPc s -> s.steps();
            case SamplerSpec.EdmEuler s -> s.steps();
            case SamplerSpec.EdmHeun s -> s.steps();
            case SamplerSpec.FlowOde s -> s.steps();
            case SamplerSpec s -> throw new IllegalStateException("no grid in sigma or on a flow: " + s);
        };
    }

    /** The bundle's own kind of grid with another number of steps. */
    private LevelGrid grid(int steps) {
        return switch (sampling.sampler()) {
            case SamplerSpec.Ddim s -> grid(steps, s.spacing());
            case SamplerSpec.DpmSolver s -> grid(steps, s.spacing());
            case SamplerSpec.UniPc s -> grid(steps, s.spacing());
            case SamplerSpec.EdmEuler s -> grid(steps, s.spacing()).startingWith(s.initialStd());
            case SamplerSpec.EdmHeun s -> grid(steps, s.spacing()).startingWith(s.initialStd());
            case SamplerSpec.FlowOde s -> grid(steps, Spacing.LINSPACE).startingWith(s.initialStd());
            case SamplerSpec s ->
                throw new BadInputException("a number of steps for " + s + "; it has none to choose. Leave it out.");
        };
    }

    private LevelGrid grid(int steps, Spacing spacing) {
        NoiseSchedule schedule = sampling.noiseSchedule();
        return switch (spacing) {
            case LEADING -> LevelGrid.leading(sampling.discreteSchedule(), steps);
            case TRAILING -> LevelGrid.trailing(sampling.discreteSchedule(), steps);
            case LINSPACE -> LevelGrid.linspace(schedule, steps);
            case KARRAS -> LevelGrid.karras(schedule, steps, rho());
            case LINEAR_SIGMA -> LevelGrid.linearSigma(schedule, steps);
            case EXPONENTIAL, LOG_SNR -> LevelGrid.logSnr(schedule, steps);
        };
    }

    private double rho() {
        return sampling.schedule() instanceof ScheduleSpec.Edm edm ? edm.rho() : 7.0;
    }
}
