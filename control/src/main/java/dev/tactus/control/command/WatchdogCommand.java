package dev.tactus.control.command;

import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.loop.WallClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.RobotPort;
import dev.tactus.control.process.Watchdog;
import dev.tactus.control.realtime.RealTimeRights;
import dev.tactus.control.realtime.RealTimeSettings;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.TactusCommand;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./tactus watchdog}: stops a robot whose controller's heart stops. */
@Command(
        name = "watchdog",
        description = {
            "Watches a robot's controller from outside; Ctrl-C ends it.",
            "When the controller's heartbeat stops for longer than robot.yaml's watchdog_timeout, or its process is gone,"
                    + " an arm is held and a legged robot damped, until './tactus estop --release'. Software: not"
                    + " safety-rated."
        })
public final class WatchdogCommand implements TactusCommand {
    private static final long POLL_NS = 1_000_000;
    private static final long ROBOT_GONE_NS = 1_000_000_000L;
    private static final long REOPEN_NS = 500_000_000L;

    /** Above the control loop: what watches must not be kept waiting by what it watches. */
    private static final int PRIORITY = 90;

    @Option(
            names = "--robot",
            paramLabel = "NAME",
            required = true,
            description = "A folder under hardware-configs, e.g. franka_fr3.")
    private String name;

    @Mixin
    private PortOption port;

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            description = "Longest time without a heartbeat, ms, on a machine that keeps the control loop waiting"
                    + " (default: the robot's watchdog_timeout).")
    private Optional<Integer> timeoutMs;

    /** Made by ServiceLoader. */
    public WatchdogCommand() {}

    @Override
    public Integer call() {
        RobotConfig robot = RobotCatalogue.load(name);
        long timeoutNs =
                timeoutMs.map(ms -> ms * 1_000_000L).orElse(robot.supervision().watchdogTimeoutNs());
        if (timeoutNs < 2 * POLL_NS) {
            throw new BadInputException(
                    "--timeout " + timeoutMs.orElse(0) + ": at least 2 ms, because it looks once a" + " millisecond");
        }
        PortOption.reaching(() -> RobotPort.open(port.folder(), robot)).close(); // a wrong folder is said at once
        RealTimeRights.request(RealTimeSettings.REAL_TIME.withPriority(PRIORITY))
                .warnings()
                .forEach(System.out::println);
        System.out.printf("watching the controller of %s at port %s%n", name, port.folder());
        try (Interruption interruption = new Interruption()) {
            while (!interruption.requested()) {
                watch(robot, timeoutNs, interruption);
            }
        }
        return ExitCode.DONE;
    }

    /** Watches at one port until the robot's process is gone: the next one makes a new port. */
    private void watch(RobotConfig robot, long timeoutNs, Interruption interruption) {
        try (RobotPort open = PortOption.reaching(() -> RobotPort.open(port.folder(), robot))) {
            Watchdog watchdog = new Watchdog(open, StopKind.of(robot.base()), timeoutNs, new WallClock());
            do {
                if (watchdog.poll()) {
                    System.out.printf(
                            "%s: %s stopped (%s); it stays so until ./tactus estop --release --port %s%n",
                            open.overrideCause(), name, open.overrideKind(), port.folder());
                }
                LockSupport.parkNanos(POLL_NS);
            } while (!interruption.requested() && watchdog.robotAlive(ROBOT_GONE_NS));
        }
        if (!interruption.requested()) {
            LockSupport.parkNanos(REOPEN_NS);
        }
    }
}
