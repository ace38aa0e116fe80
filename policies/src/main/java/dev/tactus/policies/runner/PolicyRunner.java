package dev.tactus.policies.runner;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a policy in wall time on a thread of its own: waits for a new observation, infers, publishes the chunk. The newest
 * observation wins: those that arrive during an inference are passed over and counted. Nobody waits for this thread, and
 * it waits for nobody but the next observation.
 *
 * <p>The policy belongs to this thread between {@link #start} and {@link #close}, which does not close the policy.
 * Counters and statistics may be read from any thread.
 */
public final class PolicyRunner implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_MS = 60_000L;
    private static final long RESET_POLL_NS = 100_000L;

    private final Policy policy;
    private final ObservationBuffer observations;
    private final ChunkBuffer chunks;
    private final ObservationWindow window;
    private final CycleStatistics statistics = new CycleStatistics();
    private final Thread thread;

    private volatile boolean running = true;
    private volatile long seed;
    private volatile int resetsAsked;

    // written by the policy's thread alone
    private volatile int resetsDone;
    private long seen;
    private long lastTick;
    private boolean hasTick;
    private volatile long missedTicks;
    private volatile RuntimeException failure;

    /**
     * Makes a runner; its thread does not run yet.
     *
     * @param policy the policy, reset and warmed up
     * @param observations where observations come from; this runner is the one reader that it wakes
     * @param chunks where chunks go; this runner is its producer
     */
    public PolicyRunner(Policy policy, ObservationBuffer observations, ChunkBuffer chunks) {
        this.policy = policy;
        this.observations = observations;
        this.chunks = chunks;
        this.window = new ObservationWindow(policy.spec().windowSteps(), observations.size());
        this.thread = Thread.ofPlatform().name("tactus-policy").daemon(true).unstarted(this::run);
    }

    /** Starts the thread. */
    public void start() {
        observations.wake(thread);
        thread.start();
    }

    /**
     * Begins an episode. Call {@link ObservationBuffer#beginEpisode} first and write the episode's first observation
     * after; an inference that is under way ends without publishing. Returns at once; a chunk that was just being
     * published may still appear, so drop what lies in the buffer after {@link #awaitReset}. One thread at a time.
     *
     * @param episodeSeed seed of the policy's noise
     */
    public void reset(long episodeSeed) {
        seed = episodeSeed;
        resetsAsked = resetsAsked + 1;
        LockSupport.unpark(thread);
    }

    /**
     * Waits until the policy's thread has taken up the last {@link #reset}, at most for the inference that is under way.
     * From then on no chunk, count or time of an earlier episode appears. Not for the control thread.
     */
    public void awaitReset() {
        while (resetsDone != resetsAsked && thread.isAlive()) {
            LockSupport.parkNanos(this, RESET_POLL_NS);
        }
    }

    private void run() {
        try {
            while (running) {
                if (resetsDone != resetsAsked) {
                    beginEpisode();
                }
                if (observations.published() == seen || !observations.copyNewest(window)) {
                    LockSupport.park(this);
                    continue;
                }
                seen = window.count(); // what was copied, which may be newer than what was looked at
                cycle();
            }
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new IllegalStateException("the policy's thread ended: " + e, e);
        }
    }

    private void beginEpisode() {
        int asked = resetsAsked;
        policy.reset(seed);
        hasTick = false;
        seen = 0; // an observation of the new episode may have been seen by the old one
        resetsDone = asked;
    }

    private void cycle() {
        long tick = window.tick();
        if (hasTick && tick > lastTick + 1) {
            missedTicks = missedTicks + (tick - lastTick - 1);
        }
        hasTick = true;
        lastTick = tick;
        Policy.Status now = policy.act(window.values(), tick, window.stampNs(), chunks.writable());
        if (resetsDone != resetsAsked) {
            return; // what was inferred belongs to an episode that is over
        }
        if (now == Policy.Status.OK_NEW_CHUNK) {
            chunks.publish();
        }
        statistics.record(policy, now);
    }

    /**
     * What the cycles cost since the start.
     *
     * @return the statistics; they go on
     */
    public CycleStatistics statistics() {
        return statistics;
    }

    /**
     * Policy ticks whose observation was passed over because inference was still running.
     *
     * @return the number since the start
     */
    public long missedTicks() {
        return missedTicks;
    }

    /**
     * What ended the thread before its time.
     *
     * @return the failure, or empty
     */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Stops the thread after the inference that is under way and waits for its end. */
    @Override
    public void close() {
        running = false;
        observations.wake(null);
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
