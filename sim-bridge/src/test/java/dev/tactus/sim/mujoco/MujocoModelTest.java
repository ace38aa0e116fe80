package dev.tactus.sim.mujoco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MujocoModelTest {
    @TempDir
    Path folder;

    @Test
    void theLayoutReadsWhatTheMjcfSays() {
        try (MujocoModel model = Models.arm()) {
            assertEquals(3 + 7 + 7, model.nq());
            assertEquals(3 + 6 + 6, model.nv());
            assertEquals(3, model.nu());
            assertEquals(4, model.nsensordata());
            assertEquals(0.001, model.timestep());
            assertEquals(2 + 1 + 0.5 + 0.1 + 0.08, model.totalMass(), 1e-12);
            int elbow = model.jointId("elbow");
            assertEquals(MujocoLayout.JNT_HINGE, model.integer(ModelArray.JNT_TYPE, elbow));
            assertEquals(model.bodyId("lower"), model.integer(ModelArray.JNT_BODYID, elbow));
            assertEquals(-2.5, model.real(ModelArray.JNT_RANGE, 2L * elbow));
            assertEquals(1, model.real(ModelArray.JNT_AXIS, 3L * elbow + 1));
            assertEquals(0.1, model.real(ModelArray.DOF_ARMATURE, model.dofIndex("elbow")));
            assertEquals(1.0, model.real(ModelArray.DOF_DAMPING, model.dofIndex("elbow")));
            assertEquals(0.5, model.real(ModelArray.BODY_MASS, model.bodyId("hand")));
            assertEquals(0.04, model.real(ModelArray.GEOM_SIZE, 3L * model.geomId("ball")));
            assertEquals(4, model.integer(ModelArray.GEOM_CONDIM, model.geomId("ball")));
            assertEquals(0.03, model.real(ModelArray.SITE_POS, 3L * model.siteId("tip")));
            assertEquals(0.4, model.real(ModelArray.KEY_QPOS, 1));
            assertEquals(0.6, model.real(ModelArray.KEY_CTRL, 1));
            assertEquals(2.5, model.real(ModelArray.ACTUATOR_CTRLRANGE, 2L * model.ctrlIndex("elbow") + 1));
            assertEquals(3, model.integer(ModelArray.SENSOR_DIM, model.id(MujocoObject.SENSOR, "tip_position")));
            assertEquals(17 * 8, model.array(ModelArray.KEY_QPOS).byteSize());
            assertEquals(MemorySegment.NULL, model.array(ModelArray.TENDON_RANGE));
        }
    }

    @Test
    void aSolidBallHasItsInertia() {
        try (MujocoModel model = Models.arm()) {
            for (int axis = 0; axis < 3; axis++) {
                double inertia = model.real(ModelArray.BODY_INERTIA, 3L * model.bodyId("ball") + axis);
                assertEquals(0.4 * 0.1 * 0.04 * 0.04, inertia, 1e-15);
            }
        }
    }

    @Test
    void namesAndIdsFitEachOther() {
        try (MujocoModel model = Models.arm()) {
            assertEquals(List.of("shoulder", "elbow", "wrist", "ball", "cube"), model.names(MujocoObject.JOINT));
            assertEquals("elbow", model.name(MujocoObject.JOINT, model.jointId("elbow")));
            assertEquals(3, model.qposIndex("ball"));
            assertEquals(10, model.qposIndex("cube"));
            assertEquals(9, model.dofIndex("cube"));
            assertThrows(IndexOutOfBoundsException.class, () -> model.name(MujocoObject.JOINT, 5));
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNamesThatThereAre() {
        try (MujocoModel model = Models.arm()) {
            BadInputException e = assertThrows(BadInputException.class, () -> model.jointId("elbw"));
            assertTrue(e.getMessage().contains("\"elbw\""), e.getMessage());
            assertTrue(e.getMessage().contains("shoulder, elbow, wrist, ball, cube"), e.getMessage());
            assertThrows(BadInputException.class, () -> model.id(MujocoObject.TENDON, "any"));
        }
    }

    @Test
    void malformedMjcfIsAnsweredWithFileLineAndMujocosWords() throws Exception {
        String open = "<mujoco>\n<worldbody>\n<body name='arm'>\n";
        String close = "</body>\n</worldbody>\n</mujoco>\n";
        assertRefused(open + "<geom size='1' colour='red'/>\n" + close, ":4:", "unrecognized attribute: 'colour'");
        assertRefused(open + "<geom size='1'/>\n</worldbody>\n</mujoco>\n", ":3:", "XML_ERROR_MISMATCHED_ELEMENT");
        assertRefused(open + "<joint/>\n" + close, ":3:", "mass and inertia of moving bodies");
        assertRefused("<mujoco>\n<include file='absent.xml'/>\n</mujoco>\n", ":2:", "absent.xml");
        assertRefused("", "broken.xml", "empty");
        assertRefused("<mujoco>\n<option timestep='-1'/>\n</mujoco>\n", "broken.xml", "timestep is -1.0");
    }

    @Test
    void anAbsentFileIsBadInput() {
        assertThrows(BadInputException.class, () -> MujocoModel.load(folder.resolve("absent.xml")));
        assertThrows(BadInputException.class, () -> MujocoModel.load(folder));
    }

    @Test
    void aClosedModelAndItsViewsRefuseUse() {
        MujocoModel model = Models.arm();
        MemorySegment view = model.array(ModelArray.BODY_MASS);
        model.close();
        model.close();
        assertThrows(IllegalStateException.class, model::nq);
        assertThrows(IllegalStateException.class, model::totalMass);
        assertThrows(IllegalStateException.class, model::newData);
        assertThrows(IllegalStateException.class, () -> model.jointId("elbow"));
        assertThrows(IllegalStateException.class, () -> view.getAtIndex(ValueLayout.JAVA_DOUBLE, 0));
    }

    private void assertRefused(String mjcf, String... parts) throws Exception {
        Path file = Files.writeString(folder.resolve("broken.xml"), mjcf);
        BadInputException e = assertThrows(BadInputException.class, () -> MujocoModel.load(file));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }
}
