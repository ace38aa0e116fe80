package dev.tactus.policies.bench;

import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.policies.onnx.Provider;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ./tactus policy gpu-check} found.
 *
 * @param report the JSON object's content
 * @param agrees whether the GPU says what the processor says, within the precision of its products
 */
public record GpuFigures(Map<String, Object> report, boolean agrees) {
    /** Products of TF32 and float16 carry 10 to 11 bits; a step's clipped clean sample is of order 1. */
    static final double TOLERANCE = 1e-2;

    private static final int RUNS = 2000;
    private static final int QUICK_RUNS = 30;

    /**
     * Measures.
     *
     * @param provider where
     * @param quick a smaller network and few runs
     * @param python an interpreter with PyTorch; empty to leave PyTorch out
     * @param out where it says what it does
     * @return the figures
     * @throws MissingPartException if the provider or PyTorch does not work here
     */
    public static GpuFigures measure(Provider provider, boolean quick, Optional<Path> python, PrintStream out) {
        BenchNetwork network = quick ? BenchNetwork.UNET_5M : BenchNetwork.UNET_66M;
        int runs = quick ? QUICK_RUNS : RUNS;
        List<Map<String, Object>> rows = new GpuCheck(provider, network, runs, out).run();
        boolean agrees = rows.stream().allMatch(GpuFigures::agree);
        python.ifPresent(interpreter -> beside(interpreter, network, provider, runs, rows, out));
        Map<String, Object> report = new LinkedHashMap<>(MachineFigures.report());
        report.put("provider", provider.word());
        report.put("rehearsal", provider == Provider.CPU);
        report.put("runs", runs);
        report.put("allowed_difference_to_processor_normalised", TOLERANCE);
        report.put("agrees", agrees);
        report.put("steps", rows);
        return new GpuFigures(report, agrees);
    }

    private static boolean agree(Map<String, Object> row) {
        return row.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("largest_difference_to_processor_normalised"))
                .allMatch(entry -> (double) entry.getValue() <= TOLERANCE);
    }

    /** PyTorch's times of the same step, and the ratio of its eager time to ours. */
    private static void beside(
            Path python,
            BenchNetwork network,
            Provider provider,
            int runs,
            List<Map<String, Object>> rows,
            PrintStream out) {
        Map<?, ?> torch = torch(python, network, provider, runs);
        out.println("torch " + torch);
        for (Map<String, Object> row : rows) {
            if (torch.get(row.get("precision")) instanceof Map<?, ?> times) {
                times.forEach((name, value) -> row.put("torch_" + name, value));
                if (times.get("eager_p50_us") instanceof Number eager) {
                    Number ours = (Number) row.getOrDefault("recorded_p50_us", row.get("bound_p50_us"));
                    row.put("ratio_to_torch_eager", eager.doubleValue() / ours.doubleValue());
                }
            }
        }
    }

    private static Map<?, ?> torch(Path python, BenchNetwork network, Provider provider, int runs) {
        Path script = TactusHome.path().resolve("policies/bench/torch_gpu.py");
        String device = provider == Provider.CPU ? "cpu" : "cuda";
        try {
            Process process = new ProcessBuilder(
                            python.toString(), script.toString(), network.label(), device, Integer.toString(runs))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new MissingPartException("--torch " + python + ": " + script + " failed; its own message stands"
                        + " above. Name a Python interpreter that has PyTorch.");
            }
            return JsonMapper.shared().readValue(answer, Map.class);
        } catch (IOException | JacksonException e) {
            throw new MissingPartException(
                    "--torch " + python + ": cannot be run (" + e + "). Name a Python interpreter that has PyTorch.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MissingPartException("interrupted while PyTorch was being timed", e);
        }
    }
}
