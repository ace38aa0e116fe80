package dev.tactus.control;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a thread allocates, for tests. */
public final class Allocation {
    private static final int ROUNDS = 3;

    private Allocation() {}

    /** Of several rounds, in bytes: what a cycle allocates shows in each, what the virtual machine does once in one only. */
    public static long least(int calls, Runnable cycle) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(calls, cycle);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run(calls, cycle);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static void run(int calls, Runnable cycle) {
        for (int n = 0; n < calls; n++) {
            cycle.run();
        }
    }
}
