package dev.tactus.control.realtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.Locale;

/**
 * The C library's real-time functions, for the calling thread. Layouts and constants are those of 64-bit Linux, the same
 * on x86-64 and aarch64: {@code struct sched_param} begins with an int, {@code cpu_set_t} is 1024 bits in 64-bit words,
 * {@code struct timespec} is two 64-bit integers. A call returns 0 or an errno value, {@link #NOT_AVAILABLE} elsewhere.
 *
 * <p>None of the calls is marked critical: the thread is in native state meanwhile, so a collection does not wait for a
 * sleeping control thread.
 */
final class LinuxCalls {
    static final int NOT_AVAILABLE = -1;
    static final int CPU_SET_BITS = 1024;
    static final int SCHED_OTHER = 0;
    static final int SCHED_FIFO = 1;

    /** Threads that the control thread starts are ordinary ones. */
    private static final int SCHED_RESET_ON_FORK = 0x40000000;

    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int TIMER_ABSTIME = 1;

    /** The calling thread, for every function that takes a thread's id. */
    private static final int SELF = 0;

    /** musl's struct is longer than the int that it begins with. */
    private static final long SCHED_PARAM_BYTES = 48;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final boolean LINUX =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux") && ADDRESS.byteSize() == 8;

    private static final MethodHandle SET_SCHEDULER =
            handle("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS), CAPTURE_ERRNO);
    private static final MethodHandle SET_AFFINITY =
            handle("sched_setaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), CAPTURE_ERRNO);
    private static final MethodHandle LOCK_ALL =
            handle("mlockall", FunctionDescriptor.of(JAVA_INT, JAVA_INT), CAPTURE_ERRNO);
    private static final MethodHandle UNLOCK_ALL = handle("munlockall", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle PRCTL = handle(
            "prctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
            CAPTURE_ERRNO,
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle NANOSLEEP =
            handle("clock_nanosleep", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private LinuxCalls() {}

    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        if (!LINUX) {
            return null;
        }
        return LINKER.defaultLookup()
                .find(name)
                .map(symbol -> LINKER.downcallHandle(symbol, type, options))
                .orElse(null);
    }

    /** Whether {@link #sleepUntil} works. */
    static boolean canSleep() {
        return NANOSLEEP != null;
    }

    /** The calling thread's policy and priority. */
    static int setScheduler(int policy, int priority) {
        if (SET_SCHEDULER == null) {
            return NOT_AVAILABLE;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment param = arena.allocate(SCHED_PARAM_BYTES, 8);
            param.set(JAVA_INT, 0, priority);
            MemorySegment state = arena.allocate(STATE);
            int flags = policy == SCHED_FIFO ? policy | SCHED_RESET_ON_FORK : policy;
            return answer((int) SET_SCHEDULER.invokeExact(state, SELF, flags, param), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The CPUs of the calling thread. */
    static int setAffinity(Collection<Integer> cpus) {
        if (SET_AFFINITY == null) {
            return NOT_AVAILABLE;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CPU_SET_BITS / 8, 8);
            for (int cpu : cpus) {
                long word = set.getAtIndex(JAVA_LONG, cpu / 64);
                set.setAtIndex(JAVA_LONG, cpu / 64, word | 1L << cpu % 64);
            }
            MemorySegment state = arena.allocate(STATE);
            return answer((int) SET_AFFINITY.invokeExact(state, SELF, set.byteSize(), set), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Locks every page that the process has or will have. */
    static int lockMemory() {
        if (LOCK_ALL == null) {
            return NOT_AVAILABLE;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return answer((int) LOCK_ALL.invokeExact(state, MCL_CURRENT | MCL_FUTURE), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void unlockMemory() {
        if (UNLOCK_ALL == null) {
            return;
        }
        try {
            int ignored = (int) UNLOCK_ALL.invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** How much later than asked the calling thread's timers may fire, ns; real-time threads have none anyway. */
    static int setTimerSlack(long ns) {
        if (PRCTL == null) {
            return NOT_AVAILABLE;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return answer((int) PRCTL.invokeExact(state, PR_SET_TIMERSLACK, ns), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Sleeps until the absolute time at {@code timespec} on CLOCK_MONOTONIC, or a signal. Allocates nothing. */
    static int sleepUntil(long timespec) {
        try {
            return (int) NANOSLEEP.invokeExact(CLOCK_MONOTONIC, TIMER_ABSTIME, timespec, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** An errno value as people look it up. */
    static String errnoName(int errno) {
        return switch (errno) {
            case NOT_AVAILABLE -> "not available on " + System.getProperty("os.name");
            case 1 -> "EPERM, not permitted";
            case 11 -> "EAGAIN, some memory could not be locked";
            case 12 -> "ENOMEM, more than the limit on locked memory";
            case 22 -> "EINVAL, no such CPU or value here";
            case 38 -> "ENOSYS, not supported by this C library or kernel";
            default -> "errno " + errno;
        };
    }

    private static int answer(int result, MemorySegment state) {
        return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a call of the C library failed in the Java runtime", e);
    }
}
