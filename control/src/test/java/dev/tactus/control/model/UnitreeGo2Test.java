package dev.tactus.control.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnitreeGo2Test {
    private static final RobotConfig ROBOT = RobotCatalogue.load("unitree_go2");
    private static final KinematicTree TREE = UrdfReader.read(ROBOT.urdf());

    @Test
    void totalMassIsThatOfTheMakersUrdfWithRotorsAndHead() {
        double leg = 0.678 + 1.152 + 0.154 + 0.04 + 3 * 0.089;
        assertEquals(6.921 + 2 * 0.001 + 4 * leg, TREE.totalMass(), 1e-12);
        assertEquals(16.087, TREE.totalMass(), 1e-9);
    }

    @Test
    void itFloatsAndItsDrivesCloseTheLoop() {
        assertEquals(BaseType.FLOATING, ROBOT.base());
        assertEquals(Set.of(CommandInterface.JOINT_PD), ROBOT.commandInterfaces());
        assertTrue(ROBOT.toolFrame().isEmpty()
                && ROBOT.gripper().isEmpty()
                && ROBOT.workspace().isEmpty());
    }

    @Test
    void ordersOfSdkAndAssetHaveThePublishedMapBetweenThem() {
        assertEquals(ROBOT.jointNames(), ROBOT.jointOrder("sdk").joints());
        // joint_mapping of rl_sar's himloco policy for the Go2
        assertArrayEquals(
                new int[] {3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8},
                ROBOT.jointOrder("sdk").mapTo(ROBOT.jointOrder("asset")));
    }

    @Test
    void rearThighsReachFurtherBackAndCalvesHaveTheNewerTorque() {
        for (JointConfig joint : ROBOT.joints()) {
            JointLimits limits = joint.limits();
            if (joint.name().endsWith("thigh_joint")) {
                boolean front = joint.name().startsWith("F");
                assertEquals(front ? -1.5708 : -0.5236, limits.positionMin());
                assertEquals(front ? 3.4907 : 4.5379, limits.positionMax());
            }
            boolean calf = joint.name().endsWith("calf_joint");
            assertEquals(calf ? 45.43 : 23.7, limits.effort());
            assertEquals(calf ? 15.70 : 30.1, limits.velocity());
        }
    }

    @Test
    void nothingIsInventedWhereNothingIsPublished() {
        for (JointConfig joint : ROBOT.joints()) {
            assertTrue(joint.limits().acceleration().isEmpty()
                    && joint.limits().jerk().isEmpty());
            assertTrue(joint.motion().acceleration().isEmpty()
                    && joint.motion().braking().isEmpty());
        }
    }

    @Test
    void itStandsUpThroughLyingAndStanding() {
        Stance stance = ROBOT.requireStance();
        assertEquals(List.of("lie", "stand"), List.copyOf(stance.postures().keySet()));
        assertArrayEquals(ROBOT.home(), stance.postures().get("stand").position());
        assertEquals(3, stance.damping()[11]);
    }
}
