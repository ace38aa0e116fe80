package dev.tactus.sim.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.kinematics.Rotations;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The FR3's MJCF, as MuJoCo compiles it, against its URDF and robot.yaml. */
class FrankaFr3ModelTest {
    private static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    private static final KinematicTree TREE = UrdfReader.read(ROBOT.urdf());

    private static MujocoModel model;
    private static MujocoData data;

    @BeforeAll
    static void open() {
        model = MujocoModel.load(ROBOT.folder().resolve("scene.xml"));
        data = model.newData();
    }

    @AfterAll
    static void close() {
        data.close();
        model.close();
    }

    @Test
    void everyBodyHasItsLinksMassCentreAndInertia() {
        double[] axes = new double[9];
        double total = 0;
        for (int link = 0; link < TREE.links(); link++) {
            if (TREE.mass(link) == 0) {
                continue;
            }
            String name = TREE.linkName(link);
            int body = model.bodyId(name);
            assertEquals(TREE.mass(link), model.real(ModelArray.BODY_MASS, body), 1e-12, name);
            total += model.real(ModelArray.BODY_MASS, body);
            double[] quaternion = new double[4];
            for (int k = 0; k < 4; k++) {
                quaternion[k] = model.real(ModelArray.BODY_IQUAT, 4L * body + k);
            }
            Rotations.fromQuaternionWxyz(quaternion, 0, axes);
            for (int row = 0; row < 3; row++) {
                assertEquals(
                        TREE.centreOfMass(link, row), model.real(ModelArray.BODY_IPOS, 3L * body + row), 1e-12, name);
                for (int column = 0; column < 3; column++) {
                    double entry = 0;
                    for (int k = 0; k < 3; k++) {
                        entry += axes[3 * row + k]
                                * model.real(ModelArray.BODY_INERTIA, 3L * body + k)
                                * axes[3 * column + k];
                    }
                    assertEquals(TREE.inertia(link, 3 * row + column), entry, 1e-9, name);
                }
            }
        }
        assertEquals(TREE.totalMass(), total, 1e-9);
    }

    @Test
    void toolPoseIsTheUrdfsAtRandomPositions() {
        SplittableRandom random = new SplittableRandom(1);
        ForwardKinematics kinematics = new ForwardKinematics(TREE, ROBOT);
        int site = model.siteId(ROBOT.requireToolFrame());
        double[] q = new double[7];
        for (int n = 0; n < 500; n++) {
            for (int i = 0; i < 7; i++) {
                JointConfig joint = ROBOT.joints().get(i);
                q[i] = random.nextDouble(
                        joint.limits().positionMin(), joint.limits().positionMax());
                data.setQpos(model.qposIndex(joint.name()), q[i]);
            }
            data.kinematics();
            kinematics.update(q);
            for (int k = 0; k < 3; k++) {
                assertEquals(kinematics.position(k), data.siteXpos(site, k), 1e-9);
            }
            for (int k = 0; k < 9; k++) {
                assertEquals(kinematics.rotation(k), data.siteXmat(site, k), 1e-9);
            }
        }
    }

    @Test
    void fingersSlideAsInTheUrdf() {
        data.reset();
        for (String finger : ROBOT.requireGripper().joints()) {
            int link = TREE.linkOfJoint(finger);
            ForwardKinematics kinematics =
                    new ForwardKinematics(TREE, List.of(finger), "fr3_hand", TREE.linkName(link));
            kinematics.update(new double[] {0.03});
            data.setQpos(model.qposIndex(finger), 0.03);
            data.kinematics();
            int hand = model.bodyId("fr3_hand");
            int body = model.bodyId(TREE.linkName(link));
            for (int row = 0; row < 3; row++) {
                double along = 0;
                for (int k = 0; k < 3; k++) {
                    along += data.xmat(hand, 3 * k + row) * (data.xpos(body, k) - data.xpos(hand, k));
                }
                assertEquals(kinematics.position(row), along, 1e-9);
            }
        }
    }

    @Test
    void jointsHaveTheUrdfsOrderRangesAndEfforts() {
        int moving = 0;
        for (int link = 0; link < TREE.links(); link++) {
            if (TREE.jointType(link) == JointType.FIXED) {
                continue;
            }
            int joint = model.jointId(TREE.jointName(link));
            assertEquals(moving++, joint);
            assertEquals(TREE.positionMin(link), model.real(ModelArray.JNT_RANGE, 2L * joint));
            assertEquals(TREE.positionMax(link), model.real(ModelArray.JNT_RANGE, 2L * joint + 1));
        }
        assertEquals(moving, model.count(MujocoObject.JOINT));
        for (JointConfig joint : ROBOT.joints()) {
            int motor = model.ctrlIndex(joint.name());
            JointLimits limits = joint.limits();
            assertEquals(-limits.effort(), model.real(ModelArray.ACTUATOR_CTRLRANGE, 2L * motor));
            assertEquals(limits.effort(), model.real(ModelArray.ACTUATOR_CTRLRANGE, 2L * motor + 1));
        }
        for (String finger : ROBOT.requireGripper().joints()) {
            int drive = model.id(MujocoObject.ACTUATOR, finger);
            assertEquals(ROBOT.requireGripper().force(), model.real(ModelArray.ACTUATOR_FORCERANGE, 2L * drive + 1));
        }
    }

    @Test
    void homeOfTheSceneIsThatOfRobotYamlAndTouchesNothing() {
        data.resetToKeyframe(model.keyframeId("home"));
        for (JointConfig joint : ROBOT.joints()) {
            assertEquals(joint.home(), data.qpos(model.qposIndex(joint.name())));
        }
        data.forward();
        assertEquals(0, data.contactCount());
    }

    @Test
    void armStaysWhereItIsWithoutTorqueBecauseGravityIsCompensated() {
        data.resetToKeyframe(model.keyframeId("home"));
        for (int n = 0; n < 1000; n++) {
            data.step();
        }
        for (JointConfig joint : ROBOT.joints()) {
            assertEquals(joint.home(), data.qpos(model.qposIndex(joint.name())), 1e-6, joint.name());
        }
    }

    @Test
    void closedFingersDoNotOvershootTheirLimits() {
        data.resetToKeyframe(model.keyframeId("home"));
        for (String finger : ROBOT.requireGripper().joints()) {
            data.setCtrl(model.ctrlIndex(finger), -0.02);
        }
        for (int n = 0; n < 2000; n++) {
            data.step();
            for (String finger : ROBOT.requireGripper().joints()) {
                assertTrue(data.qpos(model.qposIndex(finger)) > -0.001, "overshoot at step " + n);
            }
        }
        for (String finger : ROBOT.requireGripper().joints()) {
            assertEquals(0, data.qpos(model.qposIndex(finger)), 2e-4);
        }
    }

    @Test
    void armDoesNotTouchItselfOverATable() {
        SplittableRandom random = new SplittableRandom(4);
        int floor = model.geomId("floor");
        for (int n = 0; n < 2000; n++) {
            for (JointConfig joint : ROBOT.joints()) {
                double q = joint.home() + 1.2 * (random.nextDouble() - 0.5);
                q = Math.clamp(q, joint.limits().positionMin(), joint.limits().positionMax());
                data.setQpos(model.qposIndex(joint.name()), q);
            }
            data.forward();
            for (int contact = 0; contact < data.contactCount(); contact++) {
                boolean withFloor = data.contactGeom(contact, 0) == floor || data.contactGeom(contact, 1) == floor;
                assertTrue(withFloor, "self-contact in configuration " + n);
            }
        }
    }
}
