package dev.tactus.control.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.controller.QuadrupedController.Mode;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuadrupedControllerTest {
    private static final long MS = 1_000_000;
    private static final long TICK = 20 * MS;
    private static final long START = 3_000_000_000L;
    private static final RobotConfig GO2 = RobotCatalogue.load("unitree_go2");
    private static final int JOINTS = 12;
    private static final List<String> POLICY_ORDER = GO2.jointOrder("isaac_lab").joints();

    private final ChunkBuffer chunks = new ChunkBuffer(4, JOINTS);
    private final InterventionCounters counters = new InterventionCounters();
    private final QuadrupedController controller = new QuadrupedController(
            GO2,
            chunks,
            ChunkSettings.jointPosition(List.of(actions()), GO2.jointNames(), TICK, 0),
            POLICY_ORDER,
            IntStream.range(0, JOINTS).mapToDouble(i -> 20 + i).toArray(),
            IntStream.range(0, JOINTS).mapToDouble(i -> 0.5 + 0.01 * i).toArray(),
            counters);
    private final RobotState state = new RobotState(JOINTS);
    private final JointReference reference = new JointReference(JOINTS);
    private final JointReference left = new JointReference(JOINTS);
    private final JointReference earlier = new JointReference(JOINTS);
    private final double[] stand = GO2.requireStance().postures().get("stand").position();

    private static ActionTerm actions() {
        return new ActionTerm(
                "joint_position",
                TermKind.JOINT_POSITION,
                JOINTS,
                POLICY_ORDER,
                "",
                "",
                "rad",
                Rotation.NONE,
                "",
                false,
                Normalisation.identity(JOINTS));
    }

    @BeforeEach
    void startLyingAskew() {
        for (int joint = 0; joint < JOINTS; joint++) {
            state.position()[joint] = new double[] {0.1, 1.2, -2.5}[joint % 3] + 0.01 * joint;
        }
        controller.start(START, state);
    }

    private ControllerStatus at(long ms) {
        return controller.update(START + ms * MS, state, reference);
    }

    private void standUp() {
        at(0);
        assertTrue(controller.standUp());
        for (long ms = 1; ms <= 2100; ms++) {
            at(ms);
        }
        assertEquals(Mode.STAND, controller.mode());
    }

    private void publish(long firstTick, int rows, double offset) {
        ActionChunk chunk = chunks.writable();
        chunk.begin(rows, firstTick, START + firstTick * TICK, 1);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < JOINTS; i++) {
                int joint = GO2.jointNames().indexOf(POLICY_ORDER.get(i));
                chunk.set(row, i, stand[joint] + offset + 0.01 * row + 0.001 * joint);
            }
        }
        chunks.publish();
    }

    @Test
    void dampingHasNoSpringAndStaysWithTheJoints() {
        assertEquals(ControllerStatus.WAITING, at(0));
        assertArrayEquals(new double[JOINTS], reference.stiffness());
        assertArrayEquals(GO2.requireStance().damping(), reference.damping());
        assertArrayEquals(state.position(), reference.position());
    }

    @Test
    void standingUpIsC2FromTheMeasuredPostureToTheStandingOne() {
        at(0);
        assertTrue(controller.standUp());
        at(1);
        for (long ms = 2; ms <= 2100; ms++) {
            controller.update(START + ms * MS - 2, state, earlier);
            controller.update(START + ms * MS - 1, state, left);
            at(ms);
            for (int joint = 0; joint < JOINTS; joint++) {
                double a = 2 * left.acceleration()[joint] - earlier.acceleration()[joint];
                double v = left.velocity()[joint] + 1e-9 * a;
                assertEquals(left.position()[joint] + 1e-9 * v, reference.position()[joint], 1e-9);
                assertEquals(v, reference.velocity()[joint], 1e-9);
                assertEquals(a, reference.acceleration()[joint], 1e-9);
                assertEquals(left.stiffness()[joint], reference.stiffness()[joint], 1e-6);
            }
        }
        assertEquals(Mode.STAND, controller.mode());
        assertArrayEquals(stand, reference.position(), 1e-12);
        assertArrayEquals(new double[JOINTS], reference.velocity(), 1e-12);
    }

    @Test
    void aPolicysTargetsAreHeldFromTickToTickWithItsGainsByName() {
        standUp();
        assertTrue(controller.walk());
        assertEquals(ControllerStatus.STOPPED, at(2101));
        assertArrayEquals(stand, reference.position(), 1e-12, "it stands until the policy speaks");
        publish(106, 2, 0.05);
        for (long ms = 2120; ms < 2200; ms++) {
            ControllerStatus status = at(ms);
            int row = (int) Math.min(1, (ms - 2120) / 20);
            for (int joint = 0; joint < JOINTS; joint++) {
                int i = POLICY_ORDER.indexOf(GO2.jointNames().get(joint));
                assertEquals(
                        stand[joint] + 0.05 + 0.01 * row + 0.001 * joint,
                        reference.position()[joint],
                        1e-12);
                assertEquals(20 + i, reference.stiffness()[joint]);
                assertEquals(0.5 + 0.01 * i, reference.damping()[joint], 1e-12);
                assertEquals(0, reference.velocity()[joint]);
            }
            assertEquals(ms < 2160 ? ControllerStatus.TRACKING : ControllerStatus.STOPPED, status);
        }
        assertEquals(2, counters.get(Intervention.UNDERRUN));
        assertEquals(START + 106 * TICK, controller.observationStampNs());
    }

    @Test
    void aRowOfNaNAndAPositionBeyondALimitAreCounted() {
        standUp();
        controller.walk();
        publish(106, 2, 0);
        at(2120);
        double[] before = reference.position().clone();
        publish(107, 1, Double.NaN);
        assertEquals(ControllerStatus.STOPPED, at(2140));
        assertArrayEquals(before, reference.position());
        publish(108, 1, 9);
        at(2160);
        assertEquals(1, counters.get(Intervention.BAD_ROW));
        assertEquals(JOINTS, counters.get(Intervention.POSITION));
        assertEquals(1.0472, reference.position()[0]);
    }

    @Test
    void onlyTheTransitionsThatAreDrawnAreTaken() {
        at(0);
        assertFalse(controller.walk());
        assertFalse(controller.stand());
        assertTrue(controller.standUp());
        at(1);
        assertFalse(controller.standUp());
        assertFalse(controller.walk());
        controller.damp();
        at(2);
        assertEquals(Mode.DAMP, controller.mode());
        standUp();
        assertFalse(controller.standUp());
        assertTrue(controller.walk());
        at(2101);
        assertEquals(Mode.WALK, controller.mode());
        controller.damp();
        assertFalse(controller.stand(), "damping comes first");
        at(2102);
        assertEquals(Mode.DAMP, controller.mode());
        assertArrayEquals(new double[JOINTS], reference.stiffness());
    }

    @Test
    void holdBringsAWalkingRobotBackToStanding() {
        standUp();
        controller.walk();
        publish(106, 4, 0.1);
        at(2120);
        controller.hold();
        for (long ms = 2121; ms < 3300; ms++) {
            assertEquals(ControllerStatus.HOLDING, at(ms));
        }
        assertEquals(Mode.STAND, controller.mode());
        assertArrayEquals(stand, reference.position(), 1e-12);
        controller.walk();
        at(3300);
        assertEquals(Mode.STAND, controller.mode(), "until the next start");
        controller.damp();
        at(3301);
        assertEquals(Mode.DAMP, controller.mode(), "but damping is always there");
    }

    @Test
    void anArmIsRefused() {
        RobotConfig arm = RobotCatalogue.load("franka_fr3");
        var refusal = assertThrows(
                BadInputException.class,
                () -> new QuadrupedController(
                        arm,
                        chunks,
                        ChunkSettings.jointPosition(List.of(actions()), GO2.jointNames(), TICK, 0),
                        POLICY_ORDER,
                        new double[JOINTS],
                        new double[JOINTS],
                        counters));
        assertTrue(refusal.getMessage().contains("the quadruped controller commands joint_pd"), refusal.getMessage());
    }
}
