package dev.tactus.sim.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProportionTest {

    @Test
    void agreesWithThePublishedExamplesOfWilsonsInterval() {
        // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3
        assertInterval(new Proportion(81, 263), 0.2553, 0.3662);
        assertInterval(new Proportion(15, 148), 0.0624, 0.1605);
        assertInterval(new Proportion(0, 20), 0.0000, 0.1611);
        assertInterval(new Proportion(1, 29), 0.0061, 0.1718);
    }

    @Test
    void fullSuccessLeavesRoomBelowOnly() {
        Proportion all = new Proportion(50, 50);
        assertEquals(1, all.high());
        assertTrue(all.low() > 0.92 && all.low() < 0.94, "low " + all.low());
    }

    @Test
    void pairedDifferenceAgreesWithThePublishedExample() {
        // Newcombe, Statistics in Medicine 17 (1998) 2635-2650, table II, method 10
        PairedDifference difference = new PairedDifference(36, 12, 2, 0);
        assertEquals(0.0569, difference.low(), 5e-5);
        assertEquals(0.3404, difference.high(), 5e-5);
    }

    @Test
    void pairedDifferenceDoesNotCollapseWhereBothAlwaysSucceed() {
        boolean[] all = new boolean[200];
        java.util.Arrays.fill(all, true);
        PairedDifference difference = PairedDifference.of(all, all);
        assertEquals(0, difference.difference());
        assertTrue(difference.low() < 0 && difference.low() > -0.03, "low " + difference.low());
    }

    private static void assertInterval(Proportion proportion, double low, double high) {
        assertEquals(low, proportion.low(), 5e-5);
        assertEquals(high, proportion.high(), 5e-5);
    }
}
