package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.guidance.PrefixGuidance.Jacobian;
import dev.tactus.policies.guidance.PrefixMask;
import dev.tactus.policies.sampler.DdpmSampler.Skipping;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.sampler.Samplers;
import dev.tactus.policies.scheme.RealTimeIteration.Start;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The schemes by the names that {@code --scheme} takes: {@code full} (receding horizon, DDPM over every level),
 * {@code ddim} (receding horizon, DDIM), {@code rti} (real-time iteration), {@code rtc} (real-time chunking by
 * guidance), {@code rtc-trained} (by training), {@code ensemble} (temporal ensembling), {@code bid} (bidirectional decoding).
 */
public final class Schemes {
    private static final List<String> NAMES = List.of("full", "ddim", "rti", "rtc", "rtc-trained", "ensemble", "bid");

    /** One batch of the network holds them all, so a slip of the pen must not become gigabytes. */
    private static final int MOST_SAMPLES = 1024;

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
        return steps.isPresent() ? new SamplerChoice.Implicit(steps.getAsInt()) : SamplerChoice.STANDARD;
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
                settings.choice("start", Start.class),
                settings.flag("respaced", standard.respaced()),
                settings.whole("stall_ticks"),
                settings.number("disagreement"),
                first.isPresent() ? new SamplerChoice.Implicit(first.getAsInt()) : standard.full());
    }

    private static SchemeOptions chunking(Settings settings) {
        RealTimeChunking.Options standard = RealTimeChunking.Options.standard();
        return new RealTimeChunking.Options(
                sampler(settings),
                settings.whole("action_steps"),
                settings.whole("delay").orElse(standard.delay()),
                settings.whole("delays").orElse(standard.delays()),
                settings.choice("mask", PrefixMask.class).orElse(standard.mask()),
                settings.number("beta").orElse(standard.beta()),
                settings.choice("jacobian", Jacobian.class).orElse(standard.jacobian()),
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
                new RecedingHorizon(spec, denoiser, o.sampler().make(spec, denoiser.latentSize()), noise, o);
            case RealTimeIteration.Options o -> iteration(o, spec, denoiser, noise);
            case RealTimeChunking.Options o ->
                new RealTimeChunking(
                        requireLevels(spec),
                        denoiser,
                        o.sampler().make(spec, denoiser.latentSize()),
                        spec.sampling().clipSample(),
                        noise,
                        o);
            case TrainedChunking.Options o ->
                new TrainedChunking(
                        requireLevels(spec), denoiser, o.sampler().make(spec, denoiser.latentSize()), noise, o);
            case TemporalEnsembling.Options o ->
                new TemporalEnsembling(spec, denoiser, o.sampler().make(spec, denoiser.latentSize()), noise, o);
            case BidirectionalDecoding.Options o ->
                throw new IllegalArgumentException(o.name() + " opens its own batch");
        };
    }

    private static PolicySpec requireLevels(PolicySpec spec) {
        if (!spec.kind().denoises()) {
            throw new BadInputException("policy '" + spec.name() + "' is of kind "
                    + spec.kind().name().toLowerCase(Locale.ROOT)
                    + ", which has no noise levels to hold a prefix at; real-time chunking runs kinds diffusion, flow and"
                    + " consistency. Choose full or ensemble.");
        }
        return spec;
    }

    private static ExecutionScheme iteration(
            RealTimeIteration.Options options, PolicySpec spec, Denoiser denoiser, NoiseSource noise) {
        List<Integer> steps = options.steps().isEmpty() ? spec.requireRti().steps() : options.steps();
        Skipping skipping = options.respaced() ? Skipping.RESPACED : Skipping.DROPPED;
        Sampler steady = Samplers.steady(spec, steps, skipping, denoiser.latentSize());
        return new RealTimeIteration(
                spec,
                denoiser,
                options.full().make(spec, denoiser.latentSize()),
                steady,
                Samplers.startLevel(steady),
                noise,
                options);
    }

    private static ExecutionScheme decoding(
            BidirectionalDecoding.Options options, PolicySpec spec, DenoiserSource source, NoiseSource noise) {
        if (options.samples() < 1 || options.samples() > MOST_SAMPLES) {
            throw new BadInputException(options.samples() + " samples in bidirectional decoding; allowed is 1 to "
                    + MOST_SAMPLES + ", 15 in the paper");
        }
        Denoiser strong = open(source, options.samples(), spec);
        Optional<Denoiser> weak = Optional.empty();
        try {
            weak = options.weak().map(other -> open(other, options.samples(), spec));
            return new BidirectionalDecoding(
                    spec, strong, weak, options.sampler().make(spec, strong.latentSize()), noise, options);
        } catch (RuntimeException e) {
            strong.close();
            weak.ifPresent(Denoiser::close);
            throw e;
        }
    }

    private static Denoiser open(DenoiserSource source, int batch, PolicySpec spec) {
        Denoiser denoiser = source.open(batch);
        if (denoiser.batch() < batch // guidance that ranks candidates opens more
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
