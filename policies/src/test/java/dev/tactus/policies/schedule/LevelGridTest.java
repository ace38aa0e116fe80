package dev.tactus.policies.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LevelGridTest {
    private final VariancePreserving discrete = VariancePreserving.squaredCosine(100);
    private final VarianceExploding edm = new VarianceExploding(0.002, 80.0);
    private final LinearFlow flow = new LinearFlow();

    private static double[] levels(LevelGrid grid) {
        return IntStream.range(0, grid.steps()).mapToDouble(grid::level).toArray();
    }

    private static void assertLevels(double tolerance, LevelGrid grid, double... expected) {
        assertArrayEquals(expected, levels(grid), tolerance);
        assertEquals(grid.schedule().noiseless(), grid.level(grid.steps()));
    }

    @Test
    void theKarrasGridIsThatOfTheConsistencyModels() {
        assertLevels(5e-5, LevelGrid.karras(edm, 5, 7.0), 80.0, 17.5278, 2.5152, 0.1698, 0.002);
        assertLevels(0.0, LevelGrid.karras(edm, 1, 7.0), 80.0);
    }

    @Test
    void discreteSpacingsAreThoseOfDiffusers() {
        assertLevels(
                0.0, LevelGrid.leading(discrete, 16), 90, 84, 78, 72, 66, 60, 54, 48, 42, 36, 30, 24, 18, 12, 6, 0);
        // numpy.round(numpy.arange(100, 0, -100 / 7)) - 1 and numpy.linspace(0, 99, 7).round()[::-1]
        assertLevels(0.0, LevelGrid.trailing(discrete, 7), 99, 85, 70, 56, 42, 28, 13);
        assertLevels(0.0, LevelGrid.linspace(discrete, 7), 99, 82, 66, 50, 33, 16, 0);
        assertLevels(0.0, LevelGrid.linspace(discrete, 1), 99);
        assertEquals(99.0, LevelGrid.leading(discrete, 100).level(0));
    }

    @Test
    void sigmaGridsAreEvenInWhatTheyAreNamedFor() {
        VarianceExploding beso = new VarianceExploding(0.005, 1.0);
        assertLevels(1e-12, LevelGrid.linearSigma(beso, 3), 1.0, 0.5025, 0.005);
        assertLevels(1e-12, LevelGrid.logSnr(beso, 3), 1.0, Math.sqrt(0.005), 0.005);
        assertLevels(1e-12, LevelGrid.linspace(beso, 3), 1.0, 0.5025, 0.005);
        LevelGrid even = LevelGrid.logSnr(flow, 11);
        double h = flow.logSnr(even.level(1)) - flow.logSnr(even.level(0));
        for (int i = 1; i < 11; i++) {
            assertEquals(h, flow.logSnr(even.level(i)) - flow.logSnr(even.level(i - 1)), 1e-9);
        }
        assertEquals(0.001, even.level(0), 1e-12);
        assertEquals(0.999, even.level(10), 1e-12);
    }

    @Test
    void aFlowIsWalkedInEvenStepsThatArriveExactly() {
        assertLevels(0.0, LevelGrid.linspace(flow, 5), 0.0, 1 / 5.0, 2 / 5.0, 3 / 5.0, 4 / 5.0);
        assertEquals(1.0, LevelGrid.linspace(flow, 5).level(5));
    }

    @Test
    void onADiscreteScheduleEveryGridHoldsWholeLevelsEachOnce() {
        for (int steps : new int[] {1, 2, 9, 50, 99, 100}) {
            for (LevelGrid grid : List.of(
                    LevelGrid.logSnr(discrete, steps),
                    LevelGrid.karras(discrete, steps, 7.0),
                    LevelGrid.linearSigma(discrete, steps),
                    LevelGrid.trailing(discrete, steps),
                    LevelGrid.linspace(discrete, steps))) {
                double[] levels = levels(grid);
                assertEquals(99.0, levels[0]);
                for (int i = 0; i < steps; i++) {
                    assertEquals(Math.rint(levels[i]), levels[i]);
                    assertTrue(i == 0 || levels[i] < levels[i - 1], grid.toString());
                }
            }
        }
        // halfway in log-SNR between the ends
        double middle = LevelGrid.logSnr(discrete, 3).level(1);
        assertEquals(discrete.level(0.5 * (discrete.logSnr(99) + discrete.logSnr(0))), middle, 0.5);
    }

    @Test
    void aWarmStartEntersAGridAtALevelOrAtAStep() {
        assertLevels(0.0, LevelGrid.linspace(flow, 5).from(0.5), 0.5, 3 / 5.0, 4 / 5.0);
        assertLevels(0.0, LevelGrid.leading(discrete, 10).from(20), 20, 10, 0);
        assertLevels(0.0, LevelGrid.linspace(flow, 5).last(List.of(3, 1, 0)), 1 / 5.0, 3 / 5.0, 4 / 5.0);
        assertEquals(0.5, LevelGrid.linspace(flow, 5).from(0.5).initialStd());
    }

    @Test
    void beginningNoiseFollowsTheScheduleUnlessSaidOtherwise() {
        assertEquals(1.0, LevelGrid.leading(discrete, 10).initialStd());
        assertEquals(80.0, LevelGrid.karras(edm, 5, 7.0).initialStd());
        assertEquals(1.0, LevelGrid.linspace(flow, 5).initialStd());
        assertEquals(1.0, LevelGrid.karras(edm, 5, 7.0).startingWith(1.0).initialStd());
    }

    @Test
    void badGridsSayWhatIsWrong() {
        assertRefused(() -> LevelGrid.of(discrete), "at least one");
        assertRefused(() -> LevelGrid.of(discrete, 100, 0), "100 is out of range", "0 to 99");
        assertRefused(() -> LevelGrid.of(discrete, 3, 3), "3 follows 3");
        assertRefused(() -> LevelGrid.of(flow, 0.5, 0.2), "0.2 follows 0.5");
        assertRefused(() -> LevelGrid.of(flow, 0.5, 1.0), "1 is out of range", "0 to 1");
        assertRefused(() -> LevelGrid.of(edm, 81.0), "81 is out of range", "0.002 to 80");
        assertRefused(() -> LevelGrid.of(edm, Double.NaN), "NaN is out of range");
        assertRefused(() -> LevelGrid.karras(flow, 5, 7.0), "flow", "linspace and log_snr");
        assertRefused(() -> LevelGrid.trailing(discrete, 101), "101 sampling steps", "100 levels");
        assertRefused(() -> LevelGrid.linspace(flow, 0), "0 sampling steps", "1 or more");
        assertRefused(() -> LevelGrid.linspace(flow, 5).last(List.of(5, 0)), "5 is out of range", "0 to 4");
        assertRefused(() -> LevelGrid.linspace(flow, 5).last(List.of(0, 1)), "must descend");
    }

    private static void assertRefused(Runnable task, String... parts) {
        String message = assertThrows(BadInputException.class, task::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
