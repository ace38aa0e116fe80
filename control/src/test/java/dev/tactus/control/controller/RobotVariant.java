package dev.tactus.control.controller;

import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotConfig;
import java.util.List;
import java.util.Set;

/** A robot as another one, but with other command interfaces or joints. */
final class RobotVariant {
    private RobotVariant() {}

    static RobotConfig of(RobotConfig robot, Set<CommandInterface> interfaces, List<JointConfig> joints) {
        return new RobotConfig(
                robot.name(),
                robot.description(),
                robot.folder(),
                robot.urdf(),
                robot.mjcf(),
                robot.base(),
                robot.baseLink(),
                robot.toolFrame(),
                robot.controlRateHz(),
                interfaces,
                joints,
                robot.gripper(),
                robot.jointOrders(),
                robot.stance(),
                robot.limitSet(),
                robot.workspace(),
                robot.selfCollision(),
                robot.supervision(),
                robot.limitPriority(),
                robot.sources());
    }
}
