package dev.tactus.control.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test makes one mistake in a small URDF and reads the message. */
class UrdfMistakesTest {
    private static final String ARM = """
            <robot name="arm">
              <link name="base"/>
              <joint name="turn" type="revolute">
                <parent link="base"/>
                <child link="upper"/>
                <origin xyz="0 0 1" rpy="0 0 0"/>
                <axis xyz="0 0 2"/>
                <limit lower="-1" upper="1" velocity="2" effort="3"/>
              </joint>
              <link name="upper">
                <inertial>
                  <origin xyz="0 0 0.1" rpy="0 0 1.5707963267948966"/>
                  <mass value="2"/>
                  <inertia ixx="0.1" ixy="0" ixz="0" iyy="0.2" iyz="0" izz="0.25"/>
                </inertial>
              </link>
              <joint name="end" type="fixed">
                <parent link="upper"/>
                <child link="tip"/>
              </joint>
              <link name="tip"/>
            </robot>
            """;

    @TempDir
    private Path folder;

    @Test
    void wholeFileIsReadIntoTheTree() throws IOException {
        KinematicTree tree = UrdfReader.read(write(ARM));
        assertEquals(3, tree.links());
        assertEquals(1, tree.coordinates());
        assertEquals(1, tree.axis(tree.link("upper"), 2));
        assertEquals(2, tree.totalMass());
        int upper = tree.linkOfJoint("turn");
        // a quarter turn about z swaps the first two moments
        assertArrayEquals(
                new double[] {0.2, 0.1, 0.25},
                new double[] {tree.inertia(upper, 0), tree.inertia(upper, 4), tree.inertia(upper, 8)},
                1e-15);
    }

    @Test
    void brokenXml() throws IOException {
        refuses("</robot>", "", "arm.urdf:23: not XML");
        refuses("<robot name=\"arm\">", "<mujoco name=\"arm\">", "not XML");
        refusesAll("<mujoco/>", "<mujoco> is not a URDF's top element");
    }

    @Test
    void missingLinkOrJoint() throws IOException {
        refuses("<child link=\"tip\"/>", "<child link=\"hand\"/>", "names link 'hand'", "base, upper, tip");
        refuses("<link name=\"base\"/>", "<link name=\"base\"/><link name=\"lost\"/>", "2 links that no joint carries");
        refuses("<parent link=\"upper\"/>", "", "arm.urdf:17: <joint name=\"end\">", "has no <parent>");
    }

    @Test
    void loop() throws IOException {
        String back = "<joint name=\"back\" type=\"fixed\"><parent link=\"tip\"/><child link=\"%s\"/></joint></robot>";
        refuses("</robot>", back.formatted("base"), "every link is carried by a joint", "loop");
        refuses("</robot>", back.formatted("upper"), "second joint that carries link 'upper'", "'turn' on line 3");
        String ring = "<link name=\"a\"/><link name=\"b\"/>"
                + "<joint name=\"ab\" type=\"fixed\"><parent link=\"a\"/><child link=\"b\"/></joint>"
                + "<joint name=\"ba\" type=\"fixed\"><parent link=\"b\"/><child link=\"a\"/></joint></robot>";
        refuses("</robot>", ring, "closes a loop", "never reaches the root");
    }

    @Test
    void inertiaThatNoBodyHas() throws IOException {
        refuses("<mass value=\"2\"/>", "<mass value=\"0\"/>", "of link 'upper' is 0.0 kg", "greater than zero");
        refuses("ixx=\"0.1\"", "ixx=\"-0.1\"", "of link 'upper' is not positive definite");
        refuses("ixx=\"0.1\"", "ixx=\"0\"", "not positive definite");
        refuses("izz=\"0.25\"", "izz=\"0.9\"", "greater than the other two together");
        int start = ARM.indexOf("<inertial>");
        int end = ARM.indexOf("</inertial>") + "</inertial>".length();
        refuses(ARM.substring(start, end), "", "<link name=\"upper\">", "has no <inertial>");
    }

    @Test
    void limitsAbsentOrImpossible() throws IOException {
        refuses("<limit lower=\"-1\" upper=\"1\" velocity=\"2\" effort=\"3\"/>", "", "has no <limit>", "\"turn\"");
        refuses("lower=\"-1\"", "", "has no attribute lower");
        refuses("lower=\"-1\"", "lower=\"1.5\"", "lower must be less");
        refuses("lower=\"-1\" upper=\"1\"", "lower=\"-165\" upper=\"165\"", "looks like degrees");
        refuses("velocity=\"2\"", "velocity=\"0\"", "velocity 0.0", "greater than zero");
        refuses("effort=\"3\"", "effort=\"much\"", "'much' is not a finite number");
    }

    @Test
    void unitsThatCannotBe() throws IOException {
        refuses("rpy=\"0 0 0\"", "rpy=\"0 90 0\"", "<origin> turns by 90.0 rad", "looks like degrees");
        refuses("rpy=\"0 0 1.5707963267948966\"", "rpy=\"0 0 90\"", "<origin> turns by 90.0 rad", "looks like degrees");
        refuses("velocity=\"2\"", "velocity=\"180\"", "may turn at 180.0 rad/s", "degrees per second");
        refusesAll(
                ARM.replace("type=\"revolute\"", "type=\"prismatic\"").replace("upper=\"1\"", "upper=\"800\""),
                "may slide from -1.0 to 800.0 m",
                "millimetres");
        refuses(
                "ixx=\"0.1\" ixy=\"0\" ixz=\"0\" iyy=\"0.2\" iyz=\"0\" izz=\"0.25\"",
                "ixx=\"100000\" ixy=\"0\" ixz=\"0\" iyy=\"200000\" iyz=\"0\" izz=\"250000\"",
                "of link 'upper'",
                "another unit",
                "kg m2");
    }

    @Test
    void xacroIsFoundWhereverItStands() throws IOException {
        String how = "xacro robot.urdf.xacro > robot.urdf";
        refuses("<link name=\"tip\"/>", "<link name=\"tip\"/><xacro:arm/>", "<xacro:arm>", how);
        refuses("<link name=\"tip\"/>", "<link name=\"tip\"><xacro:mass/></link>", "<xacro:mass>", how);
        refuses("<mass value=\"2\"/>", "<mass value=\"${arm_mass}\"/>", "<mass>", how);
        refuses("<robot name=\"arm\">", "<robot name=\"$(arg name)\">", "<robot", how);
    }

    @Test
    void whatIsNotSupported() throws IOException {
        refuses("<axis xyz=\"0 0 2\"/>", "<axis xyz=\"0 0 2\"/><mimic joint=\"x\"/>", "mimics", "Remove <mimic>");
        refuses("type=\"revolute\"", "type=\"floating\"", "'floating'", "prismatic");
        refuses("<axis xyz=\"0 0 2\"/>", "<axis xyz=\"0 0 0\"/>", "length zero");
        refuses("<axis xyz=\"0 0 2\"/>", "<axis xyz=\"0 2\"/>", "2 numbers; three are expected");
        refuses("<link name=\"tip\"/>", "<link name=\"tip\"/><link name=\"tip\"/>", "stands twice");
    }

    private void refuses(String original, String mistake, String... parts) throws IOException {
        assertTrue(ARM.contains(original), original);
        refusesAll(ARM.replace(original, mistake), parts);
    }

    private void refusesAll(String text, String... parts) throws IOException {
        Path file = write(text);
        String message = assertThrows(BadInputException.class, () -> UrdfReader.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + ":"), message);
        for (String part : parts) {
            assertTrue(message.contains(part), message + "\nlacks: " + part);
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("arm.urdf"), text);
    }
}
