package dev.tactus.policies.bench;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.policies.scheme.Schemes;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All measurements of {@code ./tactus policy bench}, in order: every network with real-time iteration (or, if the
 * bundle knows none, its full denoise), beside PyTorch if
 * there is a peer; every scheme on the smallest network; cycles at {@value #RATE_HZ} Hz. Prints a line for each as it
 * comes, and collects the report.
 */
public final class PolicyBench implements AutoCloseable {
    /** Rate of the periodic run. */
    static final int RATE_HZ = 200;

    /** Most that sampler, scheme and normaliser may add to a step of the 5.4 M-parameter U-Net, as a part of it. */
    static final double ALLOWED_RATIO = 0.05;

    /** Most that they may add to a step of any network, us. */
    static final double ALLOWED_OVERHEAD_US = 10.0;

    /** Most that the 99th percentile of a periodic cycle may be over its median. */
    static final double ALLOWED_P99_TO_P50 = 2.5;

    /** How many times faster than PyTorch's eager mode an evaluation should be at least. */
    private static final Map<BenchNetwork, Double> LEAST_RATIO_TO_TORCH =
            Map.of(BenchNetwork.MLP_4X256, 1.5, BenchNetwork.UNET_5M, 1.5, BenchNetwork.UNET_66M, 1.3);

    private static final long SEED = 1;
    private static final String SCHEME = "rti";
    private static final String WITHOUT_ITERATION = "full";

    private final boolean quick;
    private final Measurement measurement;
    private final Optional<TorchPeer> peer;
    private final Optional<CorePin> pin;
    private final PrintStream out;
    private final Map<String, Object> machine;
    private final List<Map<String, Object>> networks = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private boolean sameAsPeer = true;

    private PolicyBench(
            boolean quick,
            Map<String, Object> machine,
            Optional<TorchPeer> peer,
            Optional<CorePin> pin,
            PrintStream out) {
        this.quick = quick;
        this.machine = machine;
        this.measurement = quick ? Measurement.quick() : Measurement.thorough();
        this.peer = peer;
        this.pin = pin;
        this.out = out;
    }

    /**
     * Measures the runtime alone.
     *
     * @param quick whether to measure only as long as it takes to see that everything works
     * @param out where lines for people go
     * @return the benchmark
     */
    public static PolicyBench alone(boolean quick, PrintStream out) {
        return new PolicyBench(quick, MachineFigures.report(), Optional.empty(), Optional.empty(), out);
    }

    /**
     * Measures the runtime and PyTorch in turns, both on one processor core where the system can pin them.
     *
     * @param folder the folder with {@code torch_peer.py} and its {@code requirements.txt}
     * @param quick whether to measure only as long as it takes to see that everything works
     * @param out where lines for people go
     * @return the benchmark
     * @throws dev.tactus.policies.command.MissingPartException if PyTorch cannot be had
     */
    public static PolicyBench besideTorch(Path folder, boolean quick, PrintStream out) {
        Path python =
                TorchEnvironment.ofUser(folder.resolve("requirements.txt")).interpreter(System.err);
        List<String> command =
                List.of(python.toString(), folder.resolve("torch_peer.py").toString());
        Map<String, Object> machine = MachineFigures.report(); // before one core is all that this thread sees
        Optional<CorePin> pin = CorePin.pinThread();
        TorchPeer peer = new TorchPeer(pin.map(held -> held.command(command)).orElse(command));
        return new PolicyBench(quick, machine, Optional.of(peer), pin, out);
    }

    /**
     * Measures a benchmark network.
     *
     * @param network which
     */
    public void measure(BenchNetwork network) {
        byte[] model = network.onnx(SEED);
        try (BenchSubject subject = BenchSubject.of(network, model, SchemeOptions.named(SCHEME))) {
            Map<String, Object> report = measure(subject, model);
            report.put("parameters", network.parameters());
            if (network == BenchNetwork.UNET_5M) {
                atMost(subject.name(), "sampler_overhead_ratio", report, ALLOWED_RATIO);
            }
            Double least = LEAST_RATIO_TO_TORCH.get(network);
            if (report.get("ratio_to_torch") instanceof Double ratio && least != null && ratio < least) {
                missed.add(String.format(
                        Locale.ROOT,
                        "%s ratio_to_torch is %.3g; at least %.3g is the goal",
                        network.label(),
                        ratio,
                        least));
            }
        }
    }

    /**
     * Measures a bundle's network.
     *
     * @param name what the report calls it
     * @param bundle the bundle
     */
    public void measure(String name, PolicyBundle bundle) {
        String scheme = bundle.spec().rti().isPresent() ? SCHEME : WITHOUT_ITERATION;
        try (BenchSubject subject = BenchSubject.of(name, bundle, SchemeOptions.named(scheme))) {
            measure(subject, bundle.model());
        }
    }

    private Map<String, Object> measure(BenchSubject subject, byte[] model) {
        NetworkFigures figures = measurement.of(subject);
        Map<String, Object> report = figures.report();
        String name = subject.name();
        atMost(name, "sampler_overhead_us", report, ALLOWED_OVERHEAD_US);
        atMost(name, "heap_bytes_per_cycle", report, 0.0);
        if (networks.isEmpty()) {
            head();
        }
        String beside =
                peer.map(torch -> compare(torch, subject, model, report)).orElse("");
        line(
                "%-12s %12.2f %12.2f %12.3f %9.3f %9.1f%s",
                name,
                figures.networkUs(),
                figures.networkP99Us(),
                figures.samplerOverheadUs(),
                100 * figures.samplerOverheadRatio(),
                figures.heapBytesPerCycle(),
                beside);
        networks.add(report);
        return report;
    }

    private void head() {
        String format = "%-12s %12s %12s %12s %9s %9s" + (peer.isPresent() ? "%12s %9s" : "");
        line(format, "network", "network", "p99", "sampler", "overhead", "heap", "PyTorch", "faster");
        line(format, "", "us", "us", "us/step", "%", "B/cycle", "us", "x");
    }

    private String compare(TorchPeer torch, BenchSubject subject, byte[] model, Map<String, Object> report) {
        Path file = null;
        try {
            file = Files.createTempFile("tactus-bench", ".onnx");
            Files.write(file, model);
            Optional<String> unknown = torch.open(file);
            if (unknown.isPresent()) {
                report.put("torch_unknown", unknown.get());
                return "  PyTorch: " + unknown.get();
            }
            PeerFigures figures = PeerFigures.compare(subject, torch, quick ? 2 : 31);
            figures.addTo(report);
            sameAsPeer &= figures.same();
            return String.format(
                    Locale.ROOT,
                    "%12.2f %9.2f%s",
                    figures.torchUs(),
                    figures.ratioToTorch(),
                    figures.same() ? "" : "  ANOTHER NETWORK: differs by " + figures.largestDifference());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Measures what is not about one network, and finishes.
     *
     * @return the report
     */
    public Map<String, Object> finish() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", machine);
        report.put("threads", 1);
        report.put("scheme", SCHEME);
        pin.ifPresent(held -> report.put("pinned_to_core", held.core()));
        report.put("networks", networks);
        byte[] small = BenchNetwork.MLP_4X64.onnx(SEED);
        report.put("schemes", schemes(small));
        report.put("periodic", periodic(small));
        report.put("goals_missed", missed);
        missed.forEach(goal -> line("goal missed: %s", goal));
        return report;
    }

    /**
     * Whether PyTorch computed the same predictions, or was not asked.
     *
     * @return false if a network differed
     */
    public boolean sameAsPeer() {
        return sameAsPeer;
    }

    private List<Map<String, Object>> schemes(byte[] model) {
        line("%n%-12s %12s %12s %9s", "scheme", "evaluations", "us/step", "B/cycle");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String scheme : Schemes.ofAnyNetwork()) {
            try (BenchSubject subject = BenchSubject.of(BenchNetwork.MLP_4X64, model, SchemeOptions.named(scheme))) {
                NetworkFigures figures = measurement.of(subject);
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("scheme", scheme);
                row.put("evaluations_per_cycle", figures.evaluations());
                row.put("sampler_overhead_us", figures.samplerOverheadUs());
                row.put("heap_bytes_per_cycle", figures.heapBytesPerCycle());
                rows.add(row);
                line(
                        "%-12s %12d %12.3f %9.1f",
                        scheme, figures.evaluations(), figures.samplerOverheadUs(), figures.heapBytesPerCycle());
                atMost("scheme " + scheme, "sampler_overhead_us", row, ALLOWED_OVERHEAD_US);
                atMost("scheme " + scheme, "heap_bytes_per_cycle", row, 0.0);
            }
        }
        return rows;
    }

    private Map<String, Object> periodic(byte[] model) {
        try (BenchSubject subject = BenchSubject.of(BenchNetwork.MLP_4X64, model, SchemeOptions.named(SCHEME))) {
            PeriodicRun run = PeriodicRun.measure(subject, RATE_HZ, quick ? 0.5 : 20.0);
            line(
                    "%n%d Hz, a cycle of %s: median %.1f us, p99 %.1f us (%.2f times), longest %.1f us, %d of %d late",
                    run.rateHz(),
                    subject.name(),
                    run.p50Us(),
                    run.p99Us(),
                    run.p99ToP50(),
                    run.greatestUs(),
                    run.late(),
                    run.cycles());
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("network", subject.name());
            report.put("rate_hz", run.rateHz());
            report.put("cycles", run.cycles());
            report.put("cycle_p50_us", run.p50Us());
            report.put("cycle_p99_us", run.p99Us());
            report.put("cycle_max_us", run.greatestUs());
            report.put("p99_to_p50_ratio", run.p99ToP50());
            report.put("late_cycles", run.late());
            atMost("periodic", "p99_to_p50_ratio", report, ALLOWED_P99_TO_P50);
            return report;
        }
    }

    private void atMost(String of, String key, Map<String, Object> report, double allowed) {
        double found = (double) report.get(key);
        if (found > allowed) {
            missed.add(String.format(Locale.ROOT, "%s %s is %.3g; at most %.3g is the goal", of, key, found, allowed));
        }
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    @Override
    public void close() {
        peer.ifPresent(TorchPeer::close);
        pin.ifPresent(CorePin::close);
    }
}
