package dev.tactus.control.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.realtime.RealTimeSettings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The loop on wall time; how exact its timing is depends on the machine and is measured elsewhere. */
class ControlLoopTest {
    private static final long PERIOD_NS = 1_000_000;

    @Test
    void countsEveryCycleAndEndsWhenTheTaskSaysSo() throws InterruptedException {
        long[] times = new long[200];
        long[] sum = {0};
        int[] count = {0};
        var loop = new ControlLoop("test-loop", PERIOD_NS, (nowNs, dtNs) -> {
            times[count[0]++] = nowNs;
            sum[0] += dtNs;
            return count[0] < times.length;
        });
        loop.start();
        loop.join();
        assertEquals(LoopEnd.TASK_DONE, loop.end().orElseThrow());
        assertEquals(200, loop.cycles());
        LoopStatistics statistics = loop.snapshot();
        assertEquals(200, statistics.cycles());
        assertEquals(199, statistics.lateness().getTotalCount());
        assertEquals(199, statistics.dt().getTotalCount());
        assertEquals(199, statistics.duration().getTotalCount());
        assertTrue(loop.failure().isEmpty());
        // Deadlines are absolute: what ran and what was missed add up to the time that passed.
        long passed = (times[199] - times[0]) / PERIOD_NS;
        assertTrue(passed >= 199 - 1, "200 cycles in " + passed + " periods");
        assertTrue(loop.cycles() + loop.missedDeadlines() >= passed - 1);
        // And what was handed over as dt is the time that passed.
        assertEquals(times[199] - times[0], sum[0] - PERIOD_NS);
    }

    @Test
    void stopsWhenAskedAndTellsTheTask() throws InterruptedException {
        var running = new CountDownLatch(1);
        List<LoopEnd> told = new ArrayList<>();
        var loop = new ControlLoop("test-loop", PERIOD_NS, new CycleTask() {
            @Override
            public boolean run(long nowNs, long dtNs) {
                running.countDown();
                return true;
            }

            @Override
            public void ended(LoopEnd why) {
                told.add(why);
            }
        });
        loop.start();
        running.await();
        loop.stop();
        assertTrue(loop.cycles() >= 1);
        assertEquals(LoopEnd.STOP_REQUESTED, loop.end().orElseThrow());
        assertEquals(List.of(LoopEnd.STOP_REQUESTED), told);
    }

    @Test
    void anExceptionOfTheTaskEndsTheLoopIsKeptAndTheTaskIsTold() throws InterruptedException {
        var thrown = new IllegalStateException("broken on purpose");
        List<LoopEnd> told = new ArrayList<>();
        var loop = new ControlLoop("test-loop", PERIOD_NS, new CycleTask() {
            @Override
            public boolean run(long nowNs, long dtNs) {
                throw thrown;
            }

            @Override
            public void ended(LoopEnd why) {
                told.add(why);
                throw new IllegalStateException("and again");
            }
        });
        loop.start();
        loop.join();
        assertSame(thrown, loop.failure().orElseThrow());
        assertEquals(List.of(LoopEnd.TASK_FAILED), told);
        assertEquals(0, loop.cycles());
    }

    @Test
    void aSnapshotOfARunningLoopHoldsNoMoreThanItsCycles() throws InterruptedException {
        var loop = new ControlLoop("test-loop", PERIOD_NS / 10, (nowNs, dtNs) -> true);
        loop.start();
        long before = 0;
        for (int n = 0; n < 50; n++) {
            long counted = loop.snapshot().duration().getTotalCount();
            assertTrue(counted >= before, counted + " after " + before);
            before = counted;
            Thread.sleep(1);
        }
        loop.stop();
        assertTrue(before > 0);
        LoopStatistics last = loop.snapshot();
        assertTrue(last.lateness().getTotalCount() == last.dt().getTotalCount());
        assertTrue(last.duration().getTotalCount() <= last.cycles());
    }

    @Test
    void allocatesNothingInACycleNotEvenWhileSnapshotsAreTaken() throws InterruptedException {
        int cycles = 4_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] allocated = new long[2];
        int[] count = {0};
        var settings = LoopSettings.ofPeriod(PERIOD_NS / 5)
                .onOverrun(Overrun.CATCH_UP, 3)
                .withRights(new RealTimeSettings(OptionalInt.empty(), List.of(), false, PERIOD_NS / 10));
        var loop = new ControlLoop("test-loop", settings, new WallClock(), (nowNs, dtNs) -> {
            if (count[0] == cycles / 2) { // the first half is for the compiler
                threads.getCurrentThreadAllocatedBytes();
                allocated[0] = threads.getCurrentThreadAllocatedBytes();
            }
            if (++count[0] < cycles) {
                return true;
            }
            allocated[1] = threads.getCurrentThreadAllocatedBytes();
            return false;
        });
        loop.start();
        while (loop.end().isEmpty()) {
            loop.snapshot();
            Thread.sleep(5);
        }
        loop.join();
        assertEquals(0, allocated[1] - allocated[0]);
    }

    @Test
    void rightsThatAreNotAskedForAreNeitherGrantedNorMissed() throws InterruptedException {
        var loop = new ControlLoop("test-loop", PERIOD_NS, (nowNs, dtNs) -> false);
        loop.start();
        assertTrue(loop.grant().rights().size() <= 1, loop.grant().toString());
        loop.join();
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> LoopSettings.ofPeriod(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> LoopSettings.ofPeriod(PERIOD_NS).onOverrun(Overrun.STOP, 0));
    }
}
