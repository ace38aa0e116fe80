package dev.tactus.sim.process;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.loop.ControlLoop;
import dev.tactus.control.loop.CycleTask;
import dev.tactus.control.loop.LoopSettings;
import dev.tactus.control.loop.WallClock;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.GripperConfig;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.RobotPort;
import dev.tactus.control.process.RobotSide;
import dev.tactus.control.realtime.RealTimeSettings;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.sim.hardware.SimulatedHardware;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import java.nio.file.Path;
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

    /** Made by ServiceLoader. */
    public SimulateRobotCommand() {}

    @Override
    public String group() {
        return "robot";
    }

    @Override
    public Integer call() {
        RobotConfig robot = RobotCatalogue.load(name);
        WallClock clock = new WallClock();
        try (Interruption interruption = new Interruption();
                MujocoModel model = MujocoModel.load(robot.folder().resolve("scene.xml"));
                MujocoData data = model.newData()) {
            data.resetToKeyframe(model.keyframeId("home"));
            data.forward();
            SimulatedHardware drives = new SimulatedHardware(model, data, robot, clock);
            drives.place(
                    robot.home(), robot.gripper().map(GripperConfig::openingMax).orElse(0.0));
            try (RobotSide side = new RobotSide(RobotPort.create(folder, robot, 0), drives, clock)) {
                System.out.printf("simulating %s at port %s%n", name, folder);
                run(robot, clock, side, drives, interruption);
            }
        } catch (HardwareException e) {
            throw new MissingPartException(e.getMessage(), e);
        }
        return ExitCode.DONE;
    }

    private static void run(
            RobotConfig robot, WallClock clock, RobotSide side, SimulatedHardware drives, Interruption interruption) {
        boolean[] hanging = {robot.base() == BaseType.FLOATING};
        CycleTask task = (nowNs, dtNs) -> {
            if (hanging[0]) {
                side.measure();
                drives.hang();
                hanging[0] = !side.commanded();
            } else {
                side.cycle();
            }
            return !interruption.requested();
        };
        LoopSettings settings =
                LoopSettings.ofPeriod(Math.round(1e9 / robot.controlRateHz())).withRights(RealTimeSettings.REAL_TIME);
        ControlLoop loop = new ControlLoop("tactus-robot", settings, clock, task);
        loop.start();
        while (!interruption.requested() && loop.failure().isEmpty()) {
            LockSupport.parkNanos(LOOK_NS);
        }
        boolean interrupted = false;
        while (true) {
            try {
                loop.join();
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
