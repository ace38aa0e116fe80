package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.onnx.Provider;
import dev.tactus.policies.runner.GoldenReplay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./tactus policy verify BUNDLE}: sums, shapes, and the recorded answers replayed on every execution provider of
 * ONNX Runtime that is here. On the processor a case passes
 * if no element of the action differs by more than {@value #TOLERANCE} in normalised units: a network agrees with its
 * export to about 1e-5 per evaluation, and ten steps amplify that a few times. A GPU may differ as much as {@link
 * PolicyBuildCommand} says.
 */
@Command(name = "verify", description = "Check a policy bundle: sums, shapes and recorded answers.")
public final class PolicyVerifyCommand implements TactusCommand {
    static final double TOLERANCE = 1e-4;

    private static final String ERROR = "largest_error_normalised";

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
        json.ifPresent(JsonReport::requireWritable);
        PolicyBundle loaded = PolicyBundle.load(bundle, Trust.any());
        System.out.println(loaded.spec().name() + ": whole; " + loaded.origin().words());
        List<Map<String, Object>> providers = new ArrayList<>();
        boolean passed = true;
        double largest = 0.0;
        for (Provider provider : Provider.values()) {
            Map<String, Object> result = replay(loaded, provider);
            passed &= result.get("passed") != Boolean.FALSE;
            largest = Math.max(largest, result.get(ERROR) instanceof Double error ? error : largest(result));
            providers.add(result);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("bundle_sha256", loaded.sha256());
        report.put("origin", loaded.origin().voucher().name().toLowerCase(Locale.ROOT));
        report.put("cases", loaded.golden().cases().size());
        report.put("providers", providers);
        report.put(ERROR, Double.isNaN(largest) ? null : largest);
        report.put("passed", passed);
        json.ifPresent(file -> JsonReport.write(file, report));
        return passed ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    /** Without a number it was not replayed, or gave NaN. */
    private static double largest(Map<String, Object> result) {
        return result.containsKey("absent") ? 0.0 : Double.NaN;
    }

    /** Replays on one provider; a GPU that is not there is said and is no failure. */
    private static Map<String, Object> replay(PolicyBundle loaded, Provider provider) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("provider", provider.word());
        GraphOptions options = new GraphOptions(List.of(provider), 1, false);
        try (Denoiser denoiser = DenoiserSource.of(loaded, options).open(1)) {
            double[] errors = GoldenReplay.errors(loaded.spec(), loaded.golden(), denoiser);
            double largest = Arrays.stream(errors).reduce(0.0, Math::max); // NaN stays NaN
            double allowed = provider == Provider.CPU ? TOLERANCE : PolicyBuildCommand.TOLERANCE;
            boolean passed = largest <= allowed;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d recorded answers, largest error %.2e in normalised units (allowed %.0e): %s%n",
                    provider.word(),
                    errors.length,
                    largest,
                    allowed,
                    passed ? "passed" : "FAILED");
            result.put(ERROR, Double.isNaN(largest) ? null : largest);
            result.put("allowed_error_normalised", allowed);
            result.put("passed", passed);
        } catch (MissingPartException e) {
            if (provider == Provider.CPU) {
                throw e;
            }
            System.out.printf("%s: not replayed, it is not here (--json has the reason)%n", provider.word());
            result.put("absent", e.getMessage());
        }
        return result;
    }
}
