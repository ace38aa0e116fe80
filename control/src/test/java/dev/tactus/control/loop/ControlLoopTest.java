package dev.tactus.control.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the loop counts; how exact its timing is depends on the machine and is measured elsewhere. */
class ControlLoopTest {
    private static final long PERIOD_NS = 1_000_000;

    @Test
    void countsEveryCycleAndEndsWhenTheTaskSaysSo() throws InterruptedException {
        long[] times = new long[200];
        int[] count = {0};
        var loop = new ControlLoop("test-loop", PERIOD_NS, nowNs -> {
            times[count[0]++] = nowNs;
            return count[0] < times.length;
        });
        loop.start();
        loop.join();
        assertEquals(200, loop.cycles());
        assertEquals(200, loop.lateness().getTotalCount());
        assertEquals(200, loop.duration().getTotalCount());
        assertTrue(loop.failure().isEmpty());
        // Deadlines are absolute: what ran and what was missed add up to the time that passed.
        long passed = (times[199] - times[0]) / PERIOD_NS;
        assertTrue(passed >= 199 - 1, "200 cycles in " + passed + " periods");
        assertTrue(loop.cycles() + loop.missedDeadlines() >= passed - 1);
    }

    @Test
    void aCycleThatTakesTooLongIsCountedAsMissedDeadlines() throws InterruptedException {
        int[] count = {0};
        var loop = new ControlLoop("test-loop", PERIOD_NS, nowNs -> {
            if (count[0]++ == 5) {
                long until = System.nanoTime() + 10 * PERIOD_NS;
                while (System.nanoTime() < until) {
                    LockSupport.parkNanos(until - System.nanoTime());
                }
            }
            return count[0] < 20;
        });
        loop.start();
        loop.join();
        assertEquals(20, loop.cycles());
        assertTrue(loop.missedDeadlines() >= 9, "missed " + loop.missedDeadlines());
    }

    @Test
    void stopsWhenAsked() throws InterruptedException {
        var running = new CountDownLatch(1);
        var loop = new ControlLoop("test-loop", PERIOD_NS, nowNs -> {
            running.countDown();
            return true;
        });
        loop.start();
        running.await();
        loop.stop();
        long cycles = loop.cycles();
        assertTrue(cycles >= 1);
        assertEquals(cycles, loop.cycles());
    }

    @Test
    void anExceptionOfTheTaskEndsTheLoopAndIsKept() throws InterruptedException {
        var thrown = new IllegalStateException("broken on purpose");
        var loop = new ControlLoop("test-loop", PERIOD_NS, nowNs -> {
            throw thrown;
        });
        loop.start();
        loop.join();
        assertSame(thrown, loop.failure().orElseThrow());
        assertEquals(0, loop.cycles());
    }
}
