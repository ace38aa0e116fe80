package dev.tactus.control.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.description.RobotCheck;
import dev.tactus.policies.command.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrankaFr3Test {
    private static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    private static final KinematicTree TREE = UrdfReader.read(ROBOT.urdf());

    @Test
    void urdfAndRobotYamlAgree() {
        assertEquals(List.of(), RobotCheck.compare(ROBOT, TREE));
    }

    @Test
    void totalMassIsTheSumOfThePublishedLinkMasses() {
        double published =
                2.3966 + 2.92747 + 2.93554 + 2.2449 + 2.6156 + 2.32712 + 1.81704 + 0.627143 + 0.6544 + 2 * 0.0291;
        assertEquals(published, TREE.totalMass(), 1e-12);
    }

    @Test
    void jointsStandInTheMakersOrder() {
        assertEquals(
                List.of(
                        "fr3_joint1",
                        "fr3_joint2",
                        "fr3_joint3",
                        "fr3_joint4",
                        "fr3_joint5",
                        "fr3_joint6",
                        "fr3_joint7"),
                ROBOT.jointNames());
        assertEquals(9, TREE.coordinates());
        assertEquals(1000, ROBOT.controlRateHz());
    }

    @Test
    void velocityEnvelopeIsTheLowerOfBothPublishedFormulas() {
        JointLimits limits = ROBOT.joints().getFirst().limits();
        assertEquals(2.62, limits.velocityMax(0));
        assertEquals(-2.62, limits.velocityMin(0));
        // the set of 2025: 0.6599, 6.0, 2.9007; libfranka: 0.30, 12.0 = 2 * 6.0, 2.7501
        assertEquals(-0.6599 + Math.sqrt(2 * 6.0 * (2.9007 - 2.1)), limits.velocityMax(2.1), 1e-12);
        assertEquals(-0.30 + Math.sqrt(12.0 * (2.7501 - 2.5)), limits.velocityMax(2.5), 1e-12);
        assertEquals(0.30 - Math.sqrt(12.0 * (2.7501 - 2.5)), limits.velocityMin(-2.5), 1e-12);
        assertEquals(0, limits.velocityMax(3));
        assertEquals(0, limits.velocityMin(-3), 0);
    }

    @Test
    void brakingIsPlannedWithTheSmallerDeceleration() {
        double[] planned = ROBOT.joints().stream()
                .mapToDouble(j -> j.limits().deceleration())
                .toArray();
        double[] expected = {6.0, 2.585, 3.5, 4.0, 10, 5.5, 10};
        for (int i = 0; i < 7; i++) {
            assertEquals(expected[i], planned[i]);
        }
    }

    @Test
    void everyPositionLimitHoldsInBothPublishedSets() {
        double[] max2025 = {2.9007, 1.8361, 2.9007, -0.1169, 2.8763, 4.6216, 3.0508};
        double[] max2022 = {2.7437, 1.7837, 2.9007, -0.1518, 2.8065, 4.5169, 3.0159};
        double[] min2025 = {-2.9007, -1.8361, -2.9007, -3.0770, -2.8763, 0.4398, -3.0508};
        double[] min2022 = {-2.7437, -1.7837, -2.9007, -3.0421, -2.8065, 0.5445, -3.0159};
        for (int i = 0; i < 7; i++) {
            JointLimits limits = ROBOT.joints().get(i).limits();
            assertEquals(Math.min(max2025[i], max2022[i]), limits.positionMax());
            assertEquals(Math.max(min2025[i], min2022[i]), limits.positionMin());
        }
    }

    @Test
    void motionIsPlannedWithinThePublishedLimits() {
        double[] braking = {6.0, 2.585, 3.5, 4.0, 10, 5.5, 10};
        for (int i = 0; i < 7; i++) {
            MotionBounds motion = ROBOT.joints().get(i).motion();
            assertTrue(motion.velocity() < ROBOT.joints().get(i).limits().velocity());
            assertEquals(10, motion.acceleration().orElseThrow());
            assertEquals(5000, motion.jerk().orElseThrow());
            assertEquals(braking[i], motion.braking().orElseThrow());
        }
    }

    @Test
    void oneOfTheMakersSetsHoldsWhereItIsAskedFor() {
        JointLimits set2025 = RobotCatalogue.load("franka_fr3", "docs_2025")
                .joints()
                .getFirst()
                .limits();
        assertEquals(2.9007, set2025.positionMax());
        assertEquals(-0.6599 + Math.sqrt(2 * 6.0 * (2.9007 - 2.5)), set2025.velocityMax(2.5), 1e-12);
        JointLimits set2022 = RobotCatalogue.load("franka_fr3", "docs_2022")
                .joints()
                .getFirst()
                .limits();
        assertEquals(2.7437, set2022.positionMax());
        assertEquals("docs_2022", RobotCatalogue.load("franka_fr3", "docs_2022").limitSet());
        assertEquals(RobotConfig.MINIMUM, ROBOT.limitSet());
        assertEquals(-0.30 + Math.sqrt(12.0 * (2.7501 - 2.1)), set2022.velocityMax(2.1), 1e-12);
        String message = assertThrows(BadInputException.class, () -> RobotCatalogue.load("franka_fr3", "docs_2023"))
                .getMessage();
        assertTrue(message.contains("no set 'docs_2023'; there are: docs_2025, docs_2022, and 'minimum'"), message);
    }

    @Test
    void whatItLacksIsSaidToWhoeverAsks() {
        String message = assertThrows(
                        BadInputException.class, () -> ROBOT.require(CommandInterface.JOINT_PD, "quadruped joint PD"))
                .getMessage();
        assertTrue(message.contains("quadruped joint PD commands joint_pd, which robot 'franka_fr3'"), message);
        assertTrue(message.contains("effort, position, velocity"), message);
        ROBOT.require(CommandInterface.EFFORT, "joint impedance control");
        message = assertThrows(BadInputException.class, ROBOT::requireStance).getMessage();
        assertTrue(message.contains("'franka_fr3' has no stance"), message);
        message = assertThrows(BadInputException.class, () -> ROBOT.jointOrder("sdk"))
                .getMessage();
        assertTrue(message.contains("no joint order 'sdk'"), message);
    }

    @Test
    void unknownRobotListsTheKnownOnes() {
        String message = assertThrows(BadInputException.class, () -> RobotCatalogue.load("franka_fr4"))
                .getMessage();
        assertTrue(message.contains("unknown robot 'franka_fr4'"), message);
        assertTrue(message.contains("franka_fr3"), message);
    }
}
