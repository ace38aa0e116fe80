package dev.tactus.policies.bundle;

import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.bundle.PolicySpec.RealTimeIterationSpec;
import dev.tactus.policies.bundle.SamplerSpec.Spacing;
import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.LevelEncoding;
import dev.tactus.policies.schedule.Parameterisation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads how a policy is sampled: parameterisation, schedule, level encoding, sampler, noise and real-time iteration. */
final class SamplingYaml {
    static final String DDPM = "ddpm";
    static final String DDIM = "ddim";
    static final String DPM_SOLVER = "dpm_solver";
    static final String UNIPC = "unipc";
    static final String EDM_EULER = "edm_euler";
    static final String EDM_HEUN = "edm_heun";
    static final String CONSISTENCY = "consistency";
    static final String MIP = "mip";
    static final String DIRECT = "direct";
    static final String ENERGY = "energy";
    static final String EDM = "edm";
    static final String FLOW = "flow";

    private static final double MAX = 1e12;
    private static final int MAX_STEPS = 100_000;

    private SamplingYaml() {}

    static SamplingSpec read(ConfigMap map, PolicyKind kind) {
        double clip = PolicyYamlWriter.UNBOUNDED.equals(map.text("clip_sample"))
                ? Double.MAX_VALUE
                : map.number("clip_sample", 1e-6, Double.MAX_VALUE);
        if (!kind.denoises()) {
            return new SamplingSpec(
                    Parameterisation.X0,
                    new ScheduleSpec.None(),
                    LevelEncoding.IDENTITY,
                    clip,
                    sampler(map.map("sampler"), kind, new ScheduleSpec.None()),
                    noise(map));
        }
        ScheduleSpec schedule = schedule(map.map("schedule"), kind);
        return new SamplingSpec(
                parameterisation(map, schedule),
                schedule,
                encoding(map, schedule),
                clip,
                sampler(map.map("sampler"), kind, schedule),
                noise(map));
    }

    private static String noise(ConfigMap map) {
        String algorithm = map.text("noise");
        if (!algorithm.equals(GaussianNoise.ALGORITHM)) {
            throw map.error(
                    "noise",
                    "'" + algorithm + "' is no algorithm of this version; allowed is '" + GaussianNoise.ALGORITHM
                            + "'");
        }
        return algorithm;
    }

    private static Parameterisation parameterisation(ConfigMap map, ScheduleSpec schedule) {
        Set<Parameterisation> allowed = switch (schedule) {
            case ScheduleSpec.Discrete discrete ->
                EnumSet.of(Parameterisation.EPSILON, Parameterisation.X0, Parameterisation.V, Parameterisation.SCORE);
            case ScheduleSpec.Edm edm ->
                EnumSet.of(
                        Parameterisation.KARRAS,
                        Parameterisation.CONSISTENCY,
                        Parameterisation.X0,
                        Parameterisation.EPSILON,
                        Parameterisation.SCORE);
            case ScheduleSpec.Flow flow ->
                EnumSet.of(Parameterisation.VELOCITY, Parameterisation.NEGATIVE_VELOCITY, Parameterisation.X0);
            case ScheduleSpec.None none -> EnumSet.of(Parameterisation.X0);
        };
        Parameterisation found = map.choice("parameterisation", Parameterisation.class);
        return among(map, "parameterisation", found, allowed, "with this schedule");
    }

    private static LevelEncoding encoding(ConfigMap map, ScheduleSpec schedule) {
        Set<LevelEncoding> allowed = switch (schedule) {
            case ScheduleSpec.Edm edm ->
                EnumSet.of(LevelEncoding.IDENTITY, LevelEncoding.QUARTER_LOG, LevelEncoding.LOG_250);
            case ScheduleSpec.Flow flow -> EnumSet.of(LevelEncoding.IDENTITY, LevelEncoding.REVERSED);
            default -> EnumSet.of(LevelEncoding.IDENTITY);
        };
        LevelEncoding found = map.choice("level_encoding", LevelEncoding.class);
        return among(map, "level_encoding", found, allowed, "with this schedule");
    }

    private static ScheduleSpec schedule(ConfigMap map, PolicyKind kind) {
        List<String> allowed = switch (kind) {
            case FLOW -> List.of(FLOW);
            case CONSISTENCY -> List.of(EDM);
            default -> List.of("squared_cosine", "linear", "scaled_linear", EDM);
        };
        String name = map.text("name");
        requireName(map, name, allowed, kind);
        ScheduleSpec schedule = switch (name) {
            case FLOW -> new ScheduleSpec.Flow();
            case EDM -> edm(map);
            default -> discrete(map);
        };
        map.rejectUnknownKeys();
        return schedule;
    }

    private static ScheduleSpec edm(ConfigMap map) {
        ScheduleSpec.Edm edm = new ScheduleSpec.Edm(
                map.number("sigma_min", 1e-9, MAX),
                map.number("sigma_max", 1e-9, MAX),
                map.number("sigma_data", 1e-9, MAX),
                map.number("rho", 1e-3, 1e3));
        if (edm.sigmaMin() >= edm.sigmaMax()) {
            throw map.error("sigma_max", edm.sigmaMax() + " must be greater than sigma_min " + edm.sigmaMin());
        }
        return edm;
    }

    private static ScheduleSpec discrete(ConfigMap map) {
        ScheduleSpec.Betas name = map.choice("name", ScheduleSpec.Betas.class);
        int steps = map.integer("steps", name == ScheduleSpec.Betas.SQUARED_COSINE ? 1 : 2, MAX_STEPS);
        if (name == ScheduleSpec.Betas.SQUARED_COSINE) {
            return ScheduleSpec.Discrete.squaredCosine(steps);
        }
        double start = map.number("beta_start", 1e-12, 0.999_999);
        return new ScheduleSpec.Discrete(name, steps, start, map.number("beta_end", start, 0.999_999));
    }

    private static SamplerSpec sampler(ConfigMap map, PolicyKind kind, ScheduleSpec schedule) {
        String name = map.text("name");
        requireName(map, name, samplers(kind, schedule), kind);
        SamplerSpec sampler = switch (name) {
            case DDPM -> new SamplerSpec.Ddpm();
            case DDIM -> ddim(map, schedule);
            case DPM_SOLVER -> new SamplerSpec.DpmSolver(steps(map, schedule), spacing(map, schedule));
            case UNIPC -> new SamplerSpec.UniPc(steps(map, schedule), spacing(map, schedule));
            case EDM_EULER ->
                new SamplerSpec.EdmEuler(
                        steps(map, schedule), spacing(map, schedule), map.number("eta", 0, 1), initialStd(map));
            case EDM_HEUN -> heun(map, schedule);
            case CONSISTENCY -> consistency(map, (ScheduleSpec.Edm) schedule);
            case MIP ->
                new SamplerSpec.Mip(map.number("second_input_scale", 1e-6, 1), map.number("t_star", 1e-6, 1 - 1e-6));
            case DIRECT -> new SamplerSpec.Direct();
            case ENERGY ->
                new SamplerSpec.Energy(
                        map.integer("steps", 1, MAX_STEPS),
                        map.number("eta", 1e-12, MAX),
                        map.number("tolerance", 0, MAX));
            default ->
                new SamplerSpec.FlowOde(
                        map.choice("name", SamplerSpec.Method.class), steps(map, schedule), initialStd(map));
        };
        map.rejectUnknownKeys();
        return sampler;
    }

    private static List<String> samplers(PolicyKind kind, ScheduleSpec schedule) {
        return switch (kind) {
            case DIFFUSION ->
                schedule instanceof ScheduleSpec.Discrete
                        ? List.of(DDPM, DDIM, DPM_SOLVER, UNIPC)
                        : List.of(EDM_EULER, EDM_HEUN, DPM_SOLVER, UNIPC);
            case FLOW -> List.of("flow_euler", "flow_midpoint", "flow_heun", DPM_SOLVER, UNIPC);
            case CONSISTENCY -> List.of(CONSISTENCY);
            case MIP -> List.of(MIP);
            case GAUSSIAN, DETERMINISTIC -> List.of(DIRECT);
            case ENERGY -> List.of(ENERGY);
        };
    }

    private static SamplerSpec ddim(ConfigMap map, ScheduleSpec schedule) {
        Spacing spacing = map.choice("spacing", Spacing.class);
        among(
                map,
                "spacing",
                spacing,
                EnumSet.of(Spacing.LEADING, Spacing.TRAILING, Spacing.LINSPACE),
                "with sampler ddim");
        return new SamplerSpec.Ddim(
                steps(map, schedule), spacing, map.number("eta", 0, 1), map.flag("recompute_noise"));
    }

    private static SamplerSpec heun(ConfigMap map, ScheduleSpec schedule) {
        return new SamplerSpec.EdmHeun(
                steps(map, schedule),
                spacing(map, schedule),
                map.number("churn", 0, MAX),
                map.number("churn_min", 0, MAX),
                map.number("churn_max", 0, MAX),
                map.number("churn_noise", 0, MAX),
                initialStd(map));
    }

    private static SamplerSpec consistency(ConfigMap map, ScheduleSpec.Edm schedule) {
        List<Double> levels = new ArrayList<>();
        for (double level : map.numbers("levels")) {
            boolean descends = levels.isEmpty() || level < levels.getLast();
            if (!descends || level < schedule.sigmaMin() || level > schedule.sigmaMax()) {
                throw map.error(
                        "levels",
                        level + " is not allowed; sigmas in [" + schedule.sigmaMin() + ", " + schedule.sigmaMax()
                                + "] are expected, each once, greatest first");
            }
            levels.add(level);
        }
        if (levels.isEmpty()) {
            throw map.error("levels", "there is none; one call of the network needs one, usually sigma_max");
        }
        return new SamplerSpec.Consistency(List.copyOf(levels), initialStd(map));
    }

    private static int steps(ConfigMap map, ScheduleSpec schedule) {
        return map.integer("steps", 1, schedule instanceof ScheduleSpec.Discrete d ? d.steps() : MAX_STEPS);
    }

    private static Spacing spacing(ConfigMap map, ScheduleSpec schedule) {
        Set<Spacing> allowed = switch (schedule) {
            case ScheduleSpec.Edm edm ->
                EnumSet.of(Spacing.KARRAS, Spacing.EXPONENTIAL, Spacing.LINEAR_SIGMA, Spacing.LOG_SNR);
            case ScheduleSpec.Flow flow -> EnumSet.of(Spacing.LINSPACE, Spacing.LOG_SNR);
            default -> EnumSet.of(Spacing.LEADING, Spacing.TRAILING, Spacing.LINSPACE, Spacing.LOG_SNR);
        };
        return among(map, "spacing", map.choice("spacing", Spacing.class), allowed, "with this schedule");
    }

    private static double initialStd(ConfigMap map) {
        return map.number("initial_std", 0, MAX);
    }

    static Optional<RealTimeIterationSpec> rti(ConfigMap map, PolicyKind kind, SamplingSpec sampling) {
        if (kind != PolicyKind.DIFFUSION && kind != PolicyKind.FLOW) {
            return Optional.empty(); // an rti block is an unknown key then
        }
        ConfigMap rti = map.map("rti");
        List<Integer> steps = new ArrayList<>();
        for (String text : rti.texts("steps")) {
            steps.add(step(rti, text, steps, intervals(sampling)));
        }
        if (steps.isEmpty() || steps.getLast() != 0) {
            throw rti.error("steps", steps + " does not end with 0, the step that yields a clean chunk; add it");
        }
        RealTimeIterationSpec spec = new RealTimeIterationSpec(
                List.copyOf(steps),
                rti.choice("discrete", DiscreteVariant.class),
                rti.number("discrete_factor", 1.0, 1000.0));
        rti.rejectUnknownKeys();
        return Optional.of(spec);
    }

    /** How many steps a real-time iteration can name: levels of a discrete schedule, else intervals of the grid. */
    private static int intervals(SamplingSpec sampling) {
        if (sampling.schedule() instanceof ScheduleSpec.Discrete discrete) {
            return discrete.steps();
        }
        return switch (sampling.sampler()) {
            case SamplerSpec.FlowOde flow -> flow.steps();
            case SamplerSpec.EdmEuler euler -> euler.steps();
            case SamplerSpec.EdmHeun heun -> heun.steps();
            case SamplerSpec.DpmSolver solver -> solver.steps();
            case SamplerSpec.UniPc unipc -> unipc.steps();
            default -> throw new IllegalStateException("no sampler of a denoising policy: " + sampling.sampler());
        };
    }

    private static int step(ConfigMap map, String text, List<Integer> before, int count) {
        int step;
        try {
            step = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            step = -1;
        }
        if (step < 0 || step >= count) {
            throw map.error("steps", "'" + text + "' is not a step; whole numbers in [0, " + (count - 1) + "]");
        }
        if (!before.isEmpty() && step >= before.getLast()) {
            throw map.error("steps", before + " then " + step + " does not descend; write each once, greatest first");
        }
        return step;
    }

    private static void requireName(ConfigMap map, String name, List<String> allowed, PolicyKind kind) {
        if (!allowed.contains(name)) {
            throw map.error(
                    "name",
                    "'" + name + "' does not go with kind " + kind.name().toLowerCase(Locale.ROOT) + "; one of "
                            + String.join(", ", allowed) + " is expected");
        }
    }

    private static <E extends Enum<E>> E among(ConfigMap map, String key, E found, Set<E> allowed, String where) {
        if (!allowed.contains(found)) {
            List<String> words = allowed.stream()
                    .map(one -> one.name().toLowerCase(Locale.ROOT))
                    .toList();
            throw map.error(
                    key,
                    "'" + found.name().toLowerCase(Locale.ROOT) + "' is not allowed " + where + "; one of "
                            + String.join(", ", words) + " is expected");
        }
        return found;
    }
}
