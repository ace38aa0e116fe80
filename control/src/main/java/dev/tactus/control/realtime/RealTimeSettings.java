package dev.tactus.control.realtime;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a control thread asks of the operating system.
 *
 * @param priority SCHED_FIFO priority, 1 to 98 (99 is the kernel's own); empty for an ordinary thread
 * @param cpus the CPUs that the thread may run on, 0 to 1023; none for wherever the scheduler puts it
 * @param lockMemory whether the whole process is kept in memory, so that no page fault waits for a disk
 * @param spinNs how long before a deadline the thread stops sleeping and spins, ns: as late as it wakes up at worst
 */
public record RealTimeSettings(OptionalInt priority, List<Integer> cpus, boolean lockMemory, long spinNs) {
    /** Above this stand the kernel's watchdog and migration threads. */
    public static final int GREATEST_PRIORITY = 98;

    /** A sleeping thread wakes up about this late on a kernel without PREEMPT_RT, ns. */
    public static final long SPIN_NS = 120_000;

    /** An ordinary thread that spins for its last {@value #SPIN_NS} ns before a deadline. */
    public static final RealTimeSettings ORDINARY =
            new RealTimeSettings(OptionalInt.empty(), List.of(), false, SPIN_NS);

    /** SCHED_FIFO 80, memory locked, any CPU: above the kernel's interrupt threads (50), below its watchdogs. */
    public static final RealTimeSettings REAL_TIME = new RealTimeSettings(OptionalInt.of(80), List.of(), true, SPIN_NS);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a value is outside what is allowed
     */
    public RealTimeSettings {
        cpus = List.copyOf(cpus);
        if (priority.isPresent() && (priority.getAsInt() < 1 || priority.getAsInt() > GREATEST_PRIORITY)) {
            throw new IllegalArgumentException(
                    "real-time priority " + priority.getAsInt() + "; allowed is 1 to " + GREATEST_PRIORITY);
        }
        for (int cpu : cpus) {
            if (cpu < 0 || cpu >= LinuxCalls.CPU_SET_BITS) {
                throw new IllegalArgumentException("CPU " + cpu + "; allowed is 0 to " + (LinuxCalls.CPU_SET_BITS - 1));
            }
        }
        if (spinNs < 0) {
            throw new IllegalArgumentException("spinning for " + spinNs + " ns; allowed is 0 or more");
        }
    }

    /**
     * The same, on these CPUs.
     *
     * @param onCpus CPU numbers, 0 to 1023; none for any
     * @return the settings
     */
    public RealTimeSettings withCpus(List<Integer> onCpus) {
        return new RealTimeSettings(priority, onCpus, lockMemory, spinNs);
    }

    /**
     * The same, at this priority.
     *
     * @param fifo SCHED_FIFO priority, 1 to 98
     * @return the settings
     */
    public RealTimeSettings withPriority(int fifo) {
        return new RealTimeSettings(OptionalInt.of(fifo), cpus, lockMemory, spinNs);
    }
}
