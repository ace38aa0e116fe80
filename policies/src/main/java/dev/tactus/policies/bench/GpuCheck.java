package dev.tactus.policies.bench;

import dev.tactus.policies.onnx.GraphModel;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.onnx.GraphSession;
import dev.tactus.policies.onnx.HalfPrecision;
import dev.tactus.policies.onnx.MemoryBandwidth;
import dev.tactus.policies.onnx.Provider;
import dev.tactus.policies.onnx.TensorInfo;
import dev.tactus.policies.onnx.UnrolledGraph;
import dev.tactus.policies.onnx.UnrolledGraph.Roles;
import dev.tactus.policies.onnx.UnrolledGraph.Step;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.VariancePreserving;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of real-time iteration, network and sampler in one graph, on a GPU: does it load, does it say what the
 * processor says, how long does it take with the tensors bound and with the graph recorded, and how far is that from the
 * floor, the time to read the weights once. On {@link Provider#CPU} the same flow is a rehearsal.
 */
final class GpuCheck {
    private static final Roles ROLES = new Roles("latent", "timestep", "prediction");
    private static final Map<String, List<Long>> SHAPES = Map.of("latent", List.of(1L, 16L, 2L));
    private static final int PARITY_DRAWS = 5;
    private static final int WARM_UP_RUNS = 20;
    private static final int LEVELS = 100;
    private static final double CLIP = 1.0;
    private static final long SEED = 1;

    private final Provider provider;
    private final BenchNetwork network;
    private final int runs;
    private final PrintStream out;

    /**
     * Makes a check; runs nothing.
     *
     * @param provider where
     * @param network what
     * @param runs timed runs of each kind
     * @param out where it says what it does
     */
    GpuCheck(Provider provider, BenchNetwork network, int runs, PrintStream out) {
        this.provider = provider;
        this.network = network;
        this.runs = runs;
        this.out = out;
    }

    /** Runs everything; one map a precision. */
    List<Map<String, Object>> run() {
        GraphModel full = GraphModel.of(network.label(), network.onnx(SEED));
        GraphModel reference = step(full);
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(measure("float32", full, 4, reference));
        rows.add(measure("float16", HalfPrecision.of(full), 2, reference));
        return rows;
    }

    private static GraphModel step(GraphModel model) {
        VariancePreserving schedule = VariancePreserving.named("squared_cosine", LEVELS);
        double alpha = schedule.alpha(0);
        Step last = new Step(0, 1 / alpha, -schedule.sigma(0) / alpha, 0.0, 1.0, 0.0, 0.0);
        return UnrolledGraph.of(model, ROLES, SHAPES, List.of(last), CLIP);
    }

    private Map<String, Object> measure(String precision, GraphModel model, int weightBytes, GraphModel reference) {
        GraphModel step = step(model);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("network", network.label());
        row.put("precision", precision);
        row.put("parameters", network.parameters());
        double[] bound;
        try (GraphSession session = open(step, provider, false)) {
            row.put("largest_difference_to_processor_normalised", difference(session, reference));
            bound = times(session);
        }
        double bandwidth = MemoryBandwidth.bytesPerSecond(provider);
        double floorUs = network.parameters() * (double) weightBytes / bandwidth * 1e6;
        row.put("memory_bandwidth_gb_per_s", bandwidth / 1e9);
        row.put("floor_us", floorUs);
        put(row, "bound", bound);
        if (provider != Provider.CPU) {
            try (GraphSession session = open(step, provider, true)) {
                row.put("recorded_largest_difference_to_processor_normalised", difference(session, reference));
                put(row, "recorded", times(session));
            }
        }
        out.println(row);
        return row;
    }

    private static GraphSession open(GraphModel model, Provider provider, boolean cudaGraph) {
        GraphSession session = GraphSession.open(model, Map.of(), new GraphOptions(List.of(provider), 1, cudaGraph));
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            requireRun(session);
        }
        return session;
    }

    private static void requireRun(GraphSession session) {
        if (!session.run()) {
            throw new IllegalStateException("the step does not run: " + session.failure());
        }
    }

    private static void fill(GraphSession session, long seed) {
        GaussianNoise noise = new GaussianNoise(seed);
        for (TensorInfo input : session.inputs()) {
            float[] values = new float[(int) input.elements()];
            noise.fill(values);
            session.input(input.name()).copyFrom(MemorySegment.ofArray(values));
        }
    }

    private static double difference(GraphSession session, GraphModel reference) {
        double largest = 0.0;
        try (GraphSession processor = open(reference, Provider.CPU, false)) {
            for (int draw = 0; draw < PARITY_DRAWS; draw++) {
                fill(processor, draw);
                fill(session, draw);
                requireRun(processor);
                requireRun(session);
                float[] expected = processor.output(UnrolledGraph.RESULT).toArray(ValueLayout.JAVA_FLOAT);
                float[] found = session.output(UnrolledGraph.RESULT).toArray(ValueLayout.JAVA_FLOAT);
                for (int i = 0; i < expected.length; i++) {
                    largest = Math.max(largest, Math.abs(expected[i] - found[i]));
                }
            }
        }
        return largest;
    }

    private double[] times(GraphSession session) {
        double[] us = new double[runs];
        fill(session, SEED);
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            requireRun(session);
            us[i] = (System.nanoTime() - start) * 1e-3;
        }
        return us;
    }

    private static void put(Map<String, Object> row, String kind, double[] us) {
        Percentiles percentiles = Percentiles.of(us);
        row.put(kind + "_p50_us", percentiles.median());
        row.put(kind + "_p99_us", percentiles.at(99));
    }
}
