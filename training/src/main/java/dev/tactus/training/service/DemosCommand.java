package dev.tactus.training.service;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.training.data.DemonstrationSource;
import dev.tactus.training.data.LeRobotDataset;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tactus demos}: an expert's demonstrations as a LeRobot dataset. */
@Command(name = "demos", description = "Record an expert's demonstrations of a task as a LeRobot v3 dataset.")
public final class DemosCommand implements TactusCommand {
    @Parameters(paramLabel = "TASK", description = "The task, for example fr3-lift.")
    private String task;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "200",
            description = "Demonstrations (default: ${DEFAULT-VALUE}).")
    private int episodes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of everything random in them (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "The dataset's folder; datasets/TASK if absent.")
    private Optional<Path> out;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what was recorded as one JSON object.")
    private Optional<Path> json;

    @Spec
    private CommandSpec spec;

    /** Made by ServiceLoader. */
    public DemosCommand() {}

    @Override
    public Integer call() {
        if (episodes < 1) {
            throw new BadInputException("--episodes " + episodes + ": at least 1 is needed");
        }
        json.ifPresent(JsonReport::requireWritable);
        DemonstrationSource source = DemonstrationSource.of(task);
        Path folder = out.orElseGet(() -> TactusHome.path().resolve("datasets").resolve(task));
        if (Files.exists(folder)) {
            throw new BadInputException(
                    folder + ": is there already. Name another folder with --out, or remove it first.");
        }
        PrintWriter terminal = spec.commandLine().getOut();
        if (!Demonstrations.record(source, episodes, seed, folder, terminal)) {
            return Interruption.EXIT_CODE;
        }
        LeRobotDataset dataset = LeRobotDataset.read(folder);
        terminal.printf(
                "%s: %d episodes, %d frames, sha256 %s%n",
                folder, dataset.episodes().size(), dataset.frames(), dataset.sha256());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("task", task);
        report.put("episodes", dataset.episodes().size());
        report.put("frames", dataset.frames());
        report.put("seed", seed);
        report.put("dataset_sha256", dataset.sha256());
        json.ifPresent(file -> JsonReport.write(file, report));
        return ExitCode.DONE;
    }
}
