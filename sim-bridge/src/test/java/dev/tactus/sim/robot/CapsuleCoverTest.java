package dev.tactus.sim.robot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.kinematics.Rotations;
import dev.tactus.control.model.Capsule;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.SelfCollision;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What collides in an MJCF lies inside the capsules of robot.yaml, in every configuration. */
class CapsuleCoverTest {
    private static final int CONFIGURATIONS = 20;
    private static final int POINTS = 400;
    private static final int SPHERE = 2; // mjtGeom
    private static final int CAPSULE = 3;
    private static final int CYLINDER = 5;
    private static final int BOX = 6;

    private final SplittableRandom random = new SplittableRandom(5);
    private final double[] point = new double[3];
    private final double[] turned = new double[9];
    private final double[] quaternion = new double[4];

    /** The last column names the shapes that no configuration brings close to anything. */
    @ParameterizedTest
    @CsvSource({
        "franka_fr3, -",
        "ur5e, ur5e_(upper_arm_link_collision2|forearm_link_collision0)",
        "unitree_go2, -",
    })
    void collisionShapesLieInTheCapsules(String name, String outOfReach) {
        RobotConfig robot = RobotCatalogue.load(name);
        SelfCollision shape = robot.selfCollision().orElseThrow();
        MultibodyModel ours = MultibodyModel.fixed(UrdfReader.read(robot.urdf()), robot.jointNames());
        FrameKinematics kinematics = new FrameKinematics(ours);
        double[] q = new double[robot.joints().size()];
        try (MujocoModel model = MujocoModel.load(robot.mjcf());
                MujocoData data = model.newData()) {
            for (int n = 0; n < CONFIGURATIONS; n++) {
                for (int i = 0; i < q.length; i++) {
                    var limits = robot.joints().get(i).limits();
                    q[i] = random.nextDouble(limits.positionMin(), limits.positionMax());
                    data.setQpos(model.qposIndex(robot.joints().get(i).name()), q[i]);
                }
                if (model.integer(ModelArray.JNT_TYPE, 0) == 0) {
                    data.setQpos(2, 0); // a free base is put at the URDF's origin
                }
                data.kinematics();
                kinematics.update(q);
                for (int geom = 0; geom < model.count(MujocoObject.GEOM); geom++) {
                    String label = model.name(MujocoObject.GEOM, geom);
                    boolean collides = model.integer(ModelArray.GEOM_CONTYPE, geom) != 0;
                    if (collides && !Pattern.matches(outOfReach, label)) {
                        double outside = outside(model, data, geom, shape, ours, kinematics);
                        assertTrue(outside <= 1e-6, label + " stands out of every capsule by " + outside + " m");
                    }
                }
            }
        }
    }

    private double outside(
            MujocoModel model,
            MujocoData data,
            int geom,
            SelfCollision shape,
            MultibodyModel ours,
            FrameKinematics kinematics) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < POINTS; n++) {
            surface(model, geom);
            toWorld(model, data, geom);
            double best = Double.POSITIVE_INFINITY;
            for (Capsule capsule : shape.capsules()) {
                best = Math.min(best, distance(capsule, ours.frame(capsule.link()), kinematics) - capsule.radius());
            }
            worst = Math.max(worst, best);
        }
        return worst;
    }

    /** A point of the geom's surface, in its own frame; of boxes and cylinders one that is outermost. */
    private void surface(MujocoModel model, int geom) {
        double[] size = new double[3];
        double length = 0;
        for (int k = 0; k < 3; k++) {
            size[k] = model.real(ModelArray.GEOM_SIZE, 3L * geom + k);
            point[k] = random.nextDouble(-1, 1);
            length += point[k] * point[k];
        }
        double scale = size[0] / Math.sqrt(length);
        double angle = random.nextDouble(0, 2 * Math.PI);
        switch (model.integer(ModelArray.GEOM_TYPE, geom)) {
            case SPHERE -> set(scale * point[0], scale * point[1], scale * point[2]);
            case CAPSULE ->
                set(scale * point[0], scale * point[1], scale * point[2] + Math.copySign(size[1], point[2]));
            case CYLINDER ->
                set(size[0] * Math.cos(angle), size[0] * Math.sin(angle), Math.copySign(size[1], point[2]));
            case BOX ->
                set(
                        Math.copySign(size[0], point[0]),
                        Math.copySign(size[1], point[1]),
                        Math.copySign(size[2], point[2]));
            default -> throw new IllegalStateException("a shape that this test does not know");
        }
    }

    private void set(double x, double y, double z) {
        point[0] = x;
        point[1] = y;
        point[2] = z;
    }

    private void toWorld(MujocoModel model, MujocoData data, int geom) {
        for (int k = 0; k < 4; k++) {
            quaternion[k] = model.real(ModelArray.GEOM_QUAT, 4L * geom + k);
        }
        Rotations.fromQuaternionWxyz(quaternion, 0, turned);
        double[] local = new double[3];
        for (int k = 0; k < 3; k++) {
            local[k] = model.real(ModelArray.GEOM_POS, 3L * geom + k);
            for (int axis = 0; axis < 3; axis++) {
                local[k] += turned[3 * k + axis] * point[axis];
            }
        }
        int body = model.integer(ModelArray.GEOM_BODYID, geom);
        for (int k = 0; k < 3; k++) {
            point[k] = data.xpos(body, k);
            for (int axis = 0; axis < 3; axis++) {
                point[k] += data.xmat(body, 3 * k + axis) * local[axis];
            }
        }
    }

    /** From the point to the capsule's axis. */
    private double distance(Capsule capsule, int frame, FrameKinematics kinematics) {
        double along = 0;
        double length = 0;
        double[] offset = new double[3];
        double[] axis = new double[3];
        for (int k = 0; k < 3; k++) {
            double from = kinematics.position(frame, k);
            for (int i = 0; i < 3; i++) {
                from += kinematics.rotation(frame, 3 * k + i) * capsule.from()[i];
                axis[k] += kinematics.rotation(frame, 3 * k + i) * (capsule.to()[i] - capsule.from()[i]);
            }
            offset[k] = point[k] - from;
            along += offset[k] * axis[k];
            length += axis[k] * axis[k];
        }
        double share = length > 0 ? Math.clamp(along / length, 0.0, 1.0) : 0;
        return Math.hypot(
                Math.hypot(offset[0] - share * axis[0], offset[1] - share * axis[1]), offset[2] - share * axis[2]);
    }
}
