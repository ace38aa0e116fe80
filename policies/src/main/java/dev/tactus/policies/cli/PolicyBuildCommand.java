package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.denoiser.OnnxNetwork;
import dev.tactus.policies.onnx.EngineCache;
import dev.tactus.policies.onnx.GraphModel;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.onnx.Provider;
import dev.tactus.policies.onnx.TensorRtEngines;
import dev.tactus.policies.runner.GoldenReplay;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./tactus policy build BUNDLE --provider tensorrt|cuda}: does ahead what a GPU takes long over, so that nothing
 * is built while a robot waits. TensorRT's engines are built into the cache, anew where an entry is damaged; CUDA has
 * nothing to build. Then the recorded answers are replayed there; products of TF32 carry 10 bits, so an element may
 * differ by {@value #TOLERANCE} in normalised units.
 */
@Command(
        name = "build",
        description = "Build a bundle's engines for a GPU ahead, and replay its recorded answers there.")
public final class PolicyBuildCommand implements TactusCommand {
    static final double TOLERANCE = 1e-2;

    @Parameters(paramLabel = "BUNDLE", description = "The bundle, a folder or a tar of one.")
    private Path bundle;

    @Option(names = "--provider", paramLabel = "P", required = true, description = "tensorrt or cuda.")
    private String provider;

    @Option(names = "--batch", paramLabel = "B", description = "Chunks that the execution scheme evaluates at once.")
    private int batch = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as one JSON object.")
    private Optional<Path> json = Optional.empty();

    @Mixin
    private TrustOptions trust;

    /** Made by ServiceLoader. */
    public PolicyBuildCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Override
    public Integer call() {
        List<Provider> providers = Provider.list(provider);
        if (providers.size() != 1 || providers.getFirst() == Provider.CPU || batch < 1) {
            throw new BadInputException(
                    "--provider " + provider + " --batch " + batch
                            + ": allowed are one of tensorrt and cuda, for which something can be built, and 1 or more chunks.");
        }
        json.ifPresent(JsonReport::requireWritable);
        PolicyBundle loaded = PolicyBundle.load(bundle, trust.trust());
        GraphModel model = OnnxNetwork.graph(loaded);
        Map<String, List<Long>> shapes = OnnxNetwork.shapes(loaded.spec(), model, batch);
        long start = System.nanoTime();
        EngineCache.State before = providers.getFirst() == Provider.TENSORRT
                ? TensorRtEngines.build(model, shapes, EngineCache.standard())
                : EngineCache.State.READY;
        double seconds = (System.nanoTime() - start) * 1e-9;
        double largest = replay(loaded, providers);
        boolean passed = largest <= TOLERANCE;
        System.out.printf(
                Locale.ROOT,
                "%s on %s: %s (%.1f s); recorded answers: largest error %.2e in normalised units (allowed %.0e): %s%n",
                loaded.spec().name(),
                provider,
                before == EngineCache.State.READY ? "nothing had to be built" : "engines built, cache was " + before,
                seconds,
                largest,
                TOLERANCE,
                passed ? "passed" : "FAILED");
        json.ifPresent(file -> JsonReport.write(file, report(loaded, before, seconds, largest)));
        return passed ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static double replay(PolicyBundle loaded, List<Provider> providers) {
        try (Denoiser denoiser =
                DenoiserSource.of(loaded, new GraphOptions(providers, 1, false)).open(1)) {
            return Arrays.stream(GoldenReplay.errors(loaded.spec(), loaded.golden(), denoiser))
                    .reduce(0.0, Math::max); // NaN stays NaN
        }
    }

    private Map<String, Object> report(PolicyBundle loaded, EngineCache.State before, double seconds, double largest) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("bundle_sha256", loaded.sha256());
        report.put("provider", provider);
        report.put("cache_before", before.name().toLowerCase(Locale.ROOT));
        report.put("build_s", seconds);
        report.put("largest_error_normalised", Double.isNaN(largest) ? null : largest);
        report.put("allowed_error_normalised", TOLERANCE);
        return report;
    }
}
