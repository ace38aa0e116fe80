package dev.tactus.control.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import org.junit.jupiter.api.Test;

class DriveTorqueBoundTest {
    private static final double DT = 2e-3;

    private final RobotConfig robot = RobotCatalogue.load("unitree_go2");
    private final int joints = robot.joints().size();
    private final InterventionCounters counters = new InterventionCounters();
    private final DriveTorqueBound bound = new DriveTorqueBound(robot, counters);
    private final JointCommand command = new JointCommand(joints);
    private final RobotState state = new RobotState(joints);

    @Test
    void whatIsWithinItsLimitPassesToTheBit() {
        command.stiffness()[0] = 25;
        command.damping()[0] = 0.5;
        command.position()[0] = 0.3;
        bound.limit(command, state, DT);
        assertEquals(25, command.stiffness()[0]);
        assertEquals(0.5, command.damping()[0]);
        assertEquals(0, counters.total());
    }

    @Test
    void gainsAreScaledToTheLimitAndTheTargetStays() {
        command.stiffness()[0] = 80;
        command.position()[0] = 1;
        bound.limit(command, state, DT);
        double limit = robot.joints().getFirst().limits().effort();
        assertEquals(limit, command.stiffness()[0] * command.position()[0], 1e-9);
        assertEquals(1, command.position()[0]);
        assertEquals(1, counters.get(Intervention.DRIVE_TORQUE));
    }

    @Test
    void whatIsNoNumberBecomesDampingWithinTheLimit() {
        command.stiffness()[2] = Double.NaN;
        state.velocity()[2] = 1000;
        bound.limit(command, state, DT);
        double limit = robot.joints().get(2).limits().effort();
        assertEquals(0, command.stiffness()[2]);
        assertEquals(limit, command.damping()[2] * 1000, 1e-6);
        assertTrue(counters.get(Intervention.NON_FINITE) > 0);
    }
}
