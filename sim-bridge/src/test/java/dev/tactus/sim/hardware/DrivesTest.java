package dev.tactus.sim.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.model.CommandInterface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrivesTest {
    private final RobotState state = new RobotState(7);
    private final JointCommand command = new JointCommand(7);
    private SimulatedRig rig;

    @BeforeEach
    void open() {
        rig = new SimulatedRig("franka_fr3");
        rig.faulty.configure();
        rig.faulty.activate();
        command.gripperOpening(0.08);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void positionCommandsAreFollowedLikeAServo() {
        command.mode(CommandInterface.POSITION);
        double greatest = 0;
        for (int i = 0; i < 2000; i++) {
            double t = i * 1e-3;
            for (int j = 0; j < 7; j++) {
                command.position()[j] = rig.robot.home()[j] + 0.2 * (1 - Math.cos(Math.PI * t));
                command.velocity()[j] = 0.2 * Math.PI * Math.sin(Math.PI * t);
            }
            rig.faulty.read(state);
            for (int j = 0; j < 7; j++) {
                greatest = Math.max(greatest, Math.abs(state.position()[j] - command.position()[j]));
            }
            rig.faulty.write(command);
            rig.passPeriod();
        }
        assertTrue(greatest < 5e-3, "tracking error " + greatest + " rad");
    }

    @Test
    void velocityCommandsTurnAJointByTheirIntegral() {
        command.mode(CommandInterface.VELOCITY);
        command.velocity()[3] = 0.3;
        run(1000);
        command.velocity()[3] = 0;
        run(500);
        rig.faulty.read(state);
        assertEquals(rig.robot.home()[3] + 0.3, state.position()[3], 2e-3);
        assertEquals(rig.robot.home()[1], state.position()[1], 2e-3);
    }

    @Test
    void aStopFromFullSpeedEndsInTheVicinityAndHolds() {
        command.effort()[0] = 60;
        run(60);
        rig.faulty.read(state);
        double speed = state.velocity()[0];
        double from = state.position()[0];
        assertTrue(speed > 1, "speed " + speed);
        rig.faulty.emergencyStop(StopKind.HOLD);
        run(300);
        rig.faulty.read(state);
        double stopped = state.position()[0];
        assertEquals(0, state.velocity()[0], 1e-3);
        assertTrue(stopped > from && stopped < from + 0.3, "from " + from + " to " + stopped);
        run(1000);
        rig.faulty.read(state);
        assertEquals(stopped, state.position()[0], 1e-3);
    }

    @Test
    void dampingLeavesNoStiffness() {
        command.effort()[0] = 30;
        run(60);
        rig.faulty.emergencyStop(StopKind.DAMP);
        run(10);
        double velocity = rig.data.qvel(rig.model.dofIndex("fr3_joint1"));
        run(1);
        double torque = rig.data.ctrl(rig.model.ctrlIndex("fr3_joint1"));
        assertEquals(-rig.robot.joints().get(0).damping() * velocity, torque, 2.5);
        run(2000);
        assertEquals(0, rig.data.qvel(rig.model.dofIndex("fr3_joint1")), 1e-3);
        assertEquals(0, rig.data.ctrl(rig.model.ctrlIndex("fr3_joint1")), 0.05);
    }

    private void run(int cycles) {
        for (int i = 0; i < cycles; i++) {
            rig.faulty.write(command);
            rig.passPeriod();
        }
    }
}
