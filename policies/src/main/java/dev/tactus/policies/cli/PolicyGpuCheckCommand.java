package dev.tactus.policies.cli;

import dev.tactus.policies.bench.GpuFigures;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.onnx.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./tactus policy gpu-check}: one step of real-time iteration of the paper's U-Net on a GPU, beside the
 * processor's answer, PyTorch and the floor. {@code policies/bench/gpu-check.sh} calls it with a GPU's libraries in place.
 */
@Command(name = "gpu-check", description = "Time one denoising step of a 65.8 M parameter network on a GPU.")
public final class PolicyGpuCheckCommand implements TactusCommand {
    @Option(names = "--provider", paramLabel = "P", description = "cuda; cpu rehearses the same flow.")
    private String provider = "cuda";

    @Option(names = "--quick", description = "A smaller network and few runs: shows that it works, not how fast.")
    private boolean quick;

    @Option(
            names = "--torch",
            paramLabel = "PYTHON",
            description = "Python interpreter that has PyTorch, to time it beside.")
    private Optional<Path> python = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as one JSON object.")
    private Optional<Path> json = Optional.empty();

    /** Made by ServiceLoader. */
    public PolicyGpuCheckCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Override
    public Integer call() {
        List<Provider> providers = Provider.list(provider);
        if (providers.size() != 1 || providers.getFirst() == Provider.TENSORRT) {
            throw new BadInputException("--provider " + provider + ": one of cuda and cpu is allowed.");
        }
        json.ifPresent(JsonReport::requireWritable);
        GpuFigures figures = GpuFigures.measure(providers.getFirst(), quick, python, System.out);
        json.ifPresent(file -> JsonReport.write(file, figures.report()));
        return figures.agrees() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }
}
