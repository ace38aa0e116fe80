package dev.tactus.sim.process;

import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./tactus bench watchdog}: the controller's process is killed in mid-motion, again and again; how soon the
 * watchdog overrides it, and how soon the robot stands.
 */
@Command(
        name = "watchdog",
        description =
                "Robot, controller and watchdog as processes; the controller is killed (kill -9) in mid-motion. How soon"
                        + " the override is written and the robot rests. A robot that is not stopped makes the exit code 1.")
public final class BenchWatchdogCommand implements TactusCommand {
    private static final long PATIENCE_MS = 30_000;
    private static final long LONGEST_NS = 10_000_000_000L;
    private static final long LOOK_NS = 100_000;
    private static final double AT_REST_RAD_PER_S = 0.05;
    private static final double ARM_SWING_RAD = 0.3;
    private static final double LEG_SWING_RAD = 0.05;
    private static final double LEAST_MOTION_S = 0.7;
    private static final double MOST_MOTION_S = 1.7;

    @Option(
            names = "--robots",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "franka_fr3,unitree_go2",
            description = "Robots (default: ${DEFAULT-VALUE}).")
    private List<String> robots;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "Kills for each robot (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides where in the motion the controller is killed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one JSON object.")
    private Optional<Path> json;

    /** Made by ServiceLoader. */
    public BenchWatchdogCommand() {}

    /** One kill: ns after it; empty where it did not come about. */
    private record Kill(Optional<Long> overrideNs, Optional<Long> restNs, boolean early) {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() {
        if (kills < 1) {
            throw new BadInputException("--kills " + kills + ": at least 1 is needed");
        }
        json.ifPresent(JsonReport::requireWritable);
        List<Map<String, Object>> results = new ArrayList<>();
        boolean stopped = true;
        try (Interruption interruption = new Interruption()) {
            for (String name : robots) {
                RobotConfig robot = RobotCatalogue.load(name);
                List<Kill> done = new ArrayList<>();
                SplittableRandom random = new SplittableRandom(seed);
                for (int i = 0; i < kills; i++) {
                    if (interruption.requested()) {
                        return Interruption.EXIT_CODE;
                    }
                    done.add(kill(robot, random.nextDouble(LEAST_MOTION_S, MOST_MOTION_S)));
                }
                stopped &= done.stream()
                        .allMatch(kill -> kill.early()
                                || kill.overrideNs().isPresent()
                                        && kill.restNs().isPresent());
                results.add(report(robot, done));
            }
        }
        json.ifPresent(file -> JsonReport.write(file, Map.of("seed", seed, "results", results)));
        return stopped ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static Kill kill(RobotConfig robot, double afterS) {
        try (ScratchFolder scratch = new ScratchFolder();
                RobotProcesses processes = new RobotProcesses(scratch.path(), robot, Optional.empty());
                ScriptedPolicy policy = new ScriptedPolicy(
                        scratch.path(), robot, robot.base() == BaseType.FIXED ? ARM_SWING_RAD : LEG_SWING_RAD)) {
            policy.side().start(PATIENCE_MS);
            long untilNs = System.nanoTime() + Math.round(afterS * 1e9);
            while (System.nanoTime() < untilNs) {
                LockSupport.parkNanos(untilNs - System.nanoTime());
            }
            if (processes.port().overridden()) {
                return new Kill(Optional.empty(), Optional.empty(), true);
            }
            long killNs = System.nanoTime();
            processes.controller().kill();
            return watch(processes, robot, killNs);
        }
    }

    private static Kill watch(RobotProcesses processes, RobotConfig robot, long killNs) {
        RobotState state = new RobotState(robot.joints().size());
        long restNs = -1;
        while (System.nanoTime() < killNs + LONGEST_NS) {
            boolean overridden = processes.port().overridden();
            processes.port().read(state);
            boolean still = Arrays.stream(state.velocity()).allMatch(v -> Math.abs(v) < AT_REST_RAD_PER_S);
            if (!overridden || !still) {
                restNs = -1;
            } else if (restNs < 0) {
                restNs = state.stampNs();
            } else if (state.stampNs() - restNs > 200_000_000) {
                return new Kill(
                        Optional.of(processes.port().overrideNs() - killNs), Optional.of(restNs - killNs), false);
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        boolean overridden = processes.port().overridden();
        return new Kill(
                overridden ? Optional.of(processes.port().overrideNs() - killNs) : Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Map<String, Object> report(RobotConfig robot, List<Kill> done) {
        double[] override = milliseconds(done.stream().map(Kill::overrideNs).toList());
        double[] rest = milliseconds(done.stream().map(Kill::restNs).toList());
        long early = done.stream().filter(Kill::early).count();
        System.out.printf(
                Locale.ROOT,
                "%s: %d kills; overridden after %.1f ms (median; %.1f to %.1f), at rest after %.0f ms (median; greatest"
                        + " %.0f)%s%n",
                robot.name(),
                done.size(),
                quantile(override, 0.5),
                quantile(override, 0),
                quantile(override, 1),
                quantile(rest, 0.5),
                quantile(rest, 1),
                early == 0 ? "" : "; " + early + " times the watchdog acted before, on a heartbeat that came late");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("robot", robot.name());
        result.put("kills", done.size());
        result.put("overridden_before", early);
        result.put("watchdog_timeout_ms", robot.supervision().watchdogTimeoutNs() * 1e-6);
        if (rest.length > 0) {
            result.put("override_min_ms", quantile(override, 0));
            result.put("override_p50_ms", quantile(override, 0.5));
            result.put("override_max_ms", quantile(override, 1));
            result.put("rest_p50_ms", quantile(rest, 0.5));
            result.put("rest_max_ms", quantile(rest, 1));
        }
        result.put("not_stopped", done.size() - early - rest.length);
        return result;
    }

    private static double[] milliseconds(List<Optional<Long>> ns) {
        return ns.stream()
                .flatMap(Optional::stream)
                .mapToDouble(value -> value * 1e-6)
                .sorted()
                .toArray();
    }

    private static double quantile(double[] sorted, double q) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(q * (sorted.length - 1))];
    }
}
