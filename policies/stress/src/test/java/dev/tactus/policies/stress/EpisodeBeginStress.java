package dev.tactus.policies.stress;

import dev.tactus.policies.runner.ObservationBuffer;
import dev.tactus.policies.runner.ObservationWindow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An episode begins while a reader copies two steps: no window has a step of each episode. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The new episode has no observation yet.")
@Outcome(id = "7, 7", expect = Expect.ACCEPTABLE, desc = "Still the old episode.")
@Outcome(id = "9, 9", expect = Expect.ACCEPTABLE, desc = "The new episode, its first observation repeated.")
@State
public class EpisodeBeginStress {
    private final ObservationBuffer buffer = new ObservationBuffer(4, 1);
    private final ObservationWindow window = new ObservationWindow(2, 1);

    public EpisodeBeginStress() {
        buffer.write(new float[] {7}, 0, 0);
        buffer.write(new float[] {7}, 1, 1);
    }

    @Actor
    public void writer() {
        buffer.beginEpisode();
        buffer.write(new float[] {9}, 0, 2);
    }

    @Actor
    public void reader(II_Result result) {
        if (buffer.copyNewest(window)) {
            result.r1 = (int) window.values()[0];
            result.r2 = (int) window.values()[1];
        }
    }
}
