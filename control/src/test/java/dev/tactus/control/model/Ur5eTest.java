package dev.tactus.control.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.dynamics.InverseDynamics;
import dev.tactus.control.dynamics.MassMatrix;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.policies.command.BadInputException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Ur5eTest {
    private static final RobotConfig ROBOT = RobotCatalogue.load("ur5e");
    private static final KinematicTree TREE = UrdfReader.read(ROBOT.urdf());

    @Test
    void movingMassIsTheSumOfThePublishedLinkMasses() {
        double moving = 3.761 + 8.058 + 2.846 + 1.37 + 1.3 + 0.365;
        assertEquals(4.0 + moving, TREE.totalMass(), 1e-12);
    }

    @Test
    void torqueControlIsRefusedWithWhatThereIs() {
        String message = assertThrows(
                        BadInputException.class,
                        () -> ROBOT.require(CommandInterface.EFFORT, "joint impedance control"))
                .getMessage();
        assertTrue(message.contains("joint impedance control commands effort, which robot 'ur5e'"), message);
        assertTrue(message.contains("position, velocity"), message);
    }

    @Test
    void limitsThatAreNotPublishedAreNotApplicableAndWhatIsPlannedWithIsChosen() {
        for (JointConfig joint : ROBOT.joints()) {
            assertTrue(joint.limits().acceleration().isEmpty()
                    && joint.limits().jerk().isEmpty());
            double acceleration = joint.motion().acceleration().orElseThrow();
            assertEquals(acceleration / 0.025, joint.motion().jerk().orElseThrow(), 1e-9);
            assertEquals(acceleration, joint.motion().braking().orElseThrow());
        }
    }

    @Test
    void plannedAccelerationsKeepTheTorqueWithinItsLimitWithAMargin() {
        MultibodyModel model = MultibodyModel.fixed(TREE, ROBOT.jointNames());
        InverseDynamics dynamics = new InverseDynamics(model);
        MassMatrix matrix = new MassMatrix(model);
        SplittableRandom random = new SplittableRandom(7);
        double[] q = new double[6];
        double[] v = new double[6];
        double[] gravity = new double[6];
        double[] nonlinear = new double[6];
        double[] mass = new double[36];
        double atRest = 0;
        double moving = 0;
        for (int n = 0; n < 50_000; n++) {
            for (int i = 0; i < 6; i++) {
                q[i] = random.nextDouble(-Math.PI, Math.PI);
                v[i] = random.nextBoolean() ? Math.PI : -Math.PI;
            }
            dynamics.gravity(q, gravity);
            dynamics.nonlinear(q, v, nonlinear);
            matrix.compute(q, mass);
            for (int i = 0; i < 6; i++) {
                double inertial = 0; // the greatest over the box of accelerations
                for (int j = 0; j < 6; j++) {
                    inertial += Math.abs(mass[6 * i + j])
                            * ROBOT.joints().get(j).motion().acceleration().orElseThrow();
                }
                double limit = ROBOT.joints().get(i).limits().effort();
                atRest = Math.max(atRest, (Math.abs(gravity[i]) + inertial) / limit);
                moving = Math.max(moving, (Math.abs(nonlinear[i]) + inertial) / limit);
            }
        }
        assertTrue(atRest > 0.74 && atRest < 0.765, "share of the torque limit at rest: " + atRest);
        assertTrue(moving > atRest && moving < 0.93, "share of the torque limit at full speed: " + moving);
    }
}
