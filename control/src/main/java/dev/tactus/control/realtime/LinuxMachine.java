package dev.tactus.control.realtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What Linux says of itself in {@code /proc} and {@code /sys}, as far as it matters to real time. Everything is empty
 * where the files are not there. Any thread; not for the control thread, it reads files.
 */
public final class LinuxMachine {
    /** The capability to set real-time priorities, {@code CAP_SYS_NICE}. */
    static final int CAP_SYS_NICE = 23;

    /** The capability to lock any amount of memory, {@code CAP_IPC_LOCK}. */
    static final int CAP_IPC_LOCK = 14;

    /** The unit of {@code /proc/stat}: USER_HZ is 100 on x86-64 and aarch64, whatever the kernel's own tick is. */
    private static final long TICK_NS = 10_000_000L;

    private static final int STEAL_FIELD = 8;

    private final Path root;

    /** The machine that this program runs on. */
    public LinuxMachine() {
        this(Path.of("/"));
    }

    /** A machine whose {@code proc} and {@code sys} stand under a folder. */
    LinuxMachine(Path root) {
        this.root = root;
    }

    /**
     * Time for which a hypervisor had taken this machine's CPUs away, all CPUs together, since it started.
     *
     * @return ns, in steps of 10 ms; 0 for ever on a machine that does not count it
     */
    public OptionalLong stolenNs() {
        Optional<String> total = lines("proc/stat").stream()
                .filter(line -> line.startsWith("cpu "))
                .findFirst();
        String[] fields = total.orElse("").split("\\s+");
        return fields.length > STEAL_FIELD
                ? OptionalLong.of(Long.parseLong(fields[STEAL_FIELD]) * TICK_NS)
                : OptionalLong.empty();
    }

    /**
     * This process's soft limit of a name as {@code /proc/self/limits} spells it.
     *
     * @return a number or "unlimited"
     */
    Optional<String> softLimit(String name) {
        return lines("proc/self/limits").stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
                .findFirst();
    }

    /** Whether this process has an effective capability. */
    boolean hasCapability(int number) {
        return lines("proc/self/status").stream()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16))
                .anyMatch(mask -> (mask >>> number & 1) == 1);
    }

    /** Whether the kernel preempts itself everywhere (PREEMPT_RT). */
    boolean hasRealTimeKernel() {
        return text("sys/kernel/realtime").equals("1") || text("proc/version").contains("PREEMPT_RT");
    }

    /** The kernel's preemption model and version, as it names itself; empty if it does not. */
    String kernel() {
        String version = text("proc/version");
        for (String model : List.of("PREEMPT_RT", "PREEMPT_DYNAMIC", "PREEMPT")) {
            if (version.contains(model)) {
                return text("proc/sys/kernel/osrelease") + ", " + model;
            }
        }
        return text("proc/sys/kernel/osrelease");
    }

    /** CPUs that the scheduler leaves alone ({@code isolcpus=}), as ranges; empty if none. */
    String isolatedCpus() {
        return text("sys/devices/system/cpu/isolated");
    }

    /** What the kernel tells time by; empty if it does not say. */
    String clockSource() {
        return text("sys/devices/system/clocksource/clocksource0/current_clocksource");
    }

    private String text(String file) {
        return String.join("\n", lines(file)).strip();
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of(); // another system, or a container that hides it
        }
    }
}
