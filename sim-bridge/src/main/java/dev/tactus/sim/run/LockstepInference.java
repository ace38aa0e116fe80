package dev.tactus.sim.run;

import dev.tactus.policies.runner.CycleStatistics;
import dev.tactus.policies.runner.ObservationWindow;
import dev.tactus.policies.runner.Policy;

/**
 * Does in lock-step time what {@link dev.tactus.policies.runner.PolicyRunner} does on its thread in wall time: takes the
 * newest observation that it has not seen, infers, publishes the chunk a declared delay later in simulated time, and is
 * busy meanwhile, so that ticks are missed. What the inference really takes does not count. With a delay of 0 the chunk
 * of a tick is there in the tick's first control cycle.
 */
final class LockstepInference {
    private final Policy policy;
    private final TaskLoop loop;
    private final long delayNs;
    private final ObservationWindow window;
    private final CycleStatistics statistics = new CycleStatistics();
    private long missedTicks;
    private long discardedChunks;

    // of the present episode
    private long lastTick;
    private boolean busy;
    private long dueNs;
    private Policy.Status underWay;
    private boolean failed;

    LockstepInference(Policy policy, TaskLoop loop, long delayNs) {
        this.policy = policy;
        this.loop = loop;
        this.delayNs = delayNs;
        window = new ObservationWindow(
                policy.spec().windowSteps(), loop.observations().size());
    }

    /** Begins an episode; an inference that is under way comes to nothing. */
    void begin(long seed) {
        policy.reset(seed);
        lastTick = -1;
        busy = false;
        failed = false;
    }

    /** Goes on to a time: call it before every control cycle. False if the network failed and the arm shall hold. */
    boolean advance(long nowNs) {
        if (busy && nowNs >= dueNs) {
            end(nowNs);
        }
        if (!busy && !failed && loop.observations().copyNewest(window) && window.tick() != lastTick) {
            begin(nowNs, window.tick());
            if (busy && delayNs == 0) {
                end(nowNs);
            }
        }
        return !failed;
    }

    private void begin(long nowNs, long tick) {
        missedTicks += tick - lastTick - 1;
        lastTick = tick;
        underWay = policy.act(
                window.values(), tick, window.stampNs(), loop.chunks().writable());
        if (underWay == Policy.Status.OK_SAME_CHUNK) {
            statistics.record(policy, underWay);
        } else {
            busy = true;
            dueNs = nowNs + delayNs;
        }
    }

    private void end(long nowNs) {
        busy = false;
        statistics.record(policy, underWay);
        if (underWay == Policy.Status.OK_NEW_CHUNK) {
            if (policy.delivered(loop.takeOverTick(nowNs))) {
                loop.chunks().publish();
            } else {
                discardedChunks++;
            }
        }
        failed = underWay == Policy.Status.NON_FINITE;
    }

    /** What the policy's cycles cost. */
    CycleStatistics statistics() {
        return statistics;
    }

    /** Ticks whose observation was passed over because an inference was still under way. */
    long missedTicks() {
        return missedTicks;
    }

    /** Chunks that came later than the scheme had made them for, and that it did not let go. */
    long discardedChunks() {
        return discardedChunks;
    }

    /** Why the network failed, if it did and the reason is known. */
    String failure() {
        return failed ? policy.failure() : "";
    }
}
