package dev.tactus.sim.description;

import dev.tactus.control.kinematics.Rotations;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import java.util.List;

/** Every link with mass is a body of the same name, mass, centre of mass and inertia, and no other body has mass. */
final class MjcfBodies {
    private static final String URDF = "the URDF";

    private final MujocoModel model;
    private final KinematicTree tree;
    private final Differences differences;
    private final double[] quaternion = new double[4];
    private final double[] axes = new double[9];

    MjcfBodies(MujocoModel model, KinematicTree tree, Differences differences) {
        this.model = model;
        this.tree = tree;
        this.differences = differences;
    }

    void compare() {
        List<String> bodies = model.names(MujocoObject.BODY);
        for (int link = 0; link < tree.links(); link++) {
            String name = tree.linkName(link);
            if (bodies.contains(name)) {
                compare(link, model.bodyId(name));
            } else if (tree.mass(link) > 0) {
                differences.name("link '" + name + "' of the URDF has mass and is no body");
            }
        }
        for (int body = 1; body < model.count(MujocoObject.BODY); body++) {
            String name = model.name(MujocoObject.BODY, body);
            if (model.real(ModelArray.BODY_MASS, body) > 0 && (name.isEmpty() || !tree.hasLink(name))) {
                differences.add("body '" + name + "' has " + model.real(ModelArray.BODY_MASS, body)
                        + " kg and is no link of the URDF");
            }
        }
    }

    private void compare(int link, int body) {
        String name = tree.linkName(link);
        differences.figure(name + " mass (kg)", tree.mass(link), URDF, model.real(ModelArray.BODY_MASS, body));
        if (tree.mass(link) == 0) {
            return;
        }
        for (int k = 0; k < 4; k++) {
            quaternion[k] = model.real(ModelArray.BODY_IQUAT, 4L * body + k);
        }
        Rotations.fromQuaternionWxyz(quaternion, 0, axes);
        for (int row = 0; row < 3; row++) {
            differences.figure(
                    name + " centre of mass " + "xyz".charAt(row) + " (m)",
                    tree.centreOfMass(link, row),
                    URDF,
                    model.real(ModelArray.BODY_IPOS, 3L * body + row));
            for (int column = row; column < 3; column++) {
                differences.figure(
                        name + " inertia " + "xyz".charAt(row) + "xyz".charAt(column) + " (kg m2)",
                        tree.inertia(link, 3 * row + column),
                        URDF,
                        inertia(body, row, column));
            }
        }
    }

    /** MuJoCo keeps principal moments; this is A diag(moments) A^T, along the body's axes. */
    private double inertia(int body, int row, int column) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += axes[3 * row + k] * model.real(ModelArray.BODY_INERTIA, 3L * body + k) * axes[3 * column + k];
        }
        return sum;
    }
}
