package dev.tactus.control.command;

import dev.tactus.control.loop.LoopSettings;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.ControllerProcess;
import dev.tactus.control.realtime.RealTimeSettings;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.TactusCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./tactus controller}: control loop and safety filter of a robot, as a process of their own. */
@Command(
        name = "controller",
        description = {
            "Control loop and safety filter of a robot, as a process of their own; Ctrl-C ends it.",
            "The robot's process has to be there ('./tactus robot simulate' is one), and a watchdog. Policies come from"
                    + " other processes, which may come, go and crash."
        })
public final class ControllerCommand implements TactusCommand {
    @Option(
            names = "--robot",
            paramLabel = "NAME",
            required = true,
            description = "A folder under hardware-configs, e.g. franka_fr3.")
    private String name;

    @Mixin
    private PortOption port;

    /** Made by ServiceLoader. */
    public ControllerCommand() {}

    @Override
    public Integer call() {
        RobotConfig robot = RobotCatalogue.load(name);
        LoopSettings settings =
                LoopSettings.ofPeriod(Math.round(1e9 / robot.controlRateHz())).withRights(RealTimeSettings.REAL_TIME);
        try (Interruption interruption = new Interruption()) {
            return PortOption.reaching(() -> {
                new ControllerProcess(port.folder(), robot, settings, System.out::println).run(interruption::requested);
                return ExitCode.DONE;
            });
        }
    }
}
