package dev.tactus.policies.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader of figures must know of the machine, and whether others were using it. */
public final class MachineFigures {
    private MachineFigures() {}

    /**
     * The machine and the Java virtual machine.
     *
     * @return processor, cores, system, Java, load average
     */
    public static Map<String, Object> machine() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("processor", processor());
        report.put("processor_cores", Runtime.getRuntime().availableProcessors());
        report.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        report.put("java", System.getProperty("java.vm.version"));
        report.put("load_average_before_processes", loadAverage());
        return report;
    }

    /** The same with the version of the network runtime. */
    static Map<String, Object> report() {
        Map<String, Object> report = machine();
        report.put("onnx_runtime", BenchSubject.runtimeVersion());
        return report;
    }

    /** The system's load average over a minute; negative where the system has none. */
    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
