package dev.tactus.policies.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void takesTheNearestRank() {
        Percentiles hundred = Percentiles.of(
                IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray());
        assertEquals(50.5, hundred.median());
        assertEquals(99, hundred.at(99));
        assertEquals(100, hundred.greatest());
        Percentiles three = Percentiles.of(new double[] {3, 1, 2});
        assertEquals(2, three.median());
        assertEquals(3, three.at(99));
        assertEquals(1, three.at(0));
    }
}
