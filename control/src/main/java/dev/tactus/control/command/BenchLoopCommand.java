package dev.tactus.control.command;

import dev.tactus.control.bench.LoopBench;
import dev.tactus.control.bench.LoopReport;
import dev.tactus.control.realtime.RealTimeSettings;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./tactus bench loop}: how late the 1 kHz control loop is, beside {@code cyclictest} in the same minutes. Ends
 * with 1 only if the control thread allocates; a goal of time that is missed is said, not punished, for the machine may
 * be busy.
 */
@Command(
        name = "loop",
        description =
                "Lateness of the 1 kHz control loop beside a garbage-making neighbour, against cyclictest in turns"
                        + " (ten minutes; --seconds 5 to see that it works).")
public final class BenchLoopCommand implements TactusCommand {
    @Option(names = "--seconds", paramLabel = "S", description = "Length of each run (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--pairs", paramLabel = "N", description = "Runs of each side (default: ${DEFAULT-VALUE}).")
    private int pairs = 5;

    @Option(
            names = "--priority",
            paramLabel = "P",
            description = "SCHED_FIFO priority of both sides, 1 to 98 (default: ${DEFAULT-VALUE}).")
    private int priority = RealTimeSettings.REAL_TIME.priority().orElseThrow();

    @Option(
            names = "--cpus",
            paramLabel = "CPU",
            split = ",",
            description = "CPUs that both sides stay on, for example an isolated one (default: any).")
    private List<Integer> cpus = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one JSON object.")
    private Optional<Path> json = Optional.empty();

    /** Made by ServiceLoader. */
    public BenchLoopCommand() {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() throws InterruptedException {
        json.ifPresent(JsonReport::requireWritable);
        if (seconds < 1 || pairs < 1) {
            throw new BadInputException("--seconds " + seconds + ", --pairs " + pairs + ": each must be at least 1.");
        }
        LoopReport report = new LoopBench(rights(), seconds, pairs, System.out).run();
        report.print(System.out);
        json.ifPresent(file -> JsonReport.write(file, report.values()));
        return report.heapBytesPerCycle() == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private RealTimeSettings rights() {
        try {
            return RealTimeSettings.REAL_TIME.withPriority(priority).withCpus(cpus);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--priority or --cpus: " + e.getMessage() + ".", e);
        }
    }
}
