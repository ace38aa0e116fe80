package dev.tactus.launch.cli;

import dev.tactus.policies.command.DoctorCheck;
import dev.tactus.policies.command.DoctorCheck.Finding;
import dev.tactus.policies.command.DoctorCheck.State;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tactus doctor}: what this machine offers, part by part, and how to get what it lacks. */
@Command(name = "doctor", description = "What this machine offers: JDK, MuJoCo, ONNX providers, libtorch and more.")
public final class DoctorCommand implements TactusCommand {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings as one JSON object.")
    private Optional<Path> json;

    /** Made by ServiceLoader. */
    public DoctorCommand() {}

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        for (DoctorCheck check : ServiceLoader.load(DoctorCheck.class)) {
            findings.add(check.look());
        }
        boolean lacking = false;
        Map<String, Object> report = new LinkedHashMap<>();
        for (Finding finding : findings) {
            System.out.printf("%-9s %-18s %s%n", mark(finding.state()), finding.part(), finding.detail());
            report.put(
                    finding.part(),
                    Map.of(
                            "state",
                            finding.state().name().toLowerCase(java.util.Locale.ROOT),
                            "detail",
                            finding.detail()));
            lacking |= finding.state() == State.REQUIRED;
        }
        System.out.println(
                lacking
                        ? "Something that the main job needs is missing: see 'needed' above."
                        : "The main job can run here.");
        json.ifPresent(file -> JsonReport.write(file, report));
        return lacking ? ExitCode.MISSING_PART : ExitCode.DONE;
    }

    private static String mark(State state) {
        return switch (state) {
            case PRESENT -> "ok";
            case ABSENT -> "absent";
            case REQUIRED -> "needed";
        };
    }
}
