package dev.tactus.sim.hardware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.model.CommandInterface;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedRobotsTest {
    private SimulatedRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theUr5eFollowsPositionsAndTakesNoTorques() {
        rig = start("ur5e");
        RobotState state = new RobotState(6);
        JointCommand command = new JointCommand(6);
        assertEquals(HardwareStatus.ERROR, rig.faulty.write(command));
        command.mode(CommandInterface.POSITION);
        double greatest = 0;
        for (int i = 0; i < 1000; i++) {
            double t = i * 2e-3;
            for (int j = 0; j < 6; j++) {
                command.position()[j] = rig.robot.home()[j] + 0.2 * (1 - Math.cos(Math.PI * t));
                command.velocity()[j] = 0.2 * Math.PI * Math.sin(Math.PI * t);
            }
            rig.faulty.read(state);
            for (int j = 0; j < 6; j++) {
                greatest = Math.max(greatest, Math.abs(state.position()[j] - command.position()[j]));
            }
            assertEquals(HardwareStatus.OK, rig.faulty.write(command));
            rig.passPeriod();
        }
        assertTrue(greatest < 8e-3, "tracking error " + greatest + " rad");
        assertFalse(state.hasImu());
    }

    @Test
    void theGo2StandsByTheLawOfItsDrives() {
        rig = start("unitree_go2");
        RobotState state = new RobotState(12);
        stand(state, 1500);
        double height = rig.data.qpos(2);
        assertTrue(height > 0.25, "height " + height);
        assertArrayEquals(rig.robot.home(), state.position(), 0.2);
        assertTrue(state.hasImu());
        assertArrayEquals(new double[] {0, 0, 0, 1}, state.baseOrientation(), 0.05);
        assertArrayEquals(new double[3], state.baseAngularVelocity(), 0.05);
        assertEquals(9.81, state.baseLinearAcceleration()[2], 0.3);
    }

    @Test
    void theLawOfTheDrivesIsComputedAtThePhysicsRateNotOnceACommand() {
        rig = start("unitree_go2");
        JointCommand command = standing();
        rig.faulty.write(command);
        rig.clock.advance(20_000_000); // ten periods without a command
        rig.faulty.write(command);
        int joint = rig.model.ctrlIndex("FR_calf_joint");
        double q = rig.data.qpos(rig.model.qposIndex("FR_calf_joint"));
        double v = rig.data.qvel(rig.model.dofIndex("FR_calf_joint"));
        double now = command.stiffness()[2] * (command.position()[2] - q) - command.damping()[2] * v;
        assertEquals(now, rig.data.ctrl(joint), 1.5, "within what one physics step changes");
    }

    @Test
    void theGo2SinksUnderDampingInsteadOfFallingStiffly() {
        rig = start("unitree_go2");
        RobotState state = new RobotState(12);
        stand(state, 500);
        double standing = rig.data.qpos(2);
        rig.faulty.emergencyStop(StopKind.DAMP);
        double fastest = 0;
        for (int i = 0; i < 1500; i++) {
            rig.faulty.write(standing());
            rig.passPeriod();
            fastest = Math.max(fastest, -rig.data.qvel(2));
        }
        rig.faulty.read(state);
        assertTrue(rig.data.qpos(2) < standing - 0.1, "it lies at " + rig.data.qpos(2));
        assertTrue(fastest < 0.9, "sinks at " + fastest + " m/s; free fall from there ends at 2.2 m/s");
        assertArrayEquals(new double[12], state.velocity(), 0.05);
    }

    private void stand(RobotState state, int cycles) {
        JointCommand command = standing();
        for (int i = 0; i < cycles; i++) {
            assertEquals(HardwareStatus.OK, rig.faulty.read(state));
            assertEquals(HardwareStatus.OK, rig.faulty.write(command));
            rig.passPeriod();
        }
    }

    private JointCommand standing() {
        JointCommand command = new JointCommand(12);
        command.mode(CommandInterface.JOINT_PD);
        System.arraycopy(rig.robot.home(), 0, command.position(), 0, 12);
        Arrays.fill(command.stiffness(), 60);
        Arrays.fill(command.damping(), 5);
        return command;
    }

    private static SimulatedRig start(String robot) {
        SimulatedRig rig = new SimulatedRig(robot);
        rig.faulty.configure();
        rig.faulty.activate();
        return rig;
    }
}
