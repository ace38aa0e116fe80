package dev.tactus.control.kinematics;

import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import java.util.random.RandomGenerator;

/** The robot that these tests work on. */
final class Fr3 {
    static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    static final KinematicTree TREE = UrdfReader.read(ROBOT.urdf());

    private Fr3() {}

    static ForwardKinematics kinematics() {
        return new ForwardKinematics(TREE, ROBOT);
    }

    /** Joint positions anywhere in the middle part of the limits. */
    static double[] random(RandomGenerator random, double part) {
        double[] q = new double[7];
        for (int i = 0; i < 7; i++) {
            JointLimits limits = ROBOT.joints().get(i).limits();
            double centre = (limits.positionMin() + limits.positionMax()) / 2;
            double half = part * (limits.positionMax() - limits.positionMin()) / 2;
            q[i] = centre + half * (2 * random.nextDouble() - 1);
        }
        return q;
    }
}
