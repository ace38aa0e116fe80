package dev.tactus.control.command;

import dev.tactus.control.bench.SafetyTrace;
import dev.tactus.control.bench.SafetyTrial;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.Intervention;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./tactus bench safety}: adversarial commands through the safety filter of every robot, judged one by one. */
@Command(
        name = "safety",
        description =
                "Adversarial commands through the safety filter of every robot; each issued state is judged by a slow"
                        + " oracle. Any state outside the viable set makes the exit code 1.")
public final class BenchSafetyCommand implements TactusCommand {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--commands",
            paramLabel = "N",
            description = "Commands in all, shared by the robots (default: ${DEFAULT-VALUE}).")
    private long commands = 10_000_000;

    @Option(names = "--seed", paramLabel = "S", description = "Decides every command (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--robot", paramLabel = "NAME", description = "Only this robot; every robot if none.")
    private List<String> robots = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one JSON object.")
    private Path json;

    /** Made by ServiceLoader. */
    public BenchSafetyCommand() {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() {
        List<String> names = names();
        if (commands < names.size()) {
            throw new BadInputException(
                    "--commands " + commands + ": at least one for each robot is needed, so " + names.size());
        }
        if (json != null) {
            JsonReport.requireWritable(json);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<SafetyTrial.Result> results = names.parallelStream()
                .map(name -> trial(RobotCatalogue.load(name), Math.ceilDiv(commands, names.size())))
                .toList();
        results.forEach(result -> print(out, result));
        long violations =
                results.stream().mapToLong(SafetyTrial.Result::violations).sum();
        long tried = results.stream().mapToLong(SafetyTrial.Result::commands).sum();
        out.printf("%d commands, %d issued states outside the viable set%n", tried, violations);
        out.flush();
        if (json != null) {
            JsonReport.write(json, report(results, tried, violations));
        }
        return violations == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private List<String> names() {
        return robots.isEmpty() ? RobotCatalogue.names() : robots;
    }

    private SafetyTrial.Result trial(RobotConfig robot, long count) {
        return new SafetyTrial(robot, UrdfReader.read(robot.urdf())).run(seed, count);
    }

    private static void print(PrintWriter out, SafetyTrial.Result result) {
        out.printf(
                Locale.ROOT,
                "%s: %d commands, %d violations, %d whole stops judged, %.1f us a command in the filter, most of them changed%n",
                result.robot(),
                result.commands(),
                result.violations(),
                result.stops(),
                result.filterMeanNs() / 1000);
        result.faults().forEach(fault -> out.println("  VIOLATION " + fault));
        out.println("  tried         " + listed(result.byKind()));
        out.println("  interventions " + listed(words(result.interventions())));
    }

    private static String listed(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey().replace('_', ' ') + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Long> words(Map<Intervention, Long> counts) {
        Map<String, Long> words = new LinkedHashMap<>();
        counts.forEach((kind, count) -> words.put(kind.name().toLowerCase(Locale.ROOT), count));
        return words;
    }

    private Map<String, Object> report(List<SafetyTrial.Result> results, long tried, long violations) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("commands", tried);
        report.put("seed", seed);
        report.put("violations", violations);
        report.put(
                "results",
                results.stream()
                        .map(result -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("robot", result.robot());
                            one.put("commands", result.commands());
                            one.put("violations", result.violations());
                            one.put("stops_judged", result.stops());
                            one.put("filter_mean_ns", result.filterMeanNs());
                            one.put("tried", result.byKind());
                            one.put("interventions", words(result.interventions()));
                            return one;
                        })
                        .toList());
        names().stream()
                .map(RobotCatalogue::load)
                .filter(robot -> robot.joints().getFirst().motion().jerk().isPresent())
                .findFirst()
                .ifPresent(robot -> report.put("trace", SafetyTrace.of(robot, UrdfReader.read(robot.urdf()))));
        return report;
    }
}
