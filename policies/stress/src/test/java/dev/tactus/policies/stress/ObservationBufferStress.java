package dev.tactus.policies.stress;

import dev.tactus.policies.runner.ObservationBuffer;
import dev.tactus.policies.runner.ObservationWindow;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A writer goes round a ring of three with five observations while a reader copies the newest two, twice. Seen: the tick
 * of a whole window, 0 before the first, -1 for a window whose numbers do not belong together.
 */
@JCStressTest
@Outcome(
        id = {"0, [0-5]", "1, [1-5]", "2, [2-5]", "3, [3-5]", "4, [45]", "5, 5"},
        expect = Expect.ACCEPTABLE,
        desc = "Whole windows, newer and newer.")
@State
public class ObservationBufferStress {
    private static final int SIZE = 8;
    private static final int STEPS = 2;

    private final ObservationBuffer buffer = new ObservationBuffer(STEPS + 1, SIZE);
    private final ObservationWindow window = new ObservationWindow(STEPS, SIZE);
    private final float[] observation = new float[SIZE];

    @Actor
    public void writer() {
        for (int tick = 1; tick <= 5; tick++) {
            Arrays.fill(observation, tick);
            buffer.write(observation, tick, 10L * tick);
        }
    }

    @Actor
    public void reader(II_Result result) {
        result.r1 = seen();
        result.r2 = seen();
    }

    private int seen() {
        if (!buffer.copyNewest(window)) {
            return 0;
        }
        int tick = (int) window.tick();
        boolean whole = window.stampNs() == 10L * tick;
        for (int i = 0; i < SIZE; i++) {
            whole &= window.values()[i] == Math.max(1, tick - 1) && window.values()[SIZE + i] == tick;
        }
        return whole ? tick : -1;
    }
}
