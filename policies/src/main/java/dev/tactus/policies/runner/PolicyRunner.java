package dev.tactus.policies.runner;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Runs a policy in wall time on a thread of its own: waits for a new observation, infers, publishes the chunk. The newest
 * observation wins: those that arrive during an inference are passed over and counted. Nobody waits for this thread, and
 * it waits for nobody but the next observation.
 *
 * <p>What is not finite, out of the bundle's bounds, or made from an observation that is too old never leaves; a chunk
 * that comes later than one control period after its observation leaves and counts as a missed deadline. {@link #status}
 * says what happened last, the counters how often.
 *
 * <p>The policy belongs to this runner from {@link #start} to {@link #close}, which closes it. {@link #swap} changes it
 * between episodes, without a pause. Counters and statistics may be read from any thread.
 */
public final class PolicyRunner implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_MS = 60_000L;
    private static final long RESET_POLL_NS = 100_000L;

    private final ObservationBuffer observations;
    private final ChunkBuffer chunks;
    private final RunnerTiming timing;
    private final CycleStatistics statistics = new CycleStatistics();
    private final Mailbox<SwapOrder> swaps = new Mailbox<>();
    private final Thread thread;

    private volatile boolean running = true;
    private volatile long seed;
    private volatile int resetsAsked;

    // written by the policy's thread alone
    private volatile Policy policy;
    private ObservationWindow window;
    private volatile int resetsDone;
    private long seen;
    private long lastTick;
    private boolean hasTick;
    private volatile long missedTicks;
    private volatile long missedDeadlines;
    private volatile long staleObservations;
    private volatile long discardedChunks;
    private volatile long swapped;
    private volatile RunnerStatus status = RunnerStatus.WAITING;
    private volatile String reason = "";
    private volatile RuntimeException failure;

    /**
     * Makes a runner; its thread does not run yet.
     *
     * @param policy the policy, reset and warmed up
     * @param observations where observations come from; this runner is the one reader that it wakes
     * @param chunks where chunks go; this runner is its producer
     * @param timing clock, hand-over rule and limit of the loop that it serves
     */
    public PolicyRunner(Policy policy, ObservationBuffer observations, ChunkBuffer chunks, RunnerTiming timing) {
        this.policy = policy;
        this.observations = observations;
        this.chunks = chunks;
        this.timing = timing;
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

    /**
     * Has another policy drive from the next {@link #reset} on. It is opened and warmed up on a thread of its own while
     * this one goes on; a later swap replaces one that has not taken over yet. The policy that goes is closed, off the
     * policy's thread. Returns at once.
     *
     * @param source opens the policy; called once, on the other thread
     * @return complete when the policy waits for the next reset; failed, with nothing changed, if it could not be opened
     *     or does not fit the loop ({@link BadInputException})
     */
    public CompletableFuture<Void> swap(Supplier<Policy> source) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread.ofPlatform().name("tactus-policy-swap").daemon(true).start(() -> prepare(source, ready));
        return ready;
    }

    private void prepare(Supplier<Policy> source, CompletableFuture<Void> ready) {
        SwapOrder order;
        try {
            order = open(source);
        } catch (RuntimeException | Error e) {
            ready.completeExceptionally(e);
            return;
        }
        leave(order);
        ready.complete(null);
        order.awaitEnd();
    }

    private SwapOrder open(Supplier<Policy> source) {
        Policy next = source.get();
        try {
            requireFits(next);
            next.warmUp();
            return new SwapOrder(next, observations.size());
        } catch (RuntimeException | Error e) {
            next.close();
            throw e;
        }
    }

    private void leave(SwapOrder order) {
        SwapOrder replaced = swaps.put(order);
        if (replaced != null) {
            replaced.done(replaced.next());
        }
        if (!running) {
            cancelSwap(); // nobody will take it any more
        }
    }

    private void requireFits(Policy next) {
        LoopInterface offered = LoopInterface.of(next.spec());
        LoopInterface present = LoopInterface.of(policy.spec());
        if (!offered.equals(present)) {
            throw new BadInputException("policy '" + next.spec().name() + "' cannot take over from '"
                    + policy.spec().name() + "': it has " + offered + ", and this loop was begun with " + present
                    + ". Stop the loop and start it with that policy.");
        }
        if (next.chunkRows() > chunks.rows()) {
            throw new BadInputException("policy '" + next.spec().name() + "' cannot take over: its chunks have "
                    + next.chunkRows() + " rows, and this loop was begun for at most " + chunks.rows()
                    + ". Stop the loop and start it with that policy.");
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
            fail(e);
        } catch (Error e) {
            fail(new IllegalStateException("the policy's thread ended: " + e, e));
        }
    }

    private void fail(RuntimeException e) {
        failure = e;
        reason = e.toString();
        status = RunnerStatus.FAILED;
    }

    private void beginEpisode() {
        int asked = resetsAsked;
        SwapOrder order = swaps.take();
        if (order != null) {
            Policy old = policy;
            policy = order.next();
            window = order.window();
            swapped = swapped + 1;
            order.done(old);
        }
        policy.reset(seed);
        hasTick = false;
        seen = 0; // an observation of the new episode may have been seen by the old one
        status = RunnerStatus.WAITING;
        reason = "";
        resetsDone = asked;
    }

    private void cycle() {
        Policy running = policy;
        long tick = window.tick();
        if (hasTick && tick > lastTick + 1) {
            missedTicks = missedTicks + (tick - lastTick - 1);
        }
        hasTick = true;
        lastTick = tick;
        if (age(timing.clockNs().getAsLong()) > timing.oldestNs()) {
            stale();
            return;
        }
        Policy.Status now = running.act(window.values(), tick, window.stampNs(), chunks.writable());
        if (resetsDone != resetsAsked) {
            return; // what was inferred belongs to an episode that is over
        }
        statistics.record(running, now);
        switch (now) {
            case OK_NEW_CHUNK -> publish(running);
            case OK_SAME_CHUNK -> status = RunnerStatus.OK;
            case NON_FINITE -> {
                reason = running.failure();
                status = RunnerStatus.NON_FINITE;
            }
            case OUT_OF_RANGE -> status = RunnerStatus.OUT_OF_RANGE;
        }
    }

    private void publish(Policy running) {
        long nowNs = timing.clockNs().getAsLong();
        long age = age(nowNs);
        if (age > timing.oldestNs()) {
            running.withdrawn();
            stale();
            return;
        }
        boolean late = age > running.spec().controlPeriodNs();
        if (late) {
            missedDeadlines = missedDeadlines + 1;
        }
        if (!running.delivered(timing.takeOverTick().applyAsLong(nowNs))) {
            discardedChunks = discardedChunks + 1;
            status = RunnerStatus.DISCARDED;
            return;
        }
        chunks.publish();
        status = late ? RunnerStatus.MISSED_DEADLINE : RunnerStatus.OK;
    }

    private void stale() {
        staleObservations = staleObservations + 1;
        status = RunnerStatus.STALE_OBSERVATION;
    }

    private long age(long nowNs) {
        return nowNs - window.stampNs();
    }

    /**
     * What happened last.
     *
     * @return the status
     */
    public RunnerStatus status() {
        return status;
    }

    /**
     * Why the network or the thread failed in this episode, if one did and the reason is known.
     *
     * @return the reason; empty if there is none
     */
    public String reason() {
        return reason;
    }

    /**
     * What the cycles cost since the start; warming up is no cycle.
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
     * Chunks that were ready later than one control period after their observation.
     *
     * @return the number since the start
     */
    public long missedDeadlines() {
        return missedDeadlines;
    }

    /**
     * Chunks that came later than the scheme had made them for, and that it did not let go.
     *
     * @return the number since the start
     */
    public long discardedChunks() {
        return discardedChunks;
    }

    /**
     * Observations from which nothing followed because they were too old.
     *
     * @return the number since the start
     */
    public long staleObservations() {
        return staleObservations;
    }

    /**
     * Policies that took over from another.
     *
     * @return the number since the start
     */
    public long swapped() {
        return swapped;
    }

    /**
     * What the policy that drives sees and commands.
     *
     * @return its description
     */
    public PolicySpec spec() {
        return policy.spec();
    }

    /**
     * What ended the thread before its time.
     *
     * @return the failure, or empty
     */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Stops the thread after the inference that is under way, waits for its end and closes the policy. */
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
        cancelSwap();
        if (!thread.isAlive()) {
            policy.close();
        }
    }

    private void cancelSwap() {
        SwapOrder order = swaps.take();
        if (order != null) {
            order.done(order.next());
        }
    }
}
