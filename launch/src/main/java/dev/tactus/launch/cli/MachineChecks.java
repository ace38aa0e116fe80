package dev.tactus.launch.cli;

import dev.tactus.policies.command.DoctorCheck;
import dev.tactus.policies.command.DoctorCheck.Finding;
import dev.tactus.policies.command.DoctorCheck.State;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./tactus doctor} finds out about the machine itself, beyond what the modules bring. */
public final class MachineChecks {
    private MachineChecks() {}

    /** The Java virtual machine and its collector. */
    public static final class Jdk implements DoctorCheck {
        /** Made by ServiceLoader. */
        public Jdk() {}

        @Override
        public Finding look() {
            List<String> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .map(bean -> bean.getName())
                    .toList();
            boolean zgc = collectors.stream().anyMatch(name -> name.startsWith("ZGC"));
            String detail = System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
                    + (zgc ? "ZGC" : "collector " + collectors + "; ZGC is recommended: -XX:+UseZGC");
            return new Finding("JDK", State.PRESENT, detail);
        }
    }

    /** Processors and memory. */
    public static final class Processor implements DoctorCheck {
        /** Made by ServiceLoader. */
        public Processor() {}

        @Override
        public Finding look() {
            return new Finding(
                    "processor",
                    State.PRESENT,
                    Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.arch") + ", "
                            + System.getProperty("os.name") + " " + System.getProperty("os.version"));
        }
    }

    /** An NVIDIA GPU's driver. */
    public static final class Gpu implements DoctorCheck {
        /** Made by ServiceLoader. */
        public Gpu() {}

        @Override
        public Finding look() {
            Path driver = Path.of("/proc/driver/nvidia/version");
            try {
                if (Files.isReadable(driver)) {
                    return new Finding(
                            "GPU",
                            State.PRESENT,
                            Files.readAllLines(driver).getFirst().trim());
                }
            } catch (IOException e) {
                // the same as absent: the driver does not answer
            }
            return new Finding("GPU", State.ABSENT, "no NVIDIA driver answers; policies run on the CPU");
        }
    }
}
