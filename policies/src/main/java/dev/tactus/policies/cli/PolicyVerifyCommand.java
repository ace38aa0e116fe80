package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.runner.GoldenReplay;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./tactus policy verify BUNDLE}: sums, shapes, and the recorded answers replayed on ONNX Runtime. A case passes
 * if no element of the action differs by more than {@value #TOLERANCE} in normalised units: a network agrees with its
 * export to about 1e-5 per evaluation, and ten DDIM steps amplify that a few times.
 */
@Command(name = "verify", description = "Check a policy bundle: sums, shapes and recorded answers.")
public final class PolicyVerifyCommand implements TactusCommand {
    static final double TOLERANCE = 1e-4;

    @Parameters(paramLabel = "BUNDLE", description = "The bundle, a folder or a tar of one.")
    private Path bundle;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as one JSON object.")
    private Optional<Path> json = Optional.empty();

    /** Made by ServiceLoader. */
    public PolicyVerifyCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Override
    public Integer call() {
        PolicyBundle loaded = PolicyBundle.load(bundle, Trust.any());
        double[] errors;
        try (Denoiser denoiser = DenoiserSource.of(loaded).open(1)) {
            errors = GoldenReplay.errors(loaded.spec(), loaded.golden(), denoiser);
        }
        double largest = 0.0;
        for (double error : errors) {
            largest = Math.max(largest, error); // NaN stays NaN
        }
        boolean passed = largest <= TOLERANCE;
        System.out.printf(
                Locale.ROOT,
                "%s: %d recorded answers on CPU, largest error %.2e in normalised units (allowed %.0e): %s%n",
                loaded.spec().name(),
                errors.length,
                largest,
                TOLERANCE,
                passed ? "passed" : "FAILED");
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("bundle_sha256", loaded.sha256());
        report.put("provider", "cpu");
        report.put("cases", errors.length);
        report.put("largest_error_normalised", Double.isNaN(largest) ? null : largest);
        report.put("allowed_error_normalised", TOLERANCE);
        report.put("passed", passed);
        json.ifPresent(file -> JsonReport.write(file, report));
        return passed ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }
}
