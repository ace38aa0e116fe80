package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./tactus policy info BUNDLE}: what a bundle sees, commands and comes from. */
@Command(name = "info", description = "Show what a policy bundle sees, commands and comes from.")
public final class PolicyInfoCommand implements TactusCommand {
    @Parameters(paramLabel = "BUNDLE", description = "The bundle, a folder or a tar of one.")
    private Path bundle;

    private final PrintStream out = System.out;

    /** Made by ServiceLoader. */
    public PolicyInfoCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Override
    public Integer call() {
        PolicyBundle loaded = PolicyBundle.load(bundle, Trust.any());
        PolicySpec spec = loaded.spec();
        line("policy", spec.name() + ", " + word(spec.kind()) + ", for task " + spec.task() + " on " + spec.robot());
        line("identity", loaded.sha256());
        line("origin", loaded.origin().words());
        line(
                "network",
                String.format(
                        Locale.ROOT,
                        "%.2f MB, predicts %s",
                        loaded.model().length / 1e6,
                        word(spec.sampling().parameterisation())));
        line("schedule", spec.sampling().scheduleWords());
        line("sampler", spec.sampling().samplerWords());
        line(
                "chunk",
                "%d rows (H) from %d observations (To), %d executed (Ta), one row every %s ms"
                        .formatted(
                                spec.horizon(),
                                spec.observationSteps(),
                                spec.actionSteps(),
                                spec.controlPeriodNs() / 1e6));
        spec.rti()
                .ifPresent(rti -> line(
                        "rti steps",
                        rti.steps() + ", discrete elements: " + word(rti.discrete()) + " by " + rti.discreteFactor()));
        line("joints", String.join(" ", spec.joints()));
        spec.observations().forEach(this::observation);
        spec.actions().forEach(this::action);
        line("run", spec.provenance().run());
        line("dataset", spec.provenance().datasetSha256());
        line("tuned from", spec.provenance().parent());
        line("golden", loaded.golden().cases().size() + " recorded answers");
        return ExitCode.DONE;
    }

    private void observation(ObservationTerm term) {
        line(
                "sees",
                term.name() + ": "
                        + about(term.size(), term.unit(), term.rotation(), term.joints(), term.subject(), term.frame())
                        + ", " + word(term.alignment()) + " at the tick");
    }

    private void action(ActionTerm term) {
        String relative = term.relativeTo().isEmpty() ? "absolute" : "relative to " + term.relativeTo();
        line(
                "commands",
                term.name() + ": "
                        + about(term.size(), term.unit(), term.rotation(), term.joints(), term.subject(), term.frame())
                        + ", " + relative + (term.discrete() ? ", discrete" : ""));
    }

    private static String about(
            int size, String unit, Rotation rotation, List<String> joints, String subject, String frame) {
        StringBuilder text = new StringBuilder().append(size);
        if (!unit.isEmpty()) {
            text.append(" in ").append(unit);
        }
        if (rotation != Rotation.NONE) {
            text.append(", rotation as ").append(word(rotation));
        }
        if (!joints.isEmpty()) {
            text.append(", ").append(String.join(" ", joints));
        }
        if (!subject.isEmpty()) {
            text.append(", ").append(subject).append(" in ").append(frame);
        }
        return text.toString();
    }

    private void line(String name, String value) {
        out.printf("%-10s  %s%n", name, value.isEmpty() ? "-" : value);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
