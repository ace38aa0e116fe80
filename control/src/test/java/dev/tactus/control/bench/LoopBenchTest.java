package dev.tactus.control.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.loop.LoopSettings;
import dev.tactus.control.realtime.RealTimeGrant;
import dev.tactus.control.realtime.RealTimeGrant.Kind;
import dev.tactus.control.realtime.RealTimeGrant.Right;
import dev.tactus.control.realtime.RealTimeSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What the benchmark makes of what it measures; how fast a machine is, no test says. */
class LoopBenchTest {
    private static final RealTimeGrant GRANT =
            new RealTimeGrant(List.of(new Right(Kind.PRIORITY, true, "SCHED_FIFO 80")));

    private static LoopPair pair(double p999Us, Double peerP999Us, double heapBytes) {
        return new LoopPair(
                new LoopRun(new LatenessFigures(1000, 1, 2, p999Us, 4 * p999Us, 0), 5, 0, heapBytes, GRANT),
                Optional.ofNullable(peerP999Us).map(us -> new LatenessFigures(1000, 4, 8, us, 2 * us, Double.NaN)));
    }

    private static LoopReport report(LoopPair... pairs) {
        Optional<String> obstacle =
                pairs[0].peer().isPresent() ? Optional.empty() : Optional.of("it printed no histogram but: no rights");
        return new LoopReport(60, List.of(pairs), GRANT, "cyclictest --policy=fifo", obstacle, 400_000_000.0);
    }

    private static String printed(LoopReport report) {
        var bytes = new ByteArrayOutputStream();
        report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readsTheHistogramOfCyclictest() {
        // A histogram as the program prints it, and the same values in another histogram.
        var random = new SplittableRandom(3);
        var expected = new Histogram(1_000_000, 5);
        int[] counts = new int[300];
        for (int n = 0; n < 20_000; n++) {
            int us = (int) (20 + 10 * random.nextDouble() / (0.05 + random.nextDouble()));
            counts[us]++;
            expected.recordValue(us);
        }
        expected.recordValue(4321);
        StringBuilder text = new StringBuilder("# /dev/cpu_dma_latency set to 0us\n# Histogram\n");
        for (int us = 0; us < counts.length; us++) {
            text.append(String.format("%06d %06d%n", us, counts[us]));
        }
        text.append("# Total: 000020000\n# Min Latencies: 00020\n# Avg Latencies: 00030\n# Max Latencies: 04321\n")
                .append("# Histogram Overflows: 00001\n# Histogram Overflow at cycle number:\n# Thread 0: 00017\n");
        LatenessFigures figures = Cyclictest.parse(text.toString());
        assertEquals(20_001, figures.cycles());
        assertEquals(expected.getValueAtPercentile(50), figures.p50Us());
        assertEquals(expected.getValueAtPercentile(99), figures.p99Us());
        assertEquals(expected.getValueAtPercentile(99.9), figures.p999Us());
        assertEquals(4321, figures.maxUs());
    }

    @Test
    void valuesBeyondTheHistogramCountAsTheGreatest() {
        LatenessFigures figures =
                Cyclictest.parse("000003 000090\n# Max Latencies: 200000\n# Histogram Overflows: 00010\n");
        assertEquals(3, figures.p50Us());
        assertEquals(200_000, figures.p99Us());
    }

    @Test
    void whatCyclictestSaysInsteadOfAHistogramIsShown() {
        var thrown = assertThrows(
                IllegalStateException.class, () -> Cyclictest.parse("Unable to change scheduling policy!\n"));
        assertTrue(thrown.getMessage().contains("Unable to change scheduling policy!"), thrown.getMessage());
    }

    @Test
    void aTrialOfCyclictestEitherSucceedsOrSaysWhatStandsAgainstIt() {
        // CPU 1023 is nowhere: where the program is installed it says so, where it is not the way to get it is said.
        String obstacle =
                new Cyclictest(1000, 1, List.of(1023), false).obstacle().orElseThrow();
        assertTrue(obstacle.contains("apt-get install rt-tests") || obstacle.contains("1023"), obstacle);
    }

    @Test
    void reportsMediansOverPairsAndTheRatioOfEachPair() {
        LoopReport report = report(pair(100, 50.0, 0), pair(90, 100.0, 0), pair(300, 100.0, 0.5));
        Map<String, Object> values = report.values();
        assertEquals(1.0, values.get("p50_us"));
        assertEquals(2.0, values.get("p99_us"));
        assertEquals(100.0, values.get("p999_us"));
        assertEquals(400.0, values.get("max_us"));
        assertEquals(100.0, values.get("cyclictest_p999_us"));
        assertEquals(2.0, values.get("ratio_p999"), "the median of 2, 0.9 and 3, not the ratio of medians");
        assertEquals(0.5, values.get("heap_bytes_per_cycle"), "the most, for one byte is too many");
        List<?> pairs = (List<?>) values.get("pairs");
        assertEquals(3.0, ((Map<?, ?>) pairs.get(2)).get("ratio_p999"));
        assertNull(((Map<?, ?>) pairs.get(0)).get("cyclictest_stolen_ms"), "not counted is not 0");
        String printed = printed(report);
        assertTrue(printed.contains("median of pairs: 2.00 (goal: at most 2, met)"), printed);
        assertTrue(printed.contains("0.500 bytes a cycle"), printed);
    }

    @Test
    void saysWhetherTheMachineAllowsTheGoal() {
        assertTrue(printed(report(pair(800, 400.0, 0))).contains("p99.9: 800.0 us (goal: at most 500, missed)"));
        assertTrue(printed(report(pair(800, 700.0, 0))).contains("this machine does not allow it"));
    }

    @Test
    void withoutCyclictestItsFiguresAreNullAndTheReasonIsSaid() {
        LoopReport report = report(pair(100, null, 0));
        Map<String, Object> values = report.values();
        assertTrue(values.containsKey("cyclictest_p999_us") && values.containsKey("ratio_p999"));
        assertNull(values.get("cyclictest_p999_us"));
        assertNull(values.get("ratio_p999"));
        assertEquals("it printed no histogram but: no rights", values.get("cyclictest_obstacle"));
        assertTrue(printed(report).contains("cyclictest was not measured: it printed no histogram but: no rights"));
    }

    @Test
    void aRunOfTheLoopCountsItsCyclesAndWhatTheyAllocate() throws InterruptedException {
        var settings = LoopSettings.ofPeriod(1_000_000).withRights(RealTimeSettings.ORDINARY);
        LoopRun run = LoopRun.measure(settings, 0.3);
        // Nothing in the long run, as the loop's own test shows; a little while the compiler is at it.
        assertTrue(run.heapBytesPerCycle() < 1000, run.heapBytesPerCycle() + " bytes a cycle");
        assertTrue(run.lateness().cycles() > 0);
        assertTrue(run.lateness().cycles() + run.missedDeadlines() >= 300 - 1);
        assertTrue(run.durationP50Us() > 0);
    }

    @Test
    void theNeighbourMakesGarbageUntilItIsClosed() throws InterruptedException {
        try (GarbageNeighbour neighbour = GarbageNeighbour.start()) {
            long deadline = System.nanoTime() + 5_000_000_000L;
            while (neighbour.measuredBytesPerS() < 1e6 && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            assertTrue(neighbour.measuredBytesPerS() >= 1e6);
        }
    }

    @Test
    void theWorkOfACycleIsFiniteAndTheSameEveryTime() {
        var one = new JointSpaceWork();
        var other = new JointSpaceWork();
        List<Double> sums = new ArrayList<>();
        for (long ns = 0; ns < 1000; ns++) {
            one.run(ns * 1_000_003);
            other.run(ns * 1_000_003);
            assertEquals(one.effort()[6], other.effort()[6]);
            sums.add(one.effort()[0]);
        }
        assertTrue(sums.stream().allMatch(Double::isFinite));
        assertTrue(sums.stream().distinct().count() > 900);
    }
}
