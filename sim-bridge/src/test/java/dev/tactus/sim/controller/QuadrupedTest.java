package dev.tactus.sim.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.controller.QuadrupedController;
import dev.tactus.control.controller.QuadrupedController.Mode;
import dev.tactus.control.loop.ControlCycle;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.EmergencyStop;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import dev.tactus.sim.hardware.SimulatedHardware;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Go2 in MuJoCo gets up, stands, steps in place and lies down, through the whole control cycle. */
class QuadrupedTest {
    private static final RobotConfig GO2 = RobotCatalogue.load("unitree_go2");
    private static final int JOINTS = 12;
    private static final long TICK_NS = 20_000_000L;
    private static final double STANDING_M = 0.3346;
    private static final double[] LYING = {0, 1.36, -2.65};

    private final ManualClock clock = new ManualClock(0);
    private final MujocoModel model = MujocoModel.load(GO2.folder().resolve("scene.xml"));
    private final MujocoData data = model.newData();
    private final SimulatedHardware hardware = new SimulatedHardware(model, data, GO2, clock);
    private final InterventionCounters counters = new InterventionCounters();
    private final ChunkBuffer chunks = new ChunkBuffer(2, JOINTS);
    private final QuadrupedController controller = new QuadrupedController(
            GO2,
            chunks,
            new ChunkSettings(
                    TICK_NS,
                    IntStream.range(0, JOINTS).boxed().toList(),
                    OptionalInt.empty(),
                    ChunkSettings.REFERENCE_SPEED,
                    TICK_NS,
                    0),
            GO2.jointNames(),
            GO2.joints().stream().mapToDouble(joint -> joint.stiffness()).toArray(),
            GO2.joints().stream().mapToDouble(joint -> joint.damping()).toArray(),
            counters);
    private final ControlCycle cycle =
            new ControlCycle(GO2, UrdfReader.read(GO2.urdf()), hardware, controller, counters, clock);
    private final int base = model.bodyId("base");
    private double fastestSinking;

    @AfterEach
    void close() {
        hardware.close();
        data.close();
        model.close();
    }

    private double height() {
        return data.qpos(2);
    }

    /** Between the base's z axis and the vertical, rad. */
    private double tilt() {
        return Math.acos(Math.clamp(data.xmat(base, 8), -1, 1));
    }

    private void run(double seconds) {
        for (int i = 0; i < seconds * GO2.controlRateHz(); i++) {
            CycleStatus status = cycle.run(clock.nowNs());
            assertTrue(
                    status == CycleStatus.OK || status == CycleStatus.STOPPED,
                    status + " at " + clock.nowNs() * 1e-9 + " s");
            clock.advance(cycle.periodNs());
            fastestSinking = Math.max(fastestSinking, -data.qvel(2));
        }
    }

    private void lieDown() {
        double[] q = new double[JOINTS];
        for (int joint = 0; joint < JOINTS; joint++) {
            q[joint] = LYING[joint % 3];
        }
        data.reset();
        data.setQpos(2, 0.1);
        hardware.configure();
        hardware.activate();
        hardware.place(q, 0);
        data.forward();
        assertEquals(CycleStatus.OK, cycle.start(clock.nowNs()), () -> "refused: " + cycle.refusal());
        run(1);
        assertTrue(height() < 0.15, "it lies at " + height() + " m");
    }

    @Test
    void itStandsUpStandsAndSinksSoftly() {
        lieDown();
        assertTrue(controller.standUp());
        run(2.5);
        assertEquals(Mode.STAND, controller.mode());
        for (int i = 0; i < 30; i++) {
            run(0.1);
            assertEquals(STANDING_M, height(), 0.02);
            assertTrue(tilt() < 0.05, "tilt " + tilt() + " rad");
        }
        fastestSinking = 0;
        controller.damp();
        run(3);
        assertTrue(height() < 0.2, "it lies at " + height() + " m");
        double falling = Math.sqrt(2 * 9.81 * (STANDING_M - height()));
        assertTrue(fastestSinking < 0.7 && fastestSinking < 0.4 * falling, "it sank at " + fastestSinking + " m/s");
        assertTrue(tilt() < 0.4, "tilt " + tilt() + " rad");
    }

    @Test
    void itFollowsAPolicysTargetsAndStandsAgain() {
        lieDown();
        controller.standUp();
        run(2.5);
        assertTrue(controller.walk());
        double lowest = 1;
        double highest = 0;
        for (int i = 0; i < 100; i++) {
            squat(0.25 * Math.pow(Math.sin(Math.PI * i / 50.0), 2));
            run(0.02);
            lowest = Math.min(lowest, height());
            highest = Math.max(highest, height());
        }
        assertTrue(lowest < STANDING_M - 0.03 && highest > STANDING_M - 0.03, lowest + " to " + highest + " m");
        assertTrue(tilt() < 0.35, "tilt " + tilt() + " rad"); // walking gains are soft
        assertTrue(controller.stand());
        run(2);
        assertEquals(Mode.STAND, controller.mode());
        assertEquals(STANDING_M, height(), 0.02);
    }

    @Test
    void theEStopSinksItSoftlyAndStaysLatchedWhateverIsAsked() {
        lieDown();
        controller.standUp();
        run(2.5);
        controller.walk();
        fastestSinking = 0;
        cycle.emergencyStop().trip(EmergencyStop.Cause.REQUEST);
        for (int i = 0; i < 1500; i++) {
            if (i % 10 == 0) {
                squat(0.2);
            }
            controller.standUp();
            assertEquals(CycleStatus.EMERGENCY_STOP, cycle.run(clock.nowNs()));
            clock.advance(cycle.periodNs());
            fastestSinking = Math.max(fastestSinking, -data.qvel(2));
            for (int joint = 0; joint < JOINTS; joint++) {
                assertEquals(0, cycle.command().stiffness()[joint], "damping only");
            }
        }
        assertTrue(height() < 0.2, "it lies at " + height() + " m");
        assertTrue(fastestSinking < 0.9, "it sank at " + fastestSinking + " m/s");
        cycle.emergencyStop().clear();
        assertEquals(CycleStatus.OK, cycle.start(clock.nowNs()), () -> "refused: " + cycle.refusal());
        controller.standUp();
        run(2.5);
        assertEquals(Mode.STAND, controller.mode());
        assertEquals(STANDING_M, height(), 0.02);
    }

    /** What a policy might say at this tick: thighs and calves bend, the feet stay under the hips. */
    private void squat(double bend) {
        ActionChunk chunk = chunks.writable();
        chunk.begin(1, clock.nowNs() / TICK_NS, clock.nowNs(), 1);
        for (int joint = 0; joint < JOINTS; joint++) {
            double target = GO2.joints().get(joint).home();
            chunk.set(0, joint, target + (joint % 3 == 1 ? bend : joint % 3 == 2 ? -2 * bend : 0));
        }
        chunks.publish();
    }
}
