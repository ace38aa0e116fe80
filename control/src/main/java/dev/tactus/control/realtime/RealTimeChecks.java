package dev.tactus.control.realtime;

import dev.tactus.control.realtime.RealTimeGrant.Right;
import dev.tactus.policies.command.DoctorCheck;
import java.util.Set;
import java.util.function.Supplier;

/** What {@code ./tactus doctor} says about real time: rights are tried, not guessed from limits. */
public final class RealTimeChecks {
    private RealTimeChecks() {}

    /** SCHED_FIFO, tried in a thread that ends at once. */
    public static final class Priority implements DoctorCheck {
        /** Made by ServiceLoader. */
        public Priority() {}

        @Override
        public Finding look() {
            int priority = RealTimeSettings.REAL_TIME.priority().orElseThrow();
            return finding("real-time priority", inThread(() -> RealTimeRights.priority(priority, new LinuxMachine())));
        }
    }

    /** Locked memory, tried and given back. */
    public static final class LockedMemory implements DoctorCheck {
        /** Made by ServiceLoader. */
        public LockedMemory() {}

        @Override
        public Finding look() {
            Right right = inThread(() -> RealTimeRights.lockMemory(new LinuxMachine()));
            LinuxCalls.unlockMemory();
            return right.granted()
                    ? new Finding("locked memory", State.PRESENT, "mlockall is granted")
                    : finding("locked memory", right);
        }
    }

    /** The kernel's preemption model. */
    public static final class Kernel implements DoctorCheck {
        private final LinuxMachine machine;

        /** Made by ServiceLoader. */
        public Kernel() {
            this(new LinuxMachine());
        }

        Kernel(LinuxMachine machine) {
            this.machine = machine;
        }

        @Override
        public Finding look() {
            return machine.hasRealTimeKernel()
                    ? new Finding("real-time kernel", State.PRESENT, machine.kernel())
                    : new Finding(
                            "real-time kernel",
                            State.ABSENT,
                            (machine.kernel().isEmpty() ? "no Linux kernel answers" : machine.kernel())
                                    + "; on a robot install one with PREEMPT_RT ('apt-get install linux-image-rt-amd64'"
                                    + " or -arm64; 'pro enable realtime-kernel' on Ubuntu)");
        }
    }

    /** CPUs that the scheduler keeps free. */
    public static final class IsolatedCpus implements DoctorCheck {
        private final LinuxMachine machine;

        /** Made by ServiceLoader. */
        public IsolatedCpus() {
            this(new LinuxMachine());
        }

        IsolatedCpus(LinuxMachine machine) {
            this.machine = machine;
        }

        @Override
        public Finding look() {
            return machine.isolatedCpus().isEmpty()
                    ? new Finding(
                            "isolated CPUs",
                            State.ABSENT,
                            "none; with four or more, boot with isolcpus=3 nohz_full=3 rcu_nocbs=3 and give CPU 3 to the"
                                    + " control loop")
                    : new Finding("isolated CPUs", State.PRESENT, machine.isolatedCpus());
        }
    }

    /** What time is told by. */
    public static final class ClockSource implements DoctorCheck {
        /** Those that are read without a system call. */
        private static final Set<String> FAST =
                Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter");

        private final LinuxMachine machine;

        /** Made by ServiceLoader. */
        public ClockSource() {
            this(new LinuxMachine());
        }

        ClockSource(LinuxMachine machine) {
            this.machine = machine;
        }

        @Override
        public Finding look() {
            String source = machine.clockSource();
            return FAST.contains(source)
                    ? new Finding("clock source", State.PRESENT, source)
                    : new Finding(
                            "clock source",
                            State.ABSENT,
                            (source.isEmpty() ? "the kernel does not say" : source + " costs a system call a reading")
                                    + "; boot with clocksource=tsc tsc=reliable if the processor has an invariant TSC");
        }
    }

    private static DoctorCheck.Finding finding(String part, Right right) {
        return new DoctorCheck.Finding(
                part, right.granted() ? DoctorCheck.State.PRESENT : DoctorCheck.State.ABSENT, right.detail());
    }

    private static Right inThread(Supplier<Right> question) {
        Right[] answer = new Right[1];
        Thread thread = Thread.ofPlatform().name("tactus-doctor").start(() -> answer[0] = question.get());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the question takes no longer than a system call
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return answer[0];
    }
}
