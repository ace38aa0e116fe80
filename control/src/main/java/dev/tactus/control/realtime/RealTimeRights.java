package dev.tactus.control.realtime;

import dev.tactus.control.realtime.RealTimeGrant.Kind;
import dev.tactus.control.realtime.RealTimeGrant.Right;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks Linux for what {@link RealTimeSettings} say, for the calling thread. What is refused is in the answer, with how to
 * get it; nothing is thrown for it, and the thread runs on as an ordinary one.
 */
public final class RealTimeRights {
    private static final String UNLIMITED = "unlimited";
    private static final long LEAST_SLACK_NS = 1;

    /** How to get a right that a limit stands against. */
    static final String HOW_TO_GET =
            "add '@realtime - rtprio 98' and '@realtime - memlock unlimited' to /etc/security/limits.d/99-realtime.conf,"
                    + " 'groupadd -f realtime; usermod -aG realtime USER', log in again; for a systemd unit"
                    + " LimitRTPRIO=98 and LimitMEMLOCK=infinity; for a container --ulimit rtprio=98 --ulimit memlock=-1";

    private RealTimeRights() {}

    /**
     * Asks, in the calling thread: a platform thread, before its first cycle. Priority, CPUs and timer slack hold for
     * this thread, locked memory for the process.
     *
     * @param settings what to ask for
     * @return what was given and what was not
     * @throws IllegalStateException in a virtual thread, which would leave its rights behind on its carrier
     */
    public static RealTimeGrant request(RealTimeSettings settings) {
        return request(settings, new LinuxMachine());
    }

    static RealTimeGrant request(RealTimeSettings settings, LinuxMachine machine) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("real-time rights belong to a platform thread; this one is virtual");
        }
        List<Right> rights = new ArrayList<>();
        settings.priority().ifPresent(priority -> rights.add(priority(priority, machine)));
        if (settings.lockMemory()) {
            rights.add(lockMemory(machine));
        }
        if (!settings.cpus().isEmpty()) {
            rights.add(affinity(settings.cpus()));
        }
        rights.add(timerSlack());
        return new RealTimeGrant(rights);
    }

    static Right priority(int priority, LinuxMachine machine) {
        int errno = LinuxCalls.setScheduler(LinuxCalls.SCHED_FIFO, priority);
        if (errno == 0) {
            return new Right(Kind.PRIORITY, true, "SCHED_FIFO " + priority);
        }
        String limit = machine.softLimit("Max realtime priority").orElse("unknown");
        String how = machine.hasCapability(LinuxMachine.CAP_SYS_NICE)
                ? "the process has CAP_SYS_NICE, so a control group without real-time budget (cpu.rt_runtime_us) or a"
                        + " seccomp filter refuses it: give the group a budget or run outside of it"
                : HOW_TO_GET;
        return new Right(
                Kind.PRIORITY,
                false,
                "SCHED_FIFO " + priority + " was refused (" + LinuxCalls.errnoName(errno) + "; limit rtprio is " + limit
                        + ")" + fix(errno, how));
    }

    /**
     * Locks memory only where no limit can stand against it later: with MCL_FUTURE under a finite limit, the allocation
     * that would pass it fails, and the Java runtime with it.
     */
    static Right lockMemory(LinuxMachine machine) {
        String limit = machine.softLimit("Max locked memory").orElse(UNLIMITED);
        if (!limit.equals(UNLIMITED) && !machine.hasCapability(LinuxMachine.CAP_IPC_LOCK)) {
            return new Right(
                    Kind.LOCKED_MEMORY,
                    false,
                    "memory was not locked (limit memlock is " + limit + " bytes; needed is unlimited)"
                            + fix(0, HOW_TO_GET));
        }
        int errno = LinuxCalls.lockMemory();
        return errno == 0
                ? new Right(Kind.LOCKED_MEMORY, true, "memory locked")
                : new Right(
                        Kind.LOCKED_MEMORY,
                        false,
                        "memory was not locked (" + LinuxCalls.errnoName(errno) + ")" + fix(errno, HOW_TO_GET));
    }

    private static Right affinity(List<Integer> cpus) {
        int errno = LinuxCalls.setAffinity(cpus);
        return errno == 0
                ? new Right(Kind.CPUS, true, "CPU " + numbers(cpus))
                : new Right(
                        Kind.CPUS,
                        false,
                        "CPU " + numbers(cpus) + " was refused (" + LinuxCalls.errnoName(errno) + ")"
                                + fix(
                                        errno,
                                        "name CPUs that this process may use: 'taskset -cp $$' shows them, a container's"
                                                + " --cpuset-cpus or a systemd unit's CPUAffinity= sets them"));
    }

    private static Right timerSlack() {
        int errno = LinuxCalls.setTimerSlack(LEAST_SLACK_NS);
        return errno == 0
                ? new Right(Kind.TIMER_SLACK, true, "timer slack " + LEAST_SLACK_NS + " ns")
                : new Right(
                        Kind.TIMER_SLACK,
                        false,
                        "timer slack of " + LEAST_SLACK_NS + " ns was refused (" + LinuxCalls.errnoName(errno)
                                + "): timers may fire 50 us late");
    }

    private static String fix(int errno, String how) {
        return errno == LinuxCalls.NOT_AVAILABLE ? "" : ": " + how;
    }

    private static String numbers(List<Integer> cpus) {
        return String.join(",", cpus.stream().map(String::valueOf).toList());
    }
}
