package dev.tactus.sim.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the FR3 of the MJCF behaves; that it is the robot of URDF and robot.yaml is MjcfCheckTest's. */
class FrankaFr3ModelTest {
    private static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");

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
