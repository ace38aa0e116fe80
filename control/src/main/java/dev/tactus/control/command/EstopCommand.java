package dev.tactus.control.command;

import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.RobotPort;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./tactus estop}: stops a robot whatever its controller says, or releases the stop. */
@Command(
        name = "estop",
        description = {
            "Stops a robot that has a port, whatever its controller says: an arm is held, a legged robot damped.",
            "It stays so until --release. Software: not safety-rated; a hand belongs at the robot's own stop."
        })
public final class EstopCommand implements TactusCommand {
    @Mixin
    private PortOption port;

    @Option(names = "--release", description = "Release the stop; the robot moves when somebody commands it again.")
    private boolean release;

    /** Made by ServiceLoader. */
    public EstopCommand() {}

    @Override
    public Integer call() {
        RobotConfig robot = RobotCatalogue.load(PortOption.reaching(() -> RobotPort.robotAt(port.folder())));
        try (RobotPort open = PortOption.reaching(() -> RobotPort.open(port.folder(), robot))) {
            if (release) {
                boolean latched = open.overridden();
                open.release();
                System.out.println(robot.name() + (latched ? ": released" : ": was not stopped; nothing to release"));
            } else {
                open.override(StopKind.of(robot.base()), RobotPort.Cause.REQUEST, System.nanoTime());
                System.out.println(
                        robot.name() + ": stopped (" + open.overrideKind() + ", " + open.overrideCause() + ")");
            }
        }
        return ExitCode.DONE;
    }
}
