package dev.tactus.control.loop;

import dev.tactus.control.realtime.RealTimeGrant;
import dev.tactus.control.realtime.RealTimeRights;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Repeats a task on wall time: a platform thread of its own, absolute deadlines one period apart, asleep until shortly
 * before each and spinning from there, because a sleeping thread wakes up late. What happens to missed deadlines is the
 * {@link Overrun} policy's to say.
 *
 * <p><b>Clock jumps.</b> A reading before the last one, or far after it, is counted as a jump; the deadlines start anew
 * from there, the cycle is run without waiting and told that one period passed. No sleep is longer than 50 ms, so a clock
 * that runs backwards holds nothing up. From one clock a leap ahead cannot be told from a thread that stood still: the
 * deadlines in between count as missed, too, so whoever watches {@link #consecutiveMisses} sees it.
 *
 * <p>The control thread allocates nothing and takes no lock between two cycles.
 */
public final class ControlLoop {
    private static final long LONGEST_SLEEP_NS = 50_000_000L;

    private final CycleTask task;
    private final Clock clock;
    private final Sleeper sleeper;
    private final LoopSettings settings;
    private final LoopHistograms histograms = new LoopHistograms();
    private final CompletableFuture<RealTimeGrant> grant = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean stopping;

    // written by the control thread only
    private volatile long cycles;
    private volatile long missedDeadlines;
    private volatile long consecutiveMisses;
    private volatile long mostConsecutiveMisses;
    private volatile long caughtUp;
    private volatile long clockJumps;
    private volatile LoopEnd end;
    private volatile Throwable failure;

    // of the control thread
    private final long periodNs;
    private final long spinNs;
    private final long jumpNs;
    private long readNs;
    private long begunNs;
    private boolean jumped;
    private boolean unmeasured = true;
    private int backToBack;

    /**
     * Makes a loop on the machine's clock, an ordinary thread that skips missed deadlines; {@link #start} starts it, once.
     *
     * @param name name of the thread
     * @param periodNs time between deadlines, ns
     * @param task what to do
     */
    public ControlLoop(String name, long periodNs, CycleTask task) {
        this(name, LoopSettings.ofPeriod(periodNs), new WallClock(), task);
    }

    /**
     * Makes a loop; {@link #start} starts it, once.
     *
     * @param name name of the thread
     * @param settings period, overrun policy, real-time rights
     * @param clock what deadlines are measured on
     * @param task what to do
     */
    public ControlLoop(String name, LoopSettings settings, Clock clock, CycleTask task) {
        this(name, settings, clock, Sleeper.on(clock), task);
    }

    ControlLoop(String name, LoopSettings settings, Clock clock, Sleeper sleeper, CycleTask task) {
        this.task = task;
        this.clock = clock;
        this.sleeper = sleeper;
        this.settings = settings;
        this.periodNs = settings.periodNs();
        this.spinNs = settings.realTime().spinNs();
        this.jumpNs = settings.jumpNs();
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    }

    /** Starts the thread; it asks for its rights, and then its first deadline is now. */
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
        LoopEnd why = LoopEnd.TASK_FAILED;
        try {
            grant.complete(RealTimeRights.request(settings.realTime()));
            why = repeat();
        } catch (Throwable thrown) {
            failure = thrown;
            grant.completeExceptionally(thrown);
        }
        end = why;
        try {
            task.ended(why);
        } catch (Throwable thrown) {
            failure = failure == null ? thrown : failure;
        }
    }

    private LoopEnd repeat() {
        readNs = clock.nowNs();
        long deadlineNs = readNs;
        while (true) {
            long nowNs = waitUntil(deadlineNs);
            if (stopping) {
                return LoopEnd.STOP_REQUESTED;
            }
            if (jumped) {
                deadlineNs = resynchronise(deadlineNs, nowNs);
                if (missedTooMany()) {
                    return LoopEnd.OVERRUN;
                }
            }
            if (!task.run(nowNs, begin(deadlineNs, nowNs))) {
                cycles = cycles + 1;
                return LoopEnd.TASK_DONE;
            }
            cycles = cycles + 1;
            long endNs = read();
            if (jumped) {
                deadlineNs = resynchronise(deadlineNs + periodNs, endNs) + periodNs;
            } else {
                histograms.recordDuration(endNs - nowNs);
                deadlineNs = nextDeadline(deadlineNs + periodNs, endNs);
            }
            if (missedTooMany()) {
                return LoopEnd.OVERRUN;
            }
        }
    }

    /** Notes that a cycle begins; the time since the last one did, ns. */
    private long begin(long deadlineNs, long nowNs) {
        long dtNs = periodNs;
        if (!unmeasured) {
            dtNs = Math.max(1, nowNs - begunNs);
            histograms.recordBeginning(nowNs - deadlineNs, dtNs);
        }
        unmeasured = false;
        begunNs = nowNs;
        return dtNs;
    }

    /** The deadline of the next cycle, where {@code dueNs} would be if nothing was missed. */
    private long nextDeadline(long dueNs, long nowNs) {
        if (nowNs <= dueNs) {
            consecutiveMisses = 0;
            backToBack = 0;
            return dueNs;
        }
        if (settings.overrun() == Overrun.CATCH_UP && backToBack < settings.overrunLimit()) {
            backToBack++;
            caughtUp = caughtUp + 1;
            missed(1);
            return dueNs;
        }
        backToBack = 0;
        long passed = (nowNs - dueNs + periodNs - 1) / periodNs;
        missed(passed);
        return dueNs + passed * periodNs;
    }

    /** Counts the deadlines that a leap ahead passed over; the new phase. */
    private long resynchronise(long dueNs, long nowNs) {
        jumped = false;
        unmeasured = true;
        backToBack = 0;
        if (nowNs > dueNs) {
            missed((nowNs - dueNs + periodNs - 1) / periodNs);
        }
        return nowNs;
    }

    private void missed(long deadlines) {
        missedDeadlines = missedDeadlines + deadlines;
        consecutiveMisses = consecutiveMisses + deadlines;
        mostConsecutiveMisses = Math.max(mostConsecutiveMisses, consecutiveMisses);
    }

    private boolean missedTooMany() {
        return settings.overrun() == Overrun.STOP && consecutiveMisses >= settings.overrunLimit();
    }

    private long waitUntil(long deadlineNs) {
        long nowNs = read();
        while (nowNs < deadlineNs && !jumped && !stopping) {
            long wakeNs = Math.min(deadlineNs - spinNs, nowNs + LONGEST_SLEEP_NS);
            if (wakeNs > nowNs) {
                sleeper.sleep(nowNs, wakeNs);
            } else {
                Thread.onSpinWait();
            }
            nowNs = read();
        }
        return nowNs;
    }

    /** Reads the clock and notes if it jumped. */
    private long read() {
        long nowNs = clock.nowNs();
        long passedNs = nowNs - readNs;
        if (passedNs < 0 || passedNs > jumpNs) {
            clockJumps = clockJumps + 1;
            jumped = true;
        }
        readNs = nowNs;
        return nowNs;
    }

    /**
     * How the loop has kept time so far. Any thread, at any time: the control thread neither waits nor allocates for it.
     *
     * @return a copy
     */
    public LoopStatistics snapshot() {
        return histograms.snapshot(cycles, missedDeadlines, caughtUp, mostConsecutiveMisses, clockJumps);
    }

    /**
     * What the operating system granted to the control thread; waits until it has asked. Any thread, after {@link #start}.
     *
     * @return the rights
     */
    public RealTimeGrant grant() {
        return grant.join();
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
     * Deadlines that passed before the cycle before them had ended. Any thread.
     *
     * @return deadlines
     */
    public long missedDeadlines() {
        return missedDeadlines;
    }

    /**
     * Deadlines that were missed in a row up to now: back to 0 after a cycle that ended in time, so that the cycle after
     * a miss still reads it. Any thread.
     *
     * @return deadlines
     */
    public long consecutiveMisses() {
        return consecutiveMisses;
    }

    /**
     * How often the clock ran backwards or leapt ahead. Any thread.
     *
     * @return jumps
     */
    public long clockJumps() {
        return clockJumps;
    }

    /**
     * What ended the loop. Any thread.
     *
     * @return empty while it runs
     */
    public Optional<LoopEnd> end() {
        return Optional.ofNullable(end);
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
