package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.ActionTerm;
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
import java.util.Optional;

/**
 * The schemes by the names that {@code --scheme} takes: {@code full} (receding horizon, DDPM over every level),
 * {@code ddim} (receding horizon, DDIM), {@code rti} (real-time iteration), {@code rtc} (real-time chunking by
 * guidance), {@code rtc-trained} (by training), {@code ensemble} (temporal ensembling), {@code bid} (bidirectional decoding).
 */
public final class Schemes {
    private static final List<String> NAMES = List.of("full", "ddim", "rti", "rtc", "rtc-trained", "ensemble", "bid");

    private Schemes() {}

    /**
     * The names that {@link SchemeOptions#named} knows.
     *
     * @return the names
     */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The names of the schemes that any policy of kind diffusion or flow can run, whatever its network was trained for.
     *
     * @return the names
     */
    public static List<String> ofAnyNetwork() {
        return NAMES.stream().filter(name -> !name.equals("rtc-trained")).toList();
    }

    static SchemeOptions read(Settings settings) {
        SchemeOptions options = switch (settings.name()) {
            case "full" -> receding(settings, RecedingHorizon.Options.full());
            case "ddim" -> receding(settings, RecedingHorizon.Options.ddim().withSampler(sampler(settings)));
            case "rti" -> iteration(settings);
            case "rtc" -> chunking(settings);
            case "rtc-trained" -> trained(settings);
            case "ensemble" ->
                new TemporalEnsembling.Options(
                        sampler(settings),
                        settings.number("decay")
                                .orElse(TemporalEnsembling.Options.standard().decay()));
            case "bid" -> decoding(settings);
            default ->
                throw new BadInputException("scheme '" + settings.name() + "' is unknown; allowed is one of "
                        + String.join(", ", NAMES) + ", with settings for example rtc:beta=8");
        };
        settings.requireNothingLeft();
        return options;
    }

    private static SamplerChoice sampler(Settings settings) {
        var steps = settings.whole("steps");
        return steps.isPresent() ? new SamplerChoice.Ddim(steps.getAsInt()) : SamplerChoice.STANDARD;
    }

    private static SchemeOptions receding(Settings settings, RecedingHorizon.Options standard) {
        return new RecedingHorizon.Options(
                standard.name(),
                standard.sampler(),
                settings.whole("action_steps"),
                settings.flag("ahead", standard.ahead()));
    }

    private static SchemeOptions iteration(Settings settings) {
        RealTimeIteration.Options standard = RealTimeIteration.Options.standard();
        var first = settings.whole("first_steps");
        return new RealTimeIteration.Options(
                settings.wholes("steps"),
                settings.choice("start", standard.start()),
                settings.flag("respaced", standard.respaced()),
                settings.whole("stall_ticks"),
                settings.number("disagreement"),
                first.isPresent() ? new SamplerChoice.Ddim(first.getAsInt()) : standard.full());
    }

    private static SchemeOptions chunking(Settings settings) {
        RealTimeChunking.Options standard = RealTimeChunking.Options.standard();
        return new RealTimeChunking.Options(
                sampler(settings),
                settings.whole("action_steps"),
                settings.whole("delay").orElse(standard.delay()),
                settings.whole("delays").orElse(standard.delays()),
                settings.choice("mask", standard.mask()),
                settings.number("beta").orElse(standard.beta()),
                settings.choice("jacobian", standard.jacobian()),
                settings.flag("free_discrete", standard.freeDiscrete()));
    }

    private static SchemeOptions trained(Settings settings) {
        TrainedChunking.Options standard = TrainedChunking.Options.standard();
        return new TrainedChunking.Options(
                sampler(settings),
                settings.whole("action_steps"),
                settings.whole("delay").orElse(standard.delay()),
                settings.whole("delays").orElse(standard.delays()),
                settings.whole("trained_delay").orElse(standard.trainedDelay()));
    }

    private static SchemeOptions decoding(Settings settings) {
        BidirectionalDecoding.Options standard = BidirectionalDecoding.Options.standard();
        return new BidirectionalDecoding.Options(
                sampler(settings),
                settings.whole("samples").orElse(standard.samples()),
                settings.number("rho").orElse(standard.rho()),
                settings.whole("mode").orElse(standard.mode()),
                settings.whole("action_steps").orElse(standard.actionSteps()),
                Optional.empty());
    }

    /**
     * Makes a scheme.
     *
     * @param options which one, and what of the bundle to override
     * @param spec the policy
     * @param source opens its denoiser, which is closed with the scheme
     * @param noise where noise comes from
     * @return the scheme
     * @throws BadInputException for an option out of range
     */
    public static ExecutionScheme create(
            SchemeOptions options, PolicySpec spec, DenoiserSource source, NoiseSource noise) {
        if (spec.kind() != PolicyKind.DIFFUSION) {
            throw new BadInputException("policy '" + spec.name() + "' is of kind " + spec.kind()
                    + "; the schemes of this version run diffusion policies");
        }
        if (options instanceof BidirectionalDecoding.Options bid) {
            return decoding(bid, spec, source, noise);
        }
        Denoiser denoiser = open(source, 1, spec);
        try {
            return create(options, spec, denoiser, noise);
        } catch (RuntimeException e) {
            denoiser.close();
            throw e;
        }
    }

    private static ExecutionScheme create(
            SchemeOptions options, PolicySpec spec, Denoiser denoiser, NoiseSource noise) {
        return switch (options) {
            case RecedingHorizon.Options o ->
                new RecedingHorizon(spec, denoiser, sampler(o.sampler(), spec, denoiser), noise, o);
            case RealTimeIteration.Options o -> iteration(o, spec, denoiser, noise);
            case RealTimeChunking.Options o ->
                new RealTimeChunking(
                        spec,
                        denoiser,
                        sampler(o.sampler(), spec, denoiser),
                        spec.sampling().clipSample(),
                        noise,
                        o);
            case TrainedChunking.Options o ->
                new TrainedChunking(spec, denoiser, sampler(o.sampler(), spec, denoiser), noise, o);
            case TemporalEnsembling.Options o ->
                new TemporalEnsembling(spec, denoiser, sampler(o.sampler(), spec, denoiser), noise, o);
            case BidirectionalDecoding.Options o ->
                throw new IllegalArgumentException(o.name() + " opens its own batch");
        };
    }

    private static ExecutionScheme iteration(
            RealTimeIteration.Options options, PolicySpec spec, Denoiser denoiser, NoiseSource noise) {
        List<Integer> levels = options.steps().isEmpty() ? spec.requireRti().steps() : options.steps();
        return new RealTimeIteration(
                spec,
                denoiser,
                sampler(options.full(), spec, denoiser),
                ddpm(spec, denoiser, levels),
                levels.getFirst(),
                noise,
                options);
    }

    private static ExecutionScheme decoding(
            BidirectionalDecoding.Options options, PolicySpec spec, DenoiserSource source, NoiseSource noise) {
        if (options.samples() < 1) {
            throw new BadInputException(
                    options.samples() + " samples in bidirectional decoding; at least 1 is needed, 15 in the paper");
        }
        Denoiser strong = open(source, options.samples(), spec);
        Optional<Denoiser> weak = Optional.empty();
        try {
            weak = options.weak().map(other -> open(other, options.samples(), spec));
            return new BidirectionalDecoding(
                    spec, strong, weak, sampler(options.sampler(), spec, strong), noise, options);
        } catch (RuntimeException e) {
            strong.close();
            weak.ifPresent(Denoiser::close);
            throw e;
        }
    }

    private static Denoiser open(DenoiserSource source, int batch, PolicySpec spec) {
        Denoiser denoiser = source.open(batch);
        if (denoiser.batch() != batch
                || denoiser.horizon() != spec.horizon()
                || denoiser.actionSize() != spec.actionSize()
                || denoiser.conditionSize() != spec.conditionSize()) {
            String found = "[" + denoiser.batch() + ", " + denoiser.horizon() + ", " + denoiser.actionSize()
                    + "] with a condition of " + denoiser.conditionSize();
            denoiser.close();
            throw new BadInputException("a denoiser of the shape " + found + " for policy '" + spec.name()
                    + "', which needs [" + batch + ", " + spec.horizon() + ", " + spec.actionSize()
                    + "] with a condition of " + spec.conditionSize()
                    + ". Choose one of the same observations and actions.");
        }
        return denoiser;
    }

    private static Sampler sampler(SamplerChoice choice, PolicySpec spec, Denoiser denoiser) {
        return switch (choice) {
            case SamplerChoice.Ddpm d -> ddpm(spec, denoiser, DdpmSampler.allLevels(schedule(spec)));
            case SamplerChoice.Ddim d -> ddim(spec, denoiser, d.steps());
        };
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

    private static Sampler ddpm(PolicySpec spec, Denoiser denoiser, List<Integer> levels) {
        return new DdpmSampler(schedule(spec), spec.sampling().clipSample(), levels, denoiser.latentSize());
    }

    private static VariancePreserving schedule(PolicySpec spec) {
        return spec.sampling().discreteSchedule();
    }

    /** A number of ticks that a chunk can serve. */
    static int requireServed(String what, int ticks, PolicySpec spec) {
        int served = spec.horizon() - spec.firstActionRow();
        if (ticks < 1 || ticks > served) {
            throw new BadInputException(ticks + " " + what + "; a chunk of policy '" + spec.name() + "' serves "
                    + served + " ticks, so 1 to that are allowed");
        }
        return ticks;
    }

    static BadInputException infersAtEveryTick(String scheme) {
        return new BadInputException("action steps with scheme " + scheme + ": it infers at every tick. Leave them out,"
                + " or choose full, ddim, rtc or bid.");
    }

    /** Which elements of an action are only ever -1 or +1. */
    static boolean[] discrete(PolicySpec spec) {
        boolean[] discrete = new boolean[spec.actionSize()];
        int element = 0;
        for (ActionTerm term : spec.actions()) {
            for (int i = 0; i < term.size(); i++) {
                discrete[element++] = term.discrete();
            }
        }
        return discrete;
    }
}
