package dev.tactus.control.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.realtime.RealTimeSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to missed deadlines and when the clock jumps, in stepped time: no figure depends on the machine. */
class OverrunTest {
    private static final long PERIOD_NS = 1_000_000;
    private static final long SECOND_NS = 1_000_000_000;

    /** How far a reading or two after each deadline a cycle may begin, ns. */
    private static final long EXACT_NS = 3 * SteppedTime.READING_NS;

    private final SteppedTime time = new SteppedTime();
    private final List<Long> beginnings = new ArrayList<>();
    private final List<Long> dts = new ArrayList<>();
    private final List<Long> missesSeen = new ArrayList<>();
    private final List<LoopEnd> told = new ArrayList<>();
    private ControlLoop loop;

    private interface Cycle {
        void run(int cycle);
    }

    private void run(LoopSettings settings, int cycles, Cycle cycle) throws InterruptedException {
        loop = new ControlLoop("test-loop", settings, time, time, new CycleTask() {
            @Override
            public boolean run(long nowNs, long dtNs) {
                beginnings.add(nowNs);
                dts.add(dtNs);
                missesSeen.add(loop.consecutiveMisses());
                cycle.run(beginnings.size() - 1);
                return beginnings.size() < cycles;
            }

            @Override
            public void ended(LoopEnd why) {
                told.add(why);
            }
        });
        loop.start();
        loop.join();
        loop.failure().ifPresent(failure -> {
            throw new AssertionError(failure);
        });
        assertEquals(1, told.size());
    }

    private void run(Overrun overrun, int limit, int cycles, Cycle cycle) throws InterruptedException {
        run(LoopSettings.ofPeriod(PERIOD_NS).onOverrun(overrun, limit), cycles, cycle);
    }

    /** Asserts that a cycle began at the deadline so many periods after the first. */
    private void assertBegan(int cycle, double periods) {
        double late = beginnings.get(cycle) - beginnings.getFirst() - periods * PERIOD_NS;
        assertTrue(Math.abs(late) <= EXACT_NS, "cycle " + cycle + " began " + late + " ns after period " + periods);
    }

    @Test
    void sleepsUntilShortlyBeforeTheDeadlineAndSpinsFromThere() throws InterruptedException {
        run(Overrun.SKIP, 1, 100, cycle -> {});
        for (int cycle = 0; cycle < 100; cycle++) {
            assertBegan(cycle, cycle);
        }
        assertEquals(99, time.sleeps());
        assertTrue(time.longestSleepNs() <= PERIOD_NS - RealTimeSettings.SPIN_NS, "slept " + time.longestSleepNs());
        assertTrue(time.longestSleepNs() > PERIOD_NS - RealTimeSettings.SPIN_NS - EXACT_NS);
        assertEquals(0, loop.missedDeadlines());
    }

    @Test
    void skipPassesOverMissedDeadlinesAndKeepsThePhase() throws InterruptedException {
        run(Overrun.SKIP, 1, 20, cycle -> time.pass(cycle == 5 ? 10 * PERIOD_NS + PERIOD_NS / 2 : 0));
        // Cycle 5 ran from 5 to 15.5: the deadlines 6 to 15 passed, the next is 16.
        assertBegan(6, 16);
        assertBegan(19, 29);
        assertEquals(10, loop.missedDeadlines());
        assertEquals(10, missesSeen.get(6), "the cycle after the misses sees them");
        assertEquals(0, missesSeen.get(7));
        assertEquals(0, loop.consecutiveMisses());
        LoopStatistics statistics = loop.snapshot();
        assertEquals(10, statistics.mostConsecutiveMisses());
        assertEquals(0, statistics.caughtUp());
        assertEquals(11 * PERIOD_NS, dts.get(6), EXACT_NS, "dt is what passed, not what should have");
        assertEquals(11 * PERIOD_NS, statistics.dt().getMaxValue(), 11.0 * PERIOD_NS / 1000);
    }

    @Test
    void aCycleThatEndsExactlyAtTheNextDeadlineIsInTime() throws InterruptedException {
        // The cycle begins one reading after its deadline at best and its end is one reading later.
        run(Overrun.SKIP, 1, 3, cycle -> time.pass(cycle == 0 ? PERIOD_NS - 2 * SteppedTime.READING_NS : 0));
        assertEquals(0, loop.missedDeadlines());
        assertBegan(1, 1);
    }

    @Test
    void aThreadThatWakesUpLateMissesDeadlinesToo() throws InterruptedException {
        run(Overrun.SKIP, 1, 10, cycle -> {
            if (cycle == 3) {
                time.oversleep(20 * PERIOD_NS + PERIOD_NS / 2);
            }
        });
        assertEquals(
                20.5 * PERIOD_NS,
                beginnings.get(4) - beginnings.get(3) - PERIOD_NS,
                RealTimeSettings.SPIN_NS + EXACT_NS);
        assertEquals(20, loop.missedDeadlines());
        assertEquals(20, missesSeen.get(5));
        assertEquals(0, loop.clockJumps());
    }

    @Test
    void catchUpRunsMissedCyclesBackToBack() throws InterruptedException {
        run(Overrun.CATCH_UP, 100, 30, cycle -> time.pass(cycle == 5 ? 10 * PERIOD_NS + PERIOD_NS / 2 : 0));
        for (int cycle = 6; cycle <= 15; cycle++) {
            assertTrue(beginnings.get(cycle) - beginnings.get(5) < 10.6 * PERIOD_NS, "cycle " + cycle + " waited");
            assertEquals(cycle - 5, missesSeen.get(cycle));
        }
        assertBegan(16, 16); // as many cycles as periods again
        assertBegan(29, 29);
        LoopStatistics statistics = loop.snapshot();
        assertEquals(10, statistics.missedDeadlines());
        assertEquals(10, statistics.caughtUp());
        assertTrue(dts.stream().allMatch(dt -> dt > 0));
    }

    @Test
    void catchUpIsBoundedAndSkipsTheRest() throws InterruptedException {
        run(Overrun.CATCH_UP, 4, 30, cycle -> time.pass(cycle == 5 ? 10 * PERIOD_NS + PERIOD_NS / 2 : 0));
        // The deadlines 6 to 9 are caught up, 10 to 15 skipped.
        assertTrue(beginnings.get(9) - beginnings.get(5) < 10.6 * PERIOD_NS);
        assertBegan(10, 16);
        assertEquals(10, loop.missedDeadlines());
        assertEquals(4, loop.snapshot().caughtUp());
    }

    @Test
    void stopEndsTheLoopAfterSoManyMissesInARowAndTellsTheTask() throws InterruptedException {
        run(Overrun.STOP, 3, 1000, cycle -> time.pass(cycle >= 10 ? PERIOD_NS + PERIOD_NS / 2 : 0));
        // Each cycle from the tenth on misses one deadline.
        assertEquals(13, loop.cycles());
        assertEquals(3, loop.consecutiveMisses());
        assertEquals(List.of(LoopEnd.OVERRUN), told);
        assertEquals(LoopEnd.OVERRUN, loop.end().orElseThrow());
    }

    @Test
    void missesThatAreNotInARowDoNotStopTheLoop() throws InterruptedException {
        run(Overrun.STOP, 2, 100, cycle -> time.pass(cycle % 2 == 0 ? PERIOD_NS + PERIOD_NS / 2 : 0));
        assertEquals(List.of(LoopEnd.TASK_DONE), told);
        assertEquals(50, loop.missedDeadlines(), 1);
        assertEquals(1, loop.snapshot().mostConsecutiveMisses());
    }

    @Test
    void aClockThatRunsBackInACycleIsCountedAndHoldsNothingUp() throws InterruptedException {
        run(Overrun.SKIP, 1, 20, cycle -> time.pass(cycle == 5 ? -SECOND_NS : 0));
        assertEquals(1, loop.clockJumps());
        assertEquals(0, loop.missedDeadlines());
        assertEquals(PERIOD_NS, dts.get(6), "nothing can be measured across the jump");
        assertEquals(
                PERIOD_NS - SECOND_NS, beginnings.get(6) - beginnings.get(5), EXACT_NS, "one period after the jump");
        assertEquals(PERIOD_NS, dts.get(7), EXACT_NS);
        assertTrue(time.longestSleepNs() <= PERIOD_NS);
    }

    @Test
    void aClockThatRunsBackWhileTheThreadSleepsIsCountedAndTheCycleRunsAtOnce() throws InterruptedException {
        run(Overrun.SKIP, 1, 20, cycle -> {
            if (cycle == 5) {
                time.jumpWhileAsleep(-SECOND_NS);
            }
        });
        assertEquals(1, loop.clockJumps());
        assertEquals(0, loop.missedDeadlines());
        assertEquals(PERIOD_NS, dts.get(6));
        assertEquals(-SECOND_NS, beginnings.get(6) - beginnings.get(5), PERIOD_NS);
        assertEquals(13 * PERIOD_NS, beginnings.get(19) - beginnings.get(6), EXACT_NS);
        assertTrue(dts.stream().allMatch(dt -> dt > 0));
        assertTrue(loop.snapshot().dt().getMaxValue() < 1.1 * PERIOD_NS, "no jump in the histograms");
    }

    @Test
    void aClockThatLeapsAheadIsCountedItsDeadlinesAreMissedAndOnePeriodIsHandedOver() throws InterruptedException {
        run(Overrun.SKIP, 1, 20, cycle -> {
            if (cycle == 5) {
                time.jumpWhileAsleep(SECOND_NS);
            } else if (cycle == 10) {
                time.pass(SECOND_NS);
            }
        });
        assertEquals(2, loop.clockJumps());
        assertEquals(PERIOD_NS, dts.get(6));
        assertEquals(PERIOD_NS, dts.get(11));
        assertEquals(2000, loop.missedDeadlines(), 2);
        assertEquals(1000, missesSeen.get(6), 1);
        assertEquals(0, missesSeen.get(7));
        assertTrue(dts.stream().allMatch(dt -> dt > 0 && dt < 2 * PERIOD_NS));
    }

    @Test
    void aLeapAheadStopsALoopThatStopsOnMisses() throws InterruptedException {
        run(Overrun.STOP, 20, 20, cycle -> {
            if (cycle == 5) {
                time.jumpWhileAsleep(SECOND_NS);
            }
        });
        assertEquals(List.of(LoopEnd.OVERRUN), told);
        assertEquals(6, loop.cycles(), "no cycle after the leap");
    }

    @Test
    void catchUpDoesNotCatchUpAJump() throws InterruptedException {
        run(Overrun.CATCH_UP, 5000, 20, cycle -> time.pass(cycle == 5 ? SECOND_NS : 0));
        assertEquals(0, loop.snapshot().caughtUp());
        assertEquals(PERIOD_NS, dts.get(6));
    }

    @Test
    void aClockThatAlternatesIsSurvived() throws InterruptedException {
        run(Overrun.SKIP, 1, 100, cycle -> time.pass(cycle % 2 == 0 ? -SECOND_NS : SECOND_NS));
        assertEquals(99, loop.clockJumps(), 1);
        assertTrue(dts.stream().allMatch(dt -> dt == PERIOD_NS));
        assertTrue(time.longestSleepNs() <= PERIOD_NS);
    }
}
