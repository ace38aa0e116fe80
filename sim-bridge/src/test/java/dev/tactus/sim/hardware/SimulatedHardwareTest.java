package dev.tactus.sim.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedHardwareTest {
    private static final long PERIOD_NS = 1_000_000;

    private final RobotConfig robot = RobotCatalogue.load("franka_fr3");
    private final ManualClock clock = new ManualClock(5_000_000_000L);
    private final RobotState state = new RobotState(7);
    private final JointCommand command = new JointCommand(7);
    private MujocoModel model;
    private MujocoData data;
    private SimulatedHardware hardware;

    @BeforeEach
    void open() {
        model = MujocoModel.load(TactusHome.path().resolve("sim-bridge/models/fr3_lift.xml"));
        data = model.newData();
        hardware = new SimulatedHardware(model, data, robot, clock);
    }

    @AfterEach
    void close() {
        hardware.close();
        data.close();
        model.close();
    }

    @Test
    void commandsPassOnlyWhileActive() {
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        assertEquals(HardwareStatus.DEACTIVATE, hardware.read(state));
        hardware.configure();
        assertEquals(HardwareStatus.OK, hardware.read(state));
        hardware.activate();
        hardware.place(robot.home(), 0.08);
        assertEquals(HardwareStatus.OK, hardware.write(command));
        hardware.deactivate();
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        assertThrows(IllegalStateException.class, hardware::configure);
    }

    @Test
    void readsWhereItWasPlacedWithTheClocksStamp() {
        ready();
        assertEquals(HardwareStatus.OK, hardware.read(state));
        for (int j = 0; j < 7; j++) {
            assertEquals(robot.home()[j], state.position()[j]);
        }
        assertEquals(0.08, state.gripperOpening(), 1e-12);
        assertEquals(clock.nowNs(), state.stampNs());
    }

    @Test
    void anArmWithoutTorqueFloatsBecauseTheRobotCompensatesGravity() {
        ready();
        for (int i = 0; i < 1000; i++) {
            hardware.write(command);
            clock.advance(PERIOD_NS);
        }
        hardware.read(state);
        for (int j = 0; j < 7; j++) {
            assertEquals(robot.home()[j], state.position()[j], 1e-6);
        }
    }

    @Test
    void theWorldRunsOnePeriodPerCycleAndCatchesUpAfterALateOne() {
        ready();
        hardware.write(command);
        assertEquals(0.001, data.time(), 1e-12);
        clock.advance(PERIOD_NS);
        hardware.write(command);
        assertEquals(0.002, data.time(), 1e-12);
        clock.advance(7 * PERIOD_NS);
        hardware.write(command);
        assertEquals(0.009, data.time(), 1e-12);
    }

    @Test
    void aFaultOfTheSimulationIsAnErrorWithMujocosWords() {
        ready();
        command.effort()[0] = Double.NaN;
        assertEquals(HardwareStatus.ERROR, hardware.write(command));
        assertTrue(hardware.fault().contains("ctrl"), hardware.fault());
        hardware.place(robot.home(), 0.08);
        assertEquals("", hardware.fault());
    }

    private void ready() {
        hardware.configure();
        hardware.activate();
        hardware.place(robot.home(), 0.08);
        command.gripperOpening(0.08);
    }
}
