package dev.tactus.policies.bundle;

import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Writes a {@link PolicySpec} as {@code policy.yaml}; numbers are exact, so that reading gives the same values back. */
final class PolicyYamlWriter {
    static final String UNBOUNDED = "unbounded";

    private static final int LONG = 100;

    private final StringBuilder out = new StringBuilder();

    private PolicyYamlWriter() {}

    static String write(PolicySpec spec) {
        PolicyYamlWriter writer = new PolicyYamlWriter();
        writer.head(spec);
        writer.out.append("observations:\n");
        spec.observations().forEach(writer::observation);
        writer.out.append("actions:\n");
        spec.actions().forEach(writer::action);
        writer.tail(spec);
        return writer.out.toString();
    }

    private void head(PolicySpec spec) {
        out.append("# What this policy sees and commands. For every term, in this order and once:\n");
        out.append("# n = clip(value * scale, clip_min, clip_max) * gain + offset; actions by the inverse.\n");
        put("", "schema", PolicyYaml.SCHEMA);
        put("", "name", quoted(spec.name()));
        put("", "kind", word(spec.kind()));
        put("", "robot", quoted(spec.robot()));
        put("", "task", quoted(spec.task()));
        put("", "horizon", spec.horizon());
        put("", "observation_steps", spec.observationSteps());
        put("", "action_steps", spec.actionSteps());
        put(
                "",
                "control_period",
                BigDecimal.valueOf(spec.controlPeriodNs(), 6)
                                .stripTrailingZeros()
                                .toPlainString() + " ms");
        put("", "joints", words(spec.joints()));
        out.append("gains:\n");
        put("  ", "stiffness_nm_per_rad", numbers(spec.gains().stiffness()));
        put("  ", "damping_nms_per_rad", numbers(spec.gains().damping()));
        put("  ", "target_smoothing_s", spec.gains().targetSmoothingS());
    }

    private void tail(PolicySpec spec) {
        put("", "null_terms", words(spec.nullTerms()));
        sampling(spec);
        spec.rti().ifPresent(rti -> {
            out.append("rti:\n");
            put("  ", "steps", rti.steps());
            put("  ", "discrete", word(rti.discrete()));
            put("  ", "discrete_factor", rti.discreteFactor());
        });
        network(spec.network(), spec.kind());
        out.append("provenance:\n");
        put("  ", "run", quoted(spec.provenance().run()));
        put("  ", "dataset_sha256", quoted(spec.provenance().datasetSha256()));
        put("  ", "parent", quoted(spec.provenance().parent()));
    }

    private void sampling(PolicySpec spec) {
        SamplingSpec sampling = spec.sampling();
        if (spec.kind().denoises()) {
            put("", "parameterisation", word(sampling.parameterisation()));
            block("", "schedule", scheduleEntries(sampling.schedule()));
            put("", "level_encoding", word(sampling.levelEncoding()));
        }
        put("", "clip_sample", bound(sampling.clipSample()));
        block("", "sampler", samplerEntries(sampling.sampler()));
        put("", "noise", quoted(sampling.noise()));
    }

    private static Object[] scheduleEntries(ScheduleSpec schedule) {
        return switch (schedule) {
            case ScheduleSpec.Discrete d -> discreteEntries(d);
            case ScheduleSpec.Edm e ->
                entries(
                        "name",
                        SamplingYaml.EDM,
                        "sigma_min",
                        e.sigmaMin(),
                        "sigma_max",
                        e.sigmaMax(),
                        "sigma_data",
                        e.sigmaData(),
                        "rho",
                        e.rho());
            case ScheduleSpec.Flow f -> entries("name", SamplingYaml.FLOW);
            case ScheduleSpec.None n -> throw new IllegalArgumentException("a denoising policy without a schedule");
        };
    }

    private static Object[] discreteEntries(ScheduleSpec.Discrete d) {
        return d.name() == ScheduleSpec.Betas.SQUARED_COSINE
                ? entries("name", word(d.name()), "steps", d.steps())
                : entries(
                        "name",
                        word(d.name()),
                        "steps",
                        d.steps(),
                        "beta_start",
                        d.betaStart(),
                        "beta_end",
                        d.betaEnd());
    }

    private static Object[] samplerEntries(SamplerSpec sampler) {
        return switch (sampler) {
            case SamplerSpec.Ddpm s -> entries("name", SamplingYaml.DDPM);
            case SamplerSpec.Ddim s ->
                entries(
                        "name",
                        SamplingYaml.DDIM,
                        "steps",
                        s.steps(),
                        "spacing",
                        word(s.spacing()),
                        "eta",
                        s.eta(),
                        "recompute_noise",
                        s.recomputeNoise());
            case SamplerSpec.DpmSolver s ->
                entries("name", SamplingYaml.DPM_SOLVER, "steps", s.steps(), "spacing", word(s.spacing()));
            case SamplerSpec.UniPc s ->
                entries("name", SamplingYaml.UNIPC, "steps", s.steps(), "spacing", word(s.spacing()));
            case SamplerSpec.EdmEuler s ->
                entries(
                        "name",
                        SamplingYaml.EDM_EULER,
                        "steps",
                        s.steps(),
                        "spacing",
                        word(s.spacing()),
                        "eta",
                        s.eta(),
                        "initial_std",
                        s.initialStd());
            case SamplerSpec.EdmHeun s ->
                entries(
                        "name",
                        SamplingYaml.EDM_HEUN,
                        "steps",
                        s.steps(),
                        "spacing",
                        word(s.spacing()),
                        "churn",
                        s.churn(),
                        "churn_min",
                        s.churnMin(),
                        "churn_max",
                        s.churnMax(),
                        "churn_noise",
                        s.churnNoise(),
                        "initial_std",
                        s.initialStd());
            case SamplerSpec.FlowOde s ->
                entries("name", word(s.method()), "steps", s.steps(), "initial_std", s.initialStd());
            case SamplerSpec.Consistency s ->
                entries("name", SamplingYaml.CONSISTENCY, "levels", s.levels(), "initial_std", s.initialStd());
            case SamplerSpec.Mip s ->
                entries("name", SamplingYaml.MIP, "second_input_scale", s.secondInputScale(), "t_star", s.tStar());
            case SamplerSpec.Direct s -> entries("name", SamplingYaml.DIRECT);
            case SamplerSpec.Energy s ->
                entries("name", SamplingYaml.ENERGY, "steps", s.steps(), "eta", s.eta(), "tolerance", s.tolerance());
        };
    }

    private void network(NetworkSpec network, PolicyKind kind) {
        out.append("network:\n");
        put("  ", "chunk_shape", network.chunkShape());
        network.latent().ifPresent(name -> put("  ", "latent", quoted(name)));
        network.level().ifPresent(level -> block("  ", "level", levelEntries(level)));
        if (kind == PolicyKind.CONSISTENCY) {
            network.stopLevel()
                    .ifPresentOrElse(
                            level -> block("  ", "stop_level", levelEntries(level)),
                            () -> put("  ", "stop_level", "none"));
        }
        out.append("  conditions:\n");
        for (NetworkSpec.Condition input : network.conditions()) {
            put("    - ", "name", quoted(input.name()));
            put("      ", "terms", words(input.terms()));
            put("      ", "layout", word(input.layout()));
            put("      ", "shape", input.shape());
        }
        network.prediction().ifPresent(name -> put("  ", "prediction", quoted(name)));
        network.logStd().ifPresent(name -> put("  ", "log_std", quoted(name)));
        network.energy().ifPresent(name -> put("  ", "energy", quoted(name)));
        network.gradient().ifPresent(name -> put("  ", "gradient", quoted(name)));
        states(network.states());
        put("  ", "external_data", words(network.externalData()));
    }

    private void states(List<NetworkSpec.State> states) {
        if (states.isEmpty()) {
            put("  ", "states", "[]");
            return;
        }
        out.append("  states:\n");
        for (NetworkSpec.State state : states) {
            put("    - ", "input", quoted(state.input()));
            put("      ", "output", quoted(state.output()));
            put(
                    "      ",
                    "shape",
                    state.shape().stream()
                            .map(axis -> axis == NetworkSpec.State.BATCH ? NetworkYaml.BATCH : axis.toString())
                            .toList());
            put("      ", "initial", quoted(state.initial().orElse(NetworkYaml.ZERO)));
        }
    }

    private static Object[] levelEntries(NetworkSpec.Level level) {
        return entries("name", quoted(level.name()), "type", word(level.type()), "per", word(level.per()));
    }

    /** Entries of a block in one line, for people. */
    private static String phrase(Object[] entries) {
        StringBuilder text = new StringBuilder(entries[1].toString()); // its name
        for (int i = 2; i < entries.length; i += 2) {
            text.append(", ").append(entries[i]).append(' ').append(entries[i + 1]);
        }
        return text.toString();
    }

    static String phrase(ScheduleSpec schedule) {
        return phrase(scheduleEntries(schedule));
    }

    static String phrase(SamplerSpec sampler) {
        return phrase(samplerEntries(sampler));
    }

    private static Object[] entries(Object... keysAndValues) {
        return keysAndValues;
    }

    private void block(String indent, String name, Object[] entries) {
        out.append(indent).append(name).append(":\n");
        for (int i = 0; i < entries.length; i += 2) {
            put(indent + "  ", entries[i].toString(), entries[i + 1]);
        }
    }

    private void observation(ObservationTerm term) {
        term(term.name(), term.kind(), term.size(), term.joints());
        pose(term.frame(), term.subject(), term.unit(), term.rotation());
        put("    ", "history", term.history());
        put("    ", "time_alignment", word(term.alignment()));
        term.image().ifPresent(image -> {
            out.append("    image:\n");
            put("      ", "width", image.width());
            put("      ", "height", image.height());
            put("      ", "colours", word(image.colours()));
        });
        normalisation(term.normalisation());
    }

    private void action(ActionTerm term) {
        term(term.name(), term.kind(), term.size(), term.joints());
        pose(term.frame(), term.subject(), term.unit(), term.rotation());
        put("    ", "relative_to", quoted(term.relativeTo()));
        put("    ", "discrete", term.discrete());
        normalisation(term.normalisation());
    }

    private void term(String name, TermKind kind, int size, List<String> joints) {
        put("  - ", "name", quoted(name));
        put("    ", "kind", word(kind));
        put("    ", "size", size);
        put("    ", "joints", words(joints));
    }

    private void pose(String frame, String subject, String unit, Rotation rotation) {
        put("    ", "frame", quoted(frame));
        put("    ", "subject", quoted(subject));
        put("    ", "unit", quoted(unit));
        put("    ", "rotation", word(rotation));
    }

    private void normalisation(Normalisation normalisation) {
        out.append("    normalisation:\n");
        put("      ", "scale", normalisation.scale());
        put("      ", "clip_min", bounds(normalisation.clipMin()));
        put("      ", "clip_max", bounds(normalisation.clipMax()));
        put("      ", "gain", perElement(normalisation.gain()));
        put("      ", "offset", perElement(normalisation.offset()));
    }

    private void put(String indent, String key, Object value) {
        out.append(indent).append(key).append(": ").append(value).append('\n');
    }

    /** One number for all elements of a picture, where they agree; a number each elsewhere. */
    private static Object perElement(double[] values) {
        boolean picture = values.length > LONG;
        return picture && DoubleStream.of(values).distinct().count() == 1 ? values[0] : numbers(values);
    }

    private static Object bounds(double[] values) {
        return DoubleStream.of(values).distinct().count() == 1
                ? bound(values[0])
                : DoubleStream.of(values).mapToObj(PolicyYamlWriter::bound).toList();
    }

    private static Object bound(double value) {
        return Math.abs(value) == Double.MAX_VALUE ? UNBOUNDED : value;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String words(List<String> values) {
        return values.stream().map(PolicyYamlWriter::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String numbers(double[] values) {
        return DoubleStream.of(values).mapToObj(Double::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
