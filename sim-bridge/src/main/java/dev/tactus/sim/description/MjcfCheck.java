package dev.tactus.sim.description;

import dev.tactus.control.description.DescriptionCheck;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.sim.mujoco.MujocoModel;

/**
 * Compares what MuJoCo makes of a robot's MJCF with the URDF and {@code robot.yaml}. Velocity limits are not compared,
 * because the format has none.
 */
public final class MjcfCheck implements DescriptionCheck {
    private static final int POSES = 100;
    private static final long SEED = 1;

    /** Made by ServiceLoader. */
    public MjcfCheck() {}

    @Override
    public Comparison compare(RobotConfig robot, KinematicTree tree) {
        String file = robot.mjcf().getFileName().toString();
        Differences differences = new Differences(file);
        try (MujocoModel model = MujocoModel.load(robot.mjcf())) {
            new MjcfBodies(model, tree, differences).compare();
            new MjcfJoints(model, robot, tree, differences).compare();
            if (!differences.namesAgree()) {
                return new Comparison(file, differences.lines(), 0, Double.NaN, Double.NaN); // no pose means the same
            }
            MjcfPoses poses = new MjcfPoses(model, robot, tree, differences);
            poses.compare(POSES, SEED);
            return new Comparison(file, differences.lines(), POSES, poses.position(), poses.rotation());
        }
    }
}
