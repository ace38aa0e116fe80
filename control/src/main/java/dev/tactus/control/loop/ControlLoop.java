package dev.tactus.control.loop;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Repeats a task on wall time: a platform thread of its own, absolute deadlines one period apart, parked until about
 * 120 us before each and spinning from there, because a parked thread wakes up that much late. A cycle that ends after
 * the next deadline is an overrun: the deadlines that passed are skipped and counted, never caught up.
 *
 * <p>The histograms belong to the control thread; others read them when the loop has ended.
 */
public final class ControlLoop {
    private static final long SPIN_NS = 120_000;
    private static final long GREATEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final CycleTask task;
    private final Clock clock = new WallClock();
    private final long periodNs;
    private final Thread thread;
    private final Histogram lateness = new Histogram(GREATEST_NS, DIGITS);
    private final Histogram duration = new Histogram(GREATEST_NS, DIGITS);
    private volatile boolean stopping;
    private volatile long cycles;
    private volatile long missedDeadlines;
    private volatile Throwable failure;

    /**
     * Makes a loop; {@link #start} starts it, once.
     *
     * @param name name of the thread
     * @param periodNs time between deadlines, ns
     * @param task what to do
     */
    public ControlLoop(String name, long periodNs, CycleTask task) {
        if (periodNs <= 0) {
            throw new IllegalArgumentException("period " + periodNs + " ns; allowed is more than 0");
        }
        this.task = task;
        this.periodNs = periodNs;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    }

    /** Starts the thread; its first deadline is now. */
    public void start() {
        thread.start();
    }

    /**
     * Asks the loop to end after the cycle that it is in, and waits for that.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void stop() throws InterruptedException {
        stopping = true;
        LockSupport.unpark(thread);
        join();
    }

    /**
     * Waits until the loop has ended.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void join() throws InterruptedException {
        if (Thread.currentThread() != thread) {
            thread.join();
        }
    }

    private void loop() {
        try {
            long deadlineNs = clock.nowNs();
            boolean more = true;
            while (more && !stopping) {
                long nowNs = waitUntil(deadlineNs);
                if (stopping) {
                    break;
                }
                lateness.recordValue(Math.clamp(nowNs - deadlineNs, 0L, GREATEST_NS));
                more = task.run(nowNs);
                cycles = cycles + 1; // written by this thread only
                long endNs = clock.nowNs();
                duration.recordValue(Math.clamp(endNs - nowNs, 0L, GREATEST_NS));
                deadlineNs = nextDeadline(deadlineNs, endNs);
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    private long nextDeadline(long lastNs, long nowNs) {
        long nextNs = lastNs + periodNs;
        if (nowNs > nextNs) {
            long missed = (nowNs - nextNs + periodNs - 1) / periodNs;
            missedDeadlines = missedDeadlines + missed;
            nextNs += missed * periodNs;
        }
        return nextNs;
    }

    private long waitUntil(long deadlineNs) {
        long nowNs = clock.nowNs();
        while (nowNs < deadlineNs && !stopping) {
            long parkNs = deadlineNs - nowNs - SPIN_NS;
            if (parkNs > 0) {
                LockSupport.parkNanos(parkNs);
            } else {
                Thread.onSpinWait();
            }
            nowNs = clock.nowNs();
        }
        return nowNs;
    }

    /**
     * Cycles that were run. Any thread.
     *
     * @return cycles
     */
    public long cycles() {
        return cycles;
    }

    /**
     * Deadlines that passed while a cycle was still running, and were skipped. Any thread.
     *
     * @return deadlines
     */
    public long missedDeadlines() {
        return missedDeadlines;
    }

    /**
     * How late after its deadline each cycle began.
     *
     * @return ns; read it when the loop has ended
     */
    public Histogram lateness() {
        return lateness;
    }

    /**
     * How long each cycle took.
     *
     * @return ns; read it when the loop has ended
     */
    public Histogram duration() {
        return duration;
    }

    /**
     * What ended the loop, if it was an exception of the task. Any thread.
     *
     * @return the exception
     */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
