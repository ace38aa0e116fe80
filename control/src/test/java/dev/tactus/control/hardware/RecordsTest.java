package dev.tactus.control.hardware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.CommandInterface;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordsTest {
    @Test
    void aStateWithoutImuStandsUprightAndStill() {
        RobotState state = new RobotState(7);
        assertFalse(state.hasImu());
        assertArrayEquals(new double[] {0, 0, 0, 1}, state.baseOrientation());
        assertArrayEquals(new double[3], state.baseAngularVelocity());
        assertArrayEquals(new double[3], state.baseLinearAcceleration());
    }

    @Test
    void aCopiedStateHasEveryFieldOfTheOther() {
        RobotState from = new RobotState(2);
        Arrays.setAll(from.position(), i -> 1 + i);
        Arrays.setAll(from.velocity(), i -> 3 + i);
        Arrays.setAll(from.effort(), i -> 5 + i);
        Arrays.setAll(from.baseOrientation(), i -> 7 + i);
        Arrays.setAll(from.baseAngularVelocity(), i -> 11 + i);
        Arrays.setAll(from.baseLinearAcceleration(), i -> 14 + i);
        from.hasImu(true);
        from.gripperOpening(17);
        from.stampNs(18);
        RobotState to = new RobotState(2);
        to.copyFrom(from);
        Arrays.fill(from.position(), 0);
        assertArrayEquals(new double[] {1, 2}, to.position());
        assertArrayEquals(new double[] {3, 4}, to.velocity());
        assertArrayEquals(new double[] {5, 6}, to.effort());
        assertArrayEquals(new double[] {7, 8, 9, 10}, to.baseOrientation());
        assertArrayEquals(new double[] {11, 12, 13}, to.baseAngularVelocity());
        assertArrayEquals(new double[] {14, 15, 16}, to.baseLinearAcceleration());
        assertTrue(to.hasImu());
        assertEquals(17, to.gripperOpening());
        assertEquals(18, to.stampNs());
    }

    @Test
    void aCopiedCommandHasEveryFieldOfTheOther() {
        JointCommand from = new JointCommand(2);
        assertEquals(CommandInterface.EFFORT, from.mode());
        Arrays.setAll(from.position(), i -> 1 + i);
        Arrays.setAll(from.velocity(), i -> 3 + i);
        Arrays.setAll(from.effort(), i -> 5 + i);
        Arrays.setAll(from.stiffness(), i -> 7 + i);
        Arrays.setAll(from.damping(), i -> 9 + i);
        from.mode(CommandInterface.JOINT_PD);
        from.gripperOpening(11);
        JointCommand to = new JointCommand(2);
        to.copyFrom(from);
        Arrays.fill(from.position(), 0);
        assertArrayEquals(new double[] {1, 2}, to.position());
        assertArrayEquals(new double[] {3, 4}, to.velocity());
        assertArrayEquals(new double[] {5, 6}, to.effort());
        assertArrayEquals(new double[] {7, 8}, to.stiffness());
        assertArrayEquals(new double[] {9, 10}, to.damping());
        assertEquals(CommandInterface.JOINT_PD, to.mode());
        assertEquals(11, to.gripperOpening());
    }
}
