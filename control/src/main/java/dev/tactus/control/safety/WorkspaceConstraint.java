package dev.tactus.control.safety;

import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.LimitKind;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.WorkspaceBox;

/** The tool's origin stays in a box in the base frame, also between two looks: as {@link CollisionConstraint} does it. */
final class WorkspaceConstraint implements StopConstraint {
    private final FrameKinematics kinematics;
    private final int base;
    private final int tool;
    private final WorkspaceBox box;
    private final double[] reach;
    private final double[] offset = new double[3];

    WorkspaceConstraint(RobotConfig robot, KinematicTree tree, WorkspaceBox box) {
        MultibodyModel model = MultibodyModel.fixed(tree, robot.jointNames());
        kinematics = new FrameKinematics(model);
        base = model.frame(robot.baseLink());
        tool = model.frame(robot.requireToolFrame());
        this.box = box;
        reach = new double[robot.joints().size()];
        new JointReach(tree, robot.jointNames()).of(robot.requireToolFrame(), 0, reach, 0);
    }

    @Override
    public double holdsFor(double[] q, double[] v, double[] a, double[] fastest) {
        kinematics.update(q);
        double speed = 0;
        for (int joint = 0; joint < reach.length; joint++) {
            speed += reach[joint] * fastest[joint];
        }
        for (int k = 0; k < 3; k++) {
            offset[k] = kinematics.position(tool, k) - kinematics.position(base, k);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            double at = kinematics.rotation(base, axis) * offset[0]
                    + kinematics.rotation(base, 3 + axis) * offset[1]
                    + kinematics.rotation(base, 6 + axis) * offset[2];
            least = Math.min(least, Math.min(at - box.min()[axis], box.max()[axis] - at));
        }
        double room = least - GUARD_M;
        return room >= 0 ? room / speed : -1;
    }

    @Override
    public Intervention kind() {
        return Intervention.WORKSPACE;
    }

    @Override
    public LimitKind limit() {
        return LimitKind.WORKSPACE;
    }
}
