package dev.tactus.control.bench;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.loop.ControlLoop;
import dev.tactus.control.loop.CycleTask;
import dev.tactus.control.loop.LoopEnd;
import dev.tactus.control.loop.LoopSettings;
import dev.tactus.control.loop.LoopStatistics;
import dev.tactus.control.loop.WallClock;
import dev.tactus.control.realtime.RealTimeGrant;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;

/**
 * One run of the control loop under a cycle's worth of work.
 *
 * @param lateness how late the cycles began
 * @param durationP50Us a cycle's duration, median, us
 * @param missedDeadlines deadlines that were missed
 * @param heapBytesPerCycle what the control thread allocated from its second cycle on
 * @param grant what the operating system granted
 */
record LoopRun(
        LatenessFigures lateness,
        double durationP50Us,
        long missedDeadlines,
        double heapBytesPerCycle,
        RealTimeGrant grant) {
    private static final double NS_PER_US = 1e3;

    static LoopRun measure(LoopSettings settings, double seconds) throws InterruptedException {
        Work work = new Work((long) (seconds * 1e9));
        ControlLoop loop = new ControlLoop("tactus-control", settings, new WallClock(), work);
        loop.start();
        RealTimeGrant grant = loop.grant();
        loop.join();
        loop.failure().ifPresent(failure -> {
            throw new IllegalStateException("the benchmark's cycle failed", failure);
        });
        LoopStatistics statistics = loop.snapshot();
        return new LoopRun(
                figures(statistics.lateness()),
                statistics.duration().getValueAtPercentile(50) / NS_PER_US,
                statistics.missedDeadlines(),
                (double) work.allocatedBytes / Math.max(1, statistics.cycles() - 1),
                grant);
    }

    LoopRun withStolen(double ms) {
        return new LoopRun(lateness.withStolen(ms), durationP50Us, missedDeadlines, heapBytesPerCycle, grant);
    }

    private static LatenessFigures figures(Histogram lateness) {
        return new LatenessFigures(
                lateness.getTotalCount(),
                lateness.getValueAtPercentile(50) / NS_PER_US,
                lateness.getValueAtPercentile(99) / NS_PER_US,
                lateness.getValueAtPercentile(99.9) / NS_PER_US,
                lateness.getMaxValue() / NS_PER_US,
                Double.NaN);
    }

    private static final class Work implements CycleTask {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final JointSpaceWork work = new JointSpaceWork();
        private final long lengthNs;
        private long firstNs;
        private long before = -1;
        private long allocatedBytes;

        private Work(long lengthNs) {
            this.lengthNs = lengthNs;
        }

        @Override
        public boolean run(long nowNs, long dtNs) {
            work.run(nowNs);
            if (before < 0) {
                firstNs = nowNs;
                before = threads.getCurrentThreadAllocatedBytes();
            }
            return nowNs - firstNs < lengthNs;
        }

        @Override
        public void ended(LoopEnd why) {
            allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;
            if (Double.isNaN(work.effort()[0])) {
                throw new IllegalStateException("the benchmark's arithmetic went wrong");
            }
        }
    }
}
