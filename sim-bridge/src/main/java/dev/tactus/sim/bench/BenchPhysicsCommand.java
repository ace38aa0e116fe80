package dev.tactus.sim.bench;

import com.sun.management.ThreadMXBean;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.sim.mujoco.MujocoLibrary;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoWarningException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./tactus bench physics}: nanoseconds per physics step through the bridge and in C, in turns over the same
 * library, model and controls, and whether both end in the same state to the last bit.
 */
@Command(
        name = "physics",
        description = "Time of a MuJoCo step through the bridge, against the same loop in C where gcc is there.")
public final class BenchPhysicsCommand implements TactusCommand {
    private static final double MIN_RUN_NS = 0.5e9;
    private static final double TARGET = 1.05;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", description = "MJCF file; the fr3-lift scene if none.")
    private Path model;

    @Option(names = "--runs", paramLabel = "N", description = "Runs of each side (default: ${DEFAULT-VALUE}).")
    private int runs = 9;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one JSON object.")
    private Path json;

    /** Makes the command; picocli fills it. */
    public BenchPhysicsCommand() {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs " + runs + ": at least 1");
        }
        if (json != null) {
            JsonReport.requireWritable(json);
        }
        Path file =
                model != null ? model : TactusHome.path().resolve("sim-bridge").resolve("models/fr3_lift.xml");
        Path source = TactusHome.path().resolve("sim-bridge").resolve("tools/physics_peer.c");
        try (MujocoModel loaded = MujocoModel.load(file);
                PhysicsLoop loop = new PhysicsLoop(loaded)) {
            Optional<PhysicsPeer> peer = PhysicsPeer.start(source, loaded, loop.keyframe());
            try {
                return measure(file, loop, peer);
            } catch (MujocoWarningException e) {
                throw new BadInputException(
                        "The model " + file + " is not stable under this benchmark's controls (±0.05 about its first"
                                + " keyframe). " + e.getMessage(),
                        e);
            } finally {
                peer.ifPresent(PhysicsPeer::close);
            }
        }
    }

    private int measure(Path file, PhysicsLoop loop, Optional<PhysicsPeer> peer) {
        long steps = warmUp(loop);
        double[] javaNs = new double[runs];
        double[] cNs = new double[runs];
        boolean same = true;
        for (int i = 0; i < runs; i++) {
            // Who goes first alternates, so that a machine that slows down does not favour one side.
            PhysicsRun c = i % 2 == 0 && peer.isPresent() ? peer.get().run(steps) : null;
            PhysicsRun java = loop.run(steps);
            if (c == null && peer.isPresent()) {
                c = peer.get().run(steps);
            }
            javaNs[i] = (double) java.elapsedNs() / steps;
            if (c != null) {
                cNs[i] = (double) c.elapsedNs() / steps;
                same &= Arrays.equals(java.state(), c.state());
            }
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("model", file.getFileName().toString());
        report.put("mujoco", MujocoLibrary.VERSION);
        report.put("steps", steps);
        report.put("runs", runs);
        report.put("java_ns_per_step", median(javaNs));
        if (peer.isPresent()) {
            report.put("c_ns_per_step", median(cNs));
            report.put("ratio", median(javaNs) / median(cNs));
            report.put("states_equal", same);
        }
        report.put("heap_bytes_per_step", heapBytesPerStep(loop, steps));
        print(report);
        if (json != null) {
            JsonReport.write(json, report);
        }
        return same ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    /** Runs until compiled code runs, and finds how many steps last long enough. */
    private static long warmUp(PhysicsLoop loop) {
        long steps = 1000;
        while (true) {
            double ns = loop.run(steps).elapsedNs();
            if (ns >= MIN_RUN_NS) {
                return steps;
            }
            steps = Math.max(steps + 1, (long) (steps * Math.clamp(1.2 * MIN_RUN_NS / ns, 1.0, 10.0)));
        }
    }

    private static double heapBytesPerStep(PhysicsLoop loop, long steps) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        loop.step(steps);
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / steps;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private void print(Map<String, Object> report) {
        var out = spec.commandLine().getOut();
        out.printf("physics of %s, MuJoCo %s%n", report.get("model"), report.get("mujoco"));
        out.printf("%d runs of %d steps each side, in turns; medians%n%n", report.get("runs"), report.get("steps"));
        out.printf(Locale.ROOT, "  Java  %10.1f ns/step%n", report.get("java_ns_per_step"));
        if (report.containsKey("c_ns_per_step")) {
            out.printf(Locale.ROOT, "  C     %10.1f ns/step%n", report.get("c_ns_per_step"));
            out.printf(Locale.ROOT, "  ratio %10.3f         (target: at most %.2f)%n", report.get("ratio"), TARGET);
            out.println(
                    (boolean) report.get("states_equal")
                            ? "  both end in the same state, bit for bit"
                            : "  THE FINAL STATES DIFFER");
        } else {
            out.println("  C     not measured: no working C compiler (Debian: apt-get install gcc libc6-dev)");
        }
        out.printf(Locale.ROOT, "  heap  %10.1f bytes/step%n", report.get("heap_bytes_per_step"));
        out.flush();
    }
}
