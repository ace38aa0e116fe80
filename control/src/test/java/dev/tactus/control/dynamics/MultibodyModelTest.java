package dev.tactus.control.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultibodyModelTest {
    private static final MultibodyModel QUADRUPED =
            Golden.read("crooked_quadruped").model();

    @TempDir
    private Path folder;

    @Test
    void jointsComeInTheOrderThatWasAskedFor() throws IOException {
        KinematicTree tree = twoJoints();
        double[] q = {0.3, -0.8};
        double[] v = {1, -2};
        double[] a = {3, 4};
        double[] tau = new double[2];
        new InverseDynamics(MultibodyModel.fixed(tree, List.of("first", "second"))).compute(q, v, a, tau);
        double[] turned = new double[2];
        new InverseDynamics(MultibodyModel.fixed(tree, List.of("second", "first")))
                .compute(new double[] {q[1], q[0]}, new double[] {v[1], v[0]}, new double[] {a[1], a[0]}, turned);
        assertArrayEquals(tau, new double[] {turned[1], turned[0]});
    }

    @Test
    void lockedJointsCarryTheirLinksAlong() throws IOException {
        KinematicTree tree = twoJoints();
        double[] whole = new double[2];
        double[] locked = new double[1];
        new InverseDynamics(MultibodyModel.fixed(tree, List.of("first", "second")))
                .compute(new double[] {0.5, 0}, new double[] {1, 0}, new double[] {2, 0}, whole);
        new InverseDynamics(MultibodyModel.fixed(tree, List.of("first")))
                .compute(new double[] {0.5}, new double[] {1}, new double[] {2}, locked);
        assertEquals(whole[0], locked[0], 1e-12);
    }

    @Test
    void movingMassIsThatOfAllLinksOfAFloatingRobot() {
        assertEquals(6.2 + 1.1 + 4 * (0.7 + 1.2 + 0.16 + 0.04), QUADRUPED.movingMass(), 1e-12);
        assertEquals(18, QUADRUPED.nv());
        assertEquals(19, QUADRUPED.nq());
    }

    @Test
    void gravityIsThatOfTheConstructor() throws IOException {
        KinematicTree tree = twoJoints();
        double[] tau = new double[2];
        new InverseDynamics(MultibodyModel.fixed(tree, List.of("first", "second"), new double[3]))
                .gravity(new double[] {1, 2}, tau);
        assertArrayEquals(new double[2], tau);
    }

    @Test
    void jointThatCannotMoveIsRefused() throws IOException {
        KinematicTree tree = twoJoints();
        assertSays("'still' is fixed", tree, "first", "still");
        assertSays("named twice", tree, "first", "first");
        assertSays("no joint 'third'; its joints are: first, second, still", tree, "third");
    }

    @Test
    void floatingBaseWithoutMassIsRefused() throws IOException {
        KinematicTree tree = twoJoints();
        BadInputException refusal =
                assertThrows(BadInputException.class, () -> MultibodyModel.floating(tree, List.of("first", "second")));
        assertTrue(refusal.getMessage().contains("Give its root link 'base'"), refusal.getMessage());
    }

    @Test
    void quaternionWithoutADirectionGivesNoNumbersInsteadOfOldOnes() {
        InverseDynamics dynamics = new InverseDynamics(QUADRUPED);
        double[] tau = new double[18];
        dynamics.gravity(new double[19], tau);
        assertTrue(Double.isNaN(tau[0]));
    }

    private static void assertSays(String what, KinematicTree tree, String... joints) {
        BadInputException refusal =
                assertThrows(BadInputException.class, () -> MultibodyModel.fixed(tree, List.of(joints)));
        assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
    }

    /** Two joints that move and one that does not; the base has no mass. */
    private KinematicTree twoJoints() throws IOException {
        String mass = "<inertial><origin xyz='0.1 0.2 0.3'/><mass value='1'/><inertia ixx='0.1' iyy='0.1' izz='0.1'"
                + " ixy='0' ixz='0' iyz='0'/></inertial>";
        String limit = "<limit lower='-1' upper='1' effort='1' velocity='1'/>";
        Path file = folder.resolve("two.urdf");
        Files.writeString(
                file,
                "<robot name='two'><link name='base'/><link name='upper'>" + mass + "</link><link name='lower'>" + mass
                        + "</link><link name='tip'/>"
                        + "<joint name='first' type='revolute'><parent link='base'/><child link='upper'/>"
                        + "<axis xyz='0 1 0'/>" + limit + "</joint>"
                        + "<joint name='second' type='revolute'><parent link='upper'/><child link='lower'/>"
                        + "<origin xyz='0.5 0.1 0'/><axis xyz='1 0 0'/>" + limit + "</joint>"
                        + "<joint name='still' type='fixed'><parent link='lower'/><child link='tip'/></joint></robot>");
        return UrdfReader.read(file);
    }
}
