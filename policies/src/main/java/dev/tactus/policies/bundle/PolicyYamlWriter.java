package dev.tactus.policies.bundle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Writes a {@link PolicySpec} as {@code policy.yaml}; numbers are exact, so that reading gives the same values back. */
final class PolicyYamlWriter {
    static final String UNBOUNDED = "unbounded";

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
        put("", "parameterisation", word(spec.parameterisation()));
        out.append("schedule:\n");
        put("  ", "name", spec.schedule().name());
        put("  ", "steps", spec.schedule().steps());
        put("  ", "clip_sample", spec.schedule().clipSample());
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
        put("  ", "stiffness_nm_per_rad", numbers(spec.stiffness()));
        put("  ", "damping_nms_per_rad", numbers(spec.damping()));
        put("  ", "target_smoothing_s", spec.targetSmoothingS());
    }

    private void tail(PolicySpec spec) {
        out.append("rti:\n");
        put("  ", "steps", spec.rti().steps());
        put("  ", "discrete", word(spec.rti().discrete()));
        put("  ", "discrete_factor", spec.rti().discreteFactor());
        out.append("network:\n");
        put("  ", "latent", quoted(spec.network().latent()));
        put("  ", "level", quoted(spec.network().level()));
        put("  ", "condition", quoted(spec.network().condition()));
        put("  ", "prediction", quoted(spec.network().prediction()));
        put("  ", "level_type", word(spec.network().levelType()));
        out.append("provenance:\n");
        put("  ", "run", quoted(spec.provenance().run()));
        put("  ", "dataset_sha256", quoted(spec.provenance().datasetSha256()));
        put("  ", "parent", quoted(spec.provenance().parent()));
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
        put("      ", "clip_min", bound(normalisation.clipMin()));
        put("      ", "clip_max", bound(normalisation.clipMax()));
        put("      ", "gain", numbers(normalisation.gain()));
        put("      ", "offset", numbers(normalisation.offset()));
    }

    private void put(String indent, String key, Object value) {
        out.append(indent).append(key).append(": ").append(value).append('\n');
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
