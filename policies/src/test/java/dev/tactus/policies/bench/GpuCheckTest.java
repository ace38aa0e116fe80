package dev.tactus.policies.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.onnx.Provider;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpuCheckTest {

    @Test
    void theRehearsalOnTheProcessorMeasuresBothPrecisions() {
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream());
        List<Map<String, Object>> rows = new GpuCheck(Provider.CPU, BenchNetwork.MLP_4X256, 5, silence).run();
        assertEquals(
                List.of("float32", "float16"),
                rows.stream().map(row -> row.get("precision")).toList());
        assertEquals(0.0, (double) rows.getFirst().get("largest_difference_to_processor_normalised"));
        double half = (double) rows.getLast().get("largest_difference_to_processor_normalised");
        assertTrue(half > 0.0 && half < GpuFigures.TOLERANCE, "difference of 16-bit floats: " + half);
        for (Map<String, Object> row : rows) {
            assertTrue((double) row.get("floor_us") > 0.0, row.toString());
            assertTrue((double) row.get("bound_p50_us") <= (double) row.get("bound_p99_us"), row.toString());
        }
    }
}
