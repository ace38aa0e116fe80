package dev.tactus.control.safety;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a distance promises to last for, lasts that long: motions at random, looked at finely. */
class StopConstraintTest {
    private static final int LOOKS = 40;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2"})
    void whatIsClearStaysClearForAsLongAsItSays(String name) {
        RobotConfig robot = RobotCatalogue.load(name);
        KinematicTree tree = UrdfReader.read(robot.urdf());
        int joints = robot.joints().size();
        SplittableRandom random = new SplittableRandom(9);
        double[] q = new double[joints];
        double[] v = new double[joints];
        double[] a = new double[joints];
        double[] fastest = new double[joints];
        double[] later = new double[joints];
        int promises = 0;
        for (StopConstraint constraint : StopConstraint.of(robot, tree)) {
            if (constraint.dependsOnAcceleration()) {
                continue; // torque promises nothing; it is looked at often enough
            }
            for (int trial = 0; trial < 2000; trial++) {
                for (int joint = 0; joint < joints; joint++) {
                    JointLimits limits = robot.joints().get(joint).limits();
                    q[joint] = random.nextDouble(limits.positionMin(), limits.positionMax());
                    v[joint] = random.nextDouble(-1, 1) * limits.velocity();
                    fastest[joint] = Math.abs(v[joint]);
                }
                double lasts = constraint.holdsFor(q, v, a, fastest);
                for (int look = 0; look < LOOKS && lasts > 0; look++) {
                    promises++;
                    double time = Math.min(lasts, 1) * (look + 0.999) / LOOKS;
                    for (int joint = 0; joint < joints; joint++) {
                        later[joint] = q[joint] + time * v[joint];
                    }
                    assertTrue(constraint.holdsFor(later, v, a, fastest) >= 0, constraint.kind() + " at " + time);
                }
            }
        }
        assertTrue(promises > 1000);
    }
}
