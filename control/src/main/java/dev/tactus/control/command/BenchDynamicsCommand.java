package dev.tactus.control.command;

import dev.tactus.control.bench.DynamicsBench;
import dev.tactus.control.bench.DynamicsReport;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tactus bench dynamics}: nanoseconds and garbage of the dynamics algorithms, against Pinocchio's C++. */
@Command(
        name = "dynamics",
        description =
                "Time and garbage of RNEA, CRBA, ABA and Jacobian for FR3 and Go2, against Pinocchio's C++ where its"
                        + " headers and g++ are there. Exit code 1 if the two compute different things.")
public final class BenchDynamicsCommand implements TactusCommand {
    @Spec
    private CommandSpec spec;

    @Option(names = "--runs", paramLabel = "N", description = "Runs of each side (default: ${DEFAULT-VALUE}).")
    private int runs = 31;

    @Option(
            names = "--python",
            paramLabel = "PYTHON",
            defaultValue = "${env:TACTUS_PYTHON:-python3}",
            description = "Python with the wheels pin and cmeel-eigen, whose headers the other side is compiled from"
                    + " (default: $TACTUS_PYTHON, or python3).")
    private String python;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one JSON object.")
    private Path json;

    /** Made by ServiceLoader. */
    public BenchDynamicsCommand() {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs " + runs + ": at least 1");
        }
        if (json != null) {
            JsonReport.requireWritable(json);
        }
        DynamicsReport report = new DynamicsBench(runs, python, System.out).run();
        report.print(System.out);
        if (json != null) {
            JsonReport.write(json, report.values());
        }
        return report.resultsAgree() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }
}
