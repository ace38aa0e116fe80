package dev.tactus.sim.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.Posture;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenes of the robots that stand on a floor by themselves. */
class SceneTest {

    @ParameterizedTest
    @ValueSource(strings = {"ur5e", "unitree_go2"})
    void homeIsThatOfRobotYamlAndTouchesNothingButTheFloor(String name) {
        RobotConfig robot = RobotCatalogue.load(name);
        try (MujocoModel model = MujocoModel.load(robot.folder().resolve("scene.xml"));
                MujocoData data = model.newData()) {
            data.resetToKeyframe(model.keyframeId("home"));
            data.forward();
            for (JointConfig joint : robot.joints()) {
                assertEquals(joint.home(), data.qpos(model.qposIndex(joint.name())), joint.name());
            }
            int floor = model.geomId("floor");
            for (int contact = 0; contact < data.contactCount(); contact++) {
                assertTrue(data.contactGeom(contact, 0) == floor || data.contactGeom(contact, 1) == floor);
                assertTrue(data.contactDistance(contact) > -1e-3, "home stands on the floor, not in it");
            }
            assertEquals(name.equals("ur5e") ? 0 : 4, data.contactCount());
        }
    }

    @Test
    void armStaysWhereItIsWithoutTorqueBecauseGravityIsCompensated() {
        RobotConfig robot = RobotCatalogue.load("ur5e");
        try (MujocoModel model = MujocoModel.load(robot.folder().resolve("scene.xml"));
                MujocoData data = model.newData()) {
            data.resetToKeyframe(model.keyframeId("home"));
            for (int n = 0; n < 500; n++) {
                data.step();
            }
            for (JointConfig joint : robot.joints()) {
                assertEquals(joint.home(), data.qpos(model.qposIndex(joint.name())), 1e-6, joint.name());
            }
        }
    }

    @Test
    void quadrupedStandsWithTheGainsOfItsPosture() {
        RobotConfig robot = RobotCatalogue.load("unitree_go2");
        Posture stand = robot.requireStance().postures().get("stand");
        try (MujocoModel model = MujocoModel.load(robot.folder().resolve("scene.xml"));
                MujocoData data = model.newData()) {
            data.resetToKeyframe(model.keyframeId("home"));
            int height = model.qposIndex("go2_base") + 2;
            for (int n = 0; n < 1500; n++) {
                for (int j = 0; j < robot.joints().size(); j++) {
                    String joint = robot.joints().get(j).name();
                    double error = stand.position()[j] - data.qpos(model.qposIndex(joint));
                    double torque =
                            stand.stiffness()[j] * error - stand.damping()[j] * data.qvel(model.dofIndex(joint));
                    data.setCtrl(model.ctrlIndex(joint), torque);
                }
                data.step();
            }
            assertEquals(0.33, data.qpos(height), 0.02);
            assertEquals(1, data.qpos(height + 1), 1e-3); // the quaternion's w: upright, not turned
            assertEquals(0, data.qvel(model.dofIndex("go2_base")), 1e-2);
        }
    }
}
