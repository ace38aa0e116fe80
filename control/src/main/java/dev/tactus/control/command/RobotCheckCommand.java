package dev.tactus.control.command;

import dev.tactus.control.description.DescriptionCheck;
import dev.tactus.control.description.DescriptionCheck.Comparison;
import dev.tactus.control.description.RobotCheck;
import dev.tactus.control.description.SelfClearance;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./tactus robot check}: a robot's {@code robot.yaml}, URDF and MJCF against each other. */
@Command(
        name = "check",
        description = "A robot's robot.yaml, URDF and MJCF against each other: names, order, limits, masses, inertias,"
                + " poses of all links, home free of self-collision. Each difference is a line; any difference makes the"
                + " exit code 1.")
public final class RobotCheckCommand implements TactusCommand {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "A folder under hardware-configs, e.g. franka_fr3.")
    private List<String> names;

    private final List<DescriptionCheck> others;

    /** Made by ServiceLoader; finds the checks of other descriptions by ServiceLoader too. */
    public RobotCheckCommand() {
        this(ServiceLoader.load(DescriptionCheck.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** With the checks that are installed. */
    RobotCheckCommand(List<DescriptionCheck> others) {
        this.others = others;
    }

    @Override
    public String group() {
        return "robot";
    }

    @Override
    public Integer call() {
        boolean agree = true;
        for (String name : names) {
            agree &= check(RobotCatalogue.load(name));
        }
        return agree ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private boolean check(RobotConfig robot) {
        KinematicTree tree = UrdfReader.read(robot.urdf());
        List<String> differences = new ArrayList<>(RobotCheck.compare(robot, tree));
        List<Comparison> compared =
                others.stream().map(other -> other.compare(robot, tree)).toList();
        compared.forEach(comparison -> differences.addAll(comparison.differences()));
        differences.forEach(difference -> System.out.println(robot.name() + ": " + difference));
        System.out.printf(
                Locale.ROOT,
                "%s: %d joints, %d links, %.3f kg; %s%n",
                robot.name(),
                robot.joints().size(),
                tree.links(),
                tree.totalMass(),
                differences.isEmpty()
                        ? agreement(robot, tree, compared)
                        : "differences: " + differences.size() + ". Mend " + robot.folder()
                                + " until its files say the same.");
        return differences.isEmpty();
    }

    private static String agreement(RobotConfig robot, KinematicTree tree, List<Comparison> compared) {
        StringBuilder text =
                new StringBuilder("robot.yaml and ").append(robot.urdf().getFileName());
        text.append(" agree");
        for (Comparison each : compared) {
            text.append(String.format(
                    Locale.ROOT,
                    ", and %s with them, in poses at %d random configurations to %.1e m and %.1e of a rotation matrix",
                    each.file(),
                    each.poses(),
                    each.position(),
                    each.rotation()));
        }
        if (compared.isEmpty()) {
            text.append("; ").append(robot.mjcf().getFileName());
            text.append(" was not compared, which needs the module sim-bridge");
        }
        robot.selfCollision().ifPresent(shape -> {
            var nearest = new SelfClearance(robot, tree, shape).at(robot.home());
            text.append(
                    String.format(Locale.ROOT, "; at home %s are nearest, %.3f m", nearest.pair(), nearest.metres()));
        });
        return text.toString();
    }
}
