package dev.tactus.sim.process;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.loop.ControlLoop;
import dev.tactus.control.loop.LoopSettings;
import dev.tactus.control.loop.WallClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.realtime.RealTimeSettings;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.sim.task.Task;
import dev.tactus.sim.task.Tasks;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./tactus robot simulate}: a robot in MuJoCo as a process of its own, on wall time. */
@Command(
        name = "simulate",
        description = {
            "A robot in MuJoCo as a process of its own, on wall time, at the port where './tactus controller' and"
                    + " './tactus watchdog' meet it; Ctrl-C ends it.",
            "It begins in its home position; a legged robot hangs there until somebody first takes command."
        })
public final class SimulateRobotCommand implements TactusCommand {
    private static final long LOOK_NS = 20_000_000;

    @Parameters(index = "0", paramLabel = "NAME", description = "A folder under hardware-configs, e.g. franka_fr3.")
    private String name;

    @Option(
            names = "--port",
            paramLabel = "DIR",
            required = true,
            description = "Folder that the robot's processes meet in, best under /dev/shm; made if it is not there.")
    private Path folder;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "Simulate a task's world around the robot, e.g. fr3-lift.")
    private Optional<String> task;

    /** Made by ServiceLoader. */
    public SimulateRobotCommand() {}

    @Override
    public String group() {
        return "robot";
    }

    @Override
    public Integer call() {
        RobotConfig robot = RobotCatalogue.load(name);
        Optional<Task> world = task.map(Tasks::named);
        world.ifPresent(of -> requireRobot(of, robot));
        WallClock clock = new WallClock();
        try (Interruption interruption = new Interruption();
                SimulatedWorld simulated = world.isPresent()
                        ? new SimulatedWorld.OfTask(folder, robot, clock, world.get())
                        : new SimulatedWorld.Alone(folder, robot, clock)) {
            System.out.printf("simulating %s at port %s%n", name, folder);
            run(robot, clock, simulated, interruption);
        } catch (HardwareException e) {
            throw new MissingPartException(e.getMessage(), e);
        }
        return ExitCode.DONE;
    }

    private static void requireRobot(Task task, RobotConfig robot) {
        if (!task.robot().equals(robot.name())) {
            throw new BadInputException("--task " + task.name() + ": its robot is " + task.robot() + ", not "
                    + robot.name() + ". Simulate that one, or leave the task out.");
        }
    }

    private static void run(RobotConfig robot, WallClock clock, SimulatedWorld world, Interruption interruption) {
        LoopSettings settings =
                LoopSettings.ofPeriod(Math.round(1e9 / robot.controlRateHz())).withRights(RealTimeSettings.REAL_TIME);
        ControlLoop loop = new ControlLoop("tactus-robot", settings, clock, world);
        loop.start();
        while (!interruption.requested() && loop.failure().isEmpty()) {
            LockSupport.parkNanos(LOOK_NS);
        }
        boolean interrupted = false;
        while (true) {
            try {
                loop.stop();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // again: it ends within a cycle
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        loop.failure().ifPresent(failure -> {
            throw new IllegalStateException("the robot's loop failed", failure);
        });
    }
}
