package dev.tactus.sim.process;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.ChildProcess;
import dev.tactus.control.process.RobotPort;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.sim.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A simulated robot, its controller and its watchdog, each a process that this one started and ends. */
public final class RobotProcesses implements AutoCloseable {
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final long LOOK_MS = 5;

    private final Path folder;
    private final RobotConfig robot;
    private final Path log;
    private final ChildProcess simulated;
    private final ChildProcess watchdog;
    private final RobotPort port;
    private ChildProcess controller;

    /**
     * Starts all three and waits until they have found each other.
     *
     * @param folder the folder that they meet in
     * @param robot the robot
     * @param task the task whose world is simulated; the robot alone if empty
     * @param watchdogArguments what else the watchdog is told
     */
    public RobotProcesses(Path folder, RobotConfig robot, Optional<Task> task, String... watchdogArguments) {
        this.folder = folder;
        this.robot = robot;
        log = folder.resolve("processes.log");
        List<String> simulate =
                new ArrayList<>(List.of("robot", "simulate", robot.name(), "--port", folder.toString()));
        task.ifPresent(of -> simulate.addAll(List.of("--task", of.name())));
        simulated = ChildProcess.start(ChildProcess.REAL_TIME, log, simulate.toArray(String[]::new));
        port = awaitPort();
        List<String> watch = new ArrayList<>(List.of("watchdog", "--robot", robot.name(), "--port", folder.toString()));
        watch.addAll(List.of(watchdogArguments));
        watchdog = ChildProcess.start(ChildProcess.TINY, log, watch.toArray(String[]::new));
        startController();
        await(() -> port.watchNs() != 0, "the watchdog");
    }

    /** Starts another controller, after the last one has ended. */
    public void startController() {
        controller = ChildProcess.start(
                ChildProcess.REAL_TIME, log, "controller", "--robot", robot.name(), "--port", folder.toString());
    }

    private RobotPort awaitPort() {
        RobotPort[] found = new RobotPort[1];
        await(
                () -> {
                    try {
                        found[0] = RobotPort.open(folder, robot);
                        return true;
                    } catch (HardwareException notYet) {
                        return false;
                    }
                },
                "the robot");
        return found[0];
    }

    private void await(BooleanSupplier there, String what) {
        long untilNs = System.nanoTime() + PATIENCE_NS;
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > untilNs || !simulated.alive() || watchdog != null && !watchdog.alive()) {
                String words = words();
                close();
                throw new MissingPartException(what + " did not start. The processes said:\n" + words);
            }
            try {
                Thread.sleep(LOOK_MS);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new MissingPartException(what + " was not waited for", e);
            }
        }
    }

    /**
     * What the processes have said so far.
     *
     * @return their lines
     */
    public String words() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "nothing that could be read (" + e + ")";
        }
    }

    /**
     * The robot's port, as anybody may look into it.
     *
     * @return the port
     */
    public RobotPort port() {
        return port;
    }

    /**
     * The controller's process.
     *
     * @return the newest one
     */
    public ChildProcess controller() {
        return controller;
    }

    /**
     * The watchdog's process.
     *
     * @return the process
     */
    public ChildProcess watchdog() {
        return watchdog;
    }

    /**
     * The robot's process.
     *
     * @return the process
     */
    public ChildProcess simulated() {
        return simulated;
    }

    @Override
    public void close() {
        if (controller != null) {
            controller.close();
        }
        if (watchdog != null) {
            watchdog.close();
        }
        simulated.close();
        if (port != null) {
            port.close();
        }
    }
}
