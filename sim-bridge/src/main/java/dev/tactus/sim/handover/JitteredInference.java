package dev.tactus.sim.handover;

import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ObservationWindow;
import dev.tactus.policies.runner.Policy;
import dev.tactus.sim.run.TaskLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A policy at the end of a line that is not steady: it infers at every tick, and each chunk arrives a delay later that is
 * drawn anew, in whole control cycles. So chunks overtake each other.
 */
final class JitteredInference {
    private static final long SALT = 0x5DEECE66DL;

    private record Underway(long dueNs, ActionChunk chunk) {}

    private final Policy policy;
    private final TaskLoop loop;
    private final long delayNs;
    private final long jitterNs;
    private final ObservationWindow window;
    private final List<Underway> underway = new ArrayList<>();
    private SplittableRandom random;
    private long lastTick;

    /** Delays are uniform in delay ± jitter. */
    JitteredInference(Policy policy, TaskLoop loop, long delayNs, long jitterNs) {
        this.policy = policy;
        this.loop = loop;
        this.delayNs = delayNs;
        this.jitterNs = jitterNs;
        window = new ObservationWindow(
                policy.spec().windowSteps(), loop.observations().size());
    }

    /** Begins an episode; its delays follow from the seed. */
    void begin(long seed) {
        policy.reset(seed);
        random = new SplittableRandom(seed ^ SALT);
        underway.clear();
        lastTick = -1;
    }

    /** Goes on to a time: call it before every control cycle. */
    void advance(long nowNs) {
        if (loop.observations().copyNewest(window) && window.tick() != lastTick) {
            lastTick = window.tick();
            infer(nowNs);
        }
        for (int i = 0; i < underway.size(); i++) {
            if (underway.get(i).dueNs() <= nowNs) {
                loop.chunks().writable().copyFrom(underway.remove(i--).chunk());
                loop.chunks().publish();
            }
        }
    }

    private void infer(long nowNs) {
        long periodNs = loop.cycle().periodNs();
        long cycles = jitterNs / periodNs;
        long dueNs = nowNs + delayNs + periodNs * random.nextLong(-cycles, cycles + 1);
        ActionChunk chunk = policy.newChunk();
        Policy.Status status = policy.act(window.values(), window.tick(), window.stampNs(), chunk);
        if (status == Policy.Status.OK_NEW_CHUNK && policy.delivered(loop.takeOverTick(dueNs))) {
            underway.add(new Underway(dueNs, chunk));
        }
    }
}
