package dev.tactus.control.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.realtime.RealTimeGrant.Kind;
import dev.tactus.policies.command.DoctorCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of Linux is in force afterwards, as {@code /proc} says; what is refused is said and thrown nowhere. */
class RealTimeRightsTest {
    @TempDir
    private Path root;

    /** Runs in a thread of its own, whose rights end with it. */
    private static <T> T inThread(Callable<T> question) throws Exception {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    private static String status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** Field 41 of a thread's stat is its policy, 40 its real-time priority (proc(5)); names hold no blank here. */
    private static long stat(int field) throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat")).strip();
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(afterName[field - 3]);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aGrantedPriorityIsInForceAndARefusedOneSaysHowToGetIt() throws Exception {
        inThread(() -> {
            var settings = new RealTimeSettings(OptionalInt.of(7), List.of(), false, 0);
            RealTimeGrant grant = RealTimeRights.request(settings);
            if (grant.has(Kind.PRIORITY)) {
                assertEquals(7, stat(40));
                assertEquals(LinuxCalls.SCHED_FIFO, stat(41));
                assertTrue(grant.warnings().isEmpty(), grant.toString());
            } else {
                assertEquals(LinuxCalls.SCHED_OTHER, stat(41));
                assertTrue(grant.warnings().getFirst().contains("limits.d"), grant.toString());
            }
            return null;
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPriorityThatTheKernelRefusesIsAFinding() throws Exception {
        // 0 is no SCHED_FIFO priority, so every kernel refuses it, also a superuser's.
        RealTimeGrant.Right right = inThread(() -> RealTimeRights.priority(0, new LinuxMachine()));
        assertFalse(right.granted());
        assertTrue(right.detail().startsWith("SCHED_FIFO 0 was refused (EINVAL"), right.detail());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theThreadRunsOnTheCpusItAskedForWithExactTimers() throws Exception {
        String allowed = status("Cpus_allowed_list");
        int first = Integer.parseInt(allowed.split("[,-]")[0]);
        inThread(() -> {
            RealTimeGrant grant = RealTimeRights.request(RealTimeSettings.ORDINARY.withCpus(List.of(first)));
            assertTrue(grant.has(Kind.CPUS), grant.toString());
            assertTrue(grant.has(Kind.TIMER_SLACK), grant.toString());
            assertEquals(Integer.toString(first), status("Cpus_allowed_list"));
            String thread =
                    Path.of("/proc/thread-self").toRealPath().getFileName().toString();
            assertEquals(
                    "1",
                    Files.readString(Path.of("/proc", thread, "timerslack_ns")).strip());
            return null;
        });
        assertEquals(allowed, status("Cpus_allowed_list"), "other threads keep theirs");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aCpuThatIsNotThereIsAFinding() throws Exception {
        RealTimeGrant grant = inThread(() -> RealTimeRights.request(RealTimeSettings.ORDINARY.withCpus(List.of(1023))));
        assertFalse(grant.has(Kind.CPUS));
        assertTrue(grant.warnings().getFirst().startsWith("CPU 1023 was refused (EINVAL"), grant.toString());
    }

    @Test
    void memoryIsNotLockedUnderALimitThatLaterAllocationsWouldMeet() throws IOException {
        machine(Map.of(
                "proc/self/limits",
                "Limit                     Soft Limit           Hard Limit           Units\n"
                        + "Max locked memory         8388608              8388608              bytes\n",
                "proc/self/status",
                "CapEff:\t0000000000000000\n"));
        RealTimeGrant.Right right = RealTimeRights.lockMemory(new LinuxMachine(root));
        assertFalse(right.granted());
        assertTrue(right.detail().contains("limit memlock is 8388608 bytes; needed is unlimited"), right.detail());
        assertTrue(right.detail().contains("LimitMEMLOCK=infinity"), right.detail());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theDoctorTriesTheRightsAndLeavesNothingInForce() throws Exception {
        assertEquals("real-time priority", new RealTimeChecks.Priority().look().part());
        DoctorCheck.Finding memory = new RealTimeChecks.LockedMemory().look();
        assertEquals("0 kB", status("VmLck"), memory.detail());
        assertEquals(LinuxCalls.SCHED_OTHER, stat(41));
    }

    @Test
    void aVirtualThreadIsRefused() throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread.ofVirtual()
                .start(() -> thrown[0] = assertThrows(
                        IllegalStateException.class, () -> RealTimeRights.request(RealTimeSettings.ORDINARY)))
                .join();
        assertTrue(thrown[0].getMessage().contains("virtual"));
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RealTimeSettings.REAL_TIME.withPriority(99));
        assertThrows(IllegalArgumentException.class, () -> RealTimeSettings.REAL_TIME.withPriority(0));
        assertThrows(IllegalArgumentException.class, () -> RealTimeSettings.REAL_TIME.withCpus(List.of(1024)));
        assertThrows(
                IllegalArgumentException.class, () -> new RealTimeSettings(OptionalInt.empty(), List.of(), false, -1));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sleepsUntilAnAbsoluteTimeOfTheJavaClock() {
        MonotonicSleep sleep = MonotonicSleep.create().orElseThrow();
        long untilNs = System.nanoTime() + 2_000_000;
        sleep.until(untilNs);
        assertTrue(System.nanoTime() >= untilNs, "woke up early: the clocks' epochs differ");
        sleep.until(untilNs); // has passed: returns
    }

    @Test
    void whatTheMachineSaysOfItselfIsRead() throws IOException {
        machine(Map.of(
                "proc/stat", "cpu  10 20 30 40 50 60 70 123 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\n",
                "proc/self/limits", "Max realtime priority     98                   98                   \n",
                "proc/self/status", "Name:\tjava\nCapEff:\t0000000000804000\n",
                "proc/version", "Linux version 6.12 (x) #1 SMP PREEMPT_RT Debian\n",
                "proc/sys/kernel/osrelease", "6.12.1-rt-amd64\n",
                "sys/devices/system/cpu/isolated", "2-3\n",
                "sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n"));
        var machine = new LinuxMachine(root);
        assertEquals(1_230_000_000L, machine.stolenNs().orElseThrow());
        assertEquals("98", machine.softLimit("Max realtime priority").orElseThrow());
        assertTrue(machine.hasCapability(LinuxMachine.CAP_SYS_NICE));
        assertTrue(machine.hasCapability(LinuxMachine.CAP_IPC_LOCK));
        assertFalse(machine.hasCapability(0));
        assertTrue(machine.hasRealTimeKernel());
        assertEquals(
                "6.12.1-rt-amd64, PREEMPT_RT",
                new RealTimeChecks.Kernel(machine).look().detail());
        assertEquals("2-3", new RealTimeChecks.IsolatedCpus(machine).look().detail());
        assertTrue(new RealTimeChecks.ClockSource(machine).look().detail().startsWith("hpet costs a system call"));
    }

    @Test
    void aMachineThatSaysNothingIsNoError() {
        var machine = new LinuxMachine(root.resolve("none"));
        assertTrue(machine.stolenNs().isEmpty());
        assertTrue(machine.softLimit("Max locked memory").isEmpty());
        assertFalse(machine.hasCapability(LinuxMachine.CAP_SYS_NICE));
        assertFalse(machine.hasRealTimeKernel());
        assertTrue(new RealTimeChecks.Kernel(machine).look().detail().startsWith("no Linux kernel answers"));
        assertTrue(new RealTimeChecks.IsolatedCpus(machine).look().detail().startsWith("none"));
        assertTrue(new RealTimeChecks.ClockSource(machine).look().detail().startsWith("the kernel does not say"));
    }

    private void machine(Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
