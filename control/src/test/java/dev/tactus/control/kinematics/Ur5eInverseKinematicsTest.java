package dev.tactus.control.kinematics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.kinematics.InverseKinematics.Result;
import dev.tactus.control.kinematics.InverseKinematics.Settings;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An arm whose six joints leave no freedom, with limits of a whole turn. */
class Ur5eInverseKinematicsTest {
    private static final RobotConfig ROBOT = RobotCatalogue.load("ur5e");
    private static final KinematicTree TREE = UrdfReader.read(ROBOT.urdf());
    private static final int ELBOW = 2;

    private final ForwardKinematics check = new ForwardKinematics(TREE, ROBOT);
    private final InverseKinematics inverse =
            new InverseKinematics(new ForwardKinematics(TREE, ROBOT), ROBOT, Settings.DEFAULT);
    private final double[] position = new double[3];
    private final double[] rotation = new double[9];
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void posesNearTheSeedAreReachedInOneCall() {
        int reached = 0;
        for (int n = 0; n < 1000; n++) {
            double[] seed = aroundHome(1.2);
            double[] other = seed.clone();
            for (int i = 0; i < other.length; i++) {
                other[i] += 0.1 * (2 * random.nextDouble() - 1);
            }
            reached += solve(seed, other) ? 1 : 0;
        }
        assertTrue(reached >= 980, reached + " of 1000");
    }

    @Test
    void elbowStopsAtItsLimit() {
        JointLimits limits = ROBOT.joints().get(ELBOW).limits();
        double[] q = ROBOT.home();
        q[ELBOW] = limits.positionMax() - 0.02;
        double[] beyond = q.clone();
        beyond[ELBOW] = limits.positionMax() + 0.3;
        target(beyond);
        for (int n = 0; n < 50; n++) {
            inverse.solve(q, position, rotation, q);
            assertTrue(q[ELBOW] <= limits.positionMax(), "elbow at " + q[ELBOW]);
        }
        assertEquals(limits.positionMax(), q[ELBOW]);
    }

    private boolean solve(double[] seed, double[] wanted) {
        target(wanted);
        double[] out = new double[6];
        boolean converged = inverse.solve(seed, position, rotation, out) == Result.CONVERGED;
        if (converged) {
            check.update(out);
            for (int k = 0; k < 3; k++) {
                assertEquals(position[k], check.position(k), 1.01e-4);
            }
        }
        return converged;
    }

    private double[] aroundHome(double reach) {
        double[] q = ROBOT.home();
        for (int i = 0; i < q.length; i++) {
            q[i] += reach * (2 * random.nextDouble() - 1);
        }
        return q;
    }

    private void target(double[] q) {
        check.update(q);
        check.copyPosition(position, 0);
        check.copyRotation(rotation);
    }
}
