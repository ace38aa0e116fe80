package dev.tactus.control.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DynamicsBenchTest {
    @Test
    void withoutPinocchioItsFiguresAreNullAndALineSaysHowToGetIt() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        DynamicsReport report = new DynamicsBench(1, 1e6, "no-such-python", out).run();
        report.print(out);
        Map<String, Object> values = report.values();
        List<?> rows = (List<?>) values.get("results");
        assertEquals(8, rows.size());
        for (Object row : rows) {
            Map<?, ?> figures = (Map<?, ?>) row;
            assertTrue((double) figures.get("ns") > 0);
            assertEquals(0.0, (double) figures.get("heap_bytes"));
            assertTrue(figures.containsKey("pinocchio_ns"));
            assertNull(figures.get("pinocchio_ns"));
            assertNull(figures.get("ratio"));
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("no headers through 'no-such-python'"), text);
        assertTrue(text.contains("pip install pin cmeel-eigen"), text);
    }

    @Test
    void resultsThatDifferAreNotTakenForTheSame() {
        DynamicsRun run = new DynamicsRun(1, 3.0, 1000.0);
        assertTrue(run.agrees(new DynamicsRun(2, 3.0 + 9e-7, 1000.0)));
        assertFalse(run.agrees(new DynamicsRun(2, 3.0 + 2e-6, 1000.0)));
        assertFalse(run.agrees(new DynamicsRun(2, 3.0, 1000.1)));
        assertFalse(run.agrees(new DynamicsRun(2, Double.NaN, 1000.0)));
    }
}
