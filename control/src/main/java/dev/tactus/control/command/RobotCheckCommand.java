package dev.tactus.control.command;

import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotCheck;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./tactus robot check}: a robot's URDF against its {@code robot.yaml}. */
@Command(
        name = "check",
        description =
                "A robot's URDF against its robot.yaml: names, order, limits, frames, inertias. Each difference is a"
                        + " line; any difference makes the exit code 1.")
public final class RobotCheckCommand implements TactusCommand {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "A folder under hardware-configs, e.g. franka_fr3.")
    private List<String> names;

    /** Made by ServiceLoader. */
    public RobotCheckCommand() {}

    @Override
    public String group() {
        return "robot";
    }

    @Override
    public Integer call() {
        boolean agree = true;
        for (String name : names) {
            RobotConfig robot = RobotCatalogue.load(name);
            KinematicTree tree = UrdfReader.read(robot.urdf());
            List<String> differences = RobotCheck.compare(robot, tree);
            agree &= differences.isEmpty();
            differences.forEach(difference -> System.out.println(name + ": " + difference));
            System.out.printf(
                    "%s: %d joints, %d links, %.3f kg, %s%n",
                    name,
                    robot.joints().size(),
                    tree.links(),
                    tree.totalMass(),
                    differences.isEmpty()
                            ? "robot.yaml and " + robot.urdf().getFileName() + " agree"
                            : differences.size() + " differences");
        }
        return agree ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }
}
