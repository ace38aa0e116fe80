package dev.tactus.sim.hardware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.LifecycleState;
import dev.tactus.control.hardware.RobotState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyHardwareTest {
    private static final long MS = 1_000_000;

    private final RobotState state = new RobotState(7);
    private final JointCommand command = new JointCommand(7);
    private SimulatedRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void readsFailBetweenTheGivenTimesOnly() {
        start(Fault.of(Fault.Kind.READ_FAILS, 3 * MS, 5 * MS));
        List<HardwareStatus> seen = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            seen.add(rig.faulty.read(state));
            rig.faulty.write(command);
            rig.passPeriod();
        }
        HardwareStatus ok = HardwareStatus.OK;
        HardwareStatus error = HardwareStatus.ERROR;
        assertEquals(List.of(ok, ok, ok, error, error, ok, ok, ok), seen);
        assertEquals(2, rig.faulty.shown());
    }

    @Test
    void aFrozenStateKeepsItsStampUnlessNobodyIsToNotice() {
        start(
                Fault.of(Fault.Kind.STATE_FROZEN, 2 * MS, 4 * MS),
                Fault.of(Fault.Kind.STATE_FROZEN_UNNOTICED, 6 * MS, 8 * MS));
        command.effort()[0] = 20;
        long[] stampMs = new long[10];
        double[] position = new double[10];
        for (int i = 0; i < 10; i++) {
            assertEquals(HardwareStatus.OK, rig.faulty.read(state));
            stampMs[i] = state.stampNs() / MS - 5000;
            position[i] = state.position()[0];
            rig.faulty.write(command);
            rig.passPeriod();
        }
        assertArrayEquals(new long[] {0, 1, 1, 1, 4, 5, 6, 7, 8, 9}, stampMs);
        assertEquals(position[1], position[3]);
        assertEquals(position[5], position[7]);
        assertTrue(position[4] > position[3] && position[8] > position[7]);
    }

    @Test
    void aDelayedStateIsTheOneThatWasMeasuredThen() {
        start(Fault.delay(20 * MS, 200 * MS, 7 * MS));
        command.effort()[0] = 20;
        double[] position = new double[60];
        for (int i = 0; i < 60; i++) {
            position[i] = rig.truePosition("fr3_joint1");
            assertEquals(HardwareStatus.OK, rig.faulty.read(state));
            int measured = i < 20 ? i : i - 7;
            assertEquals(5000 + measured, state.stampNs() / MS);
            assertEquals(position[measured], state.position()[0]);
            rig.faulty.write(command);
            rig.passPeriod();
        }
    }

    @Test
    void aCommandThatDoesNotArriveLeavesTheLastOne() {
        start(Fault.of(Fault.Kind.WRITE_FAILS, 1 * MS, 2 * MS));
        command.effort()[0] = 3;
        assertEquals(HardwareStatus.OK, rig.faulty.write(command));
        rig.passPeriod();
        command.effort()[0] = 4;
        assertEquals(HardwareStatus.ERROR, rig.faulty.write(command));
        assertEquals(3, rig.arrivedEffort("fr3_joint1"));
        assertEquals(0.002, rig.data.time(), 1e-12, "the world goes on");
        rig.passPeriod();
        assertEquals(HardwareStatus.OK, rig.faulty.write(command));
        assertEquals(4, rig.arrivedEffort("fr3_joint1"));
    }

    @Test
    void sporadicFaultsAreThoseOfTheSeed() {
        start(Fault.sporadic(Fault.Kind.READ_FAILS, 0, 2_000 * MS, 0.25));
        List<Integer> failed = failedReads();
        assertEquals(250, failed.size(), 50);
        rig.close();
        start(Fault.sporadic(Fault.Kind.READ_FAILS, 0, 2_000 * MS, 0.25));
        assertEquals(failed, failedReads());
    }

    private List<Integer> failedReads() {
        List<Integer> failed = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            if (rig.faulty.read(state) == HardwareStatus.ERROR) {
                failed.add(i);
            }
            rig.passPeriod();
        }
        return failed;
    }

    @Test
    void aLostConnectionStopsTheArmByItsOwnDrivesAndComesBackWhenItIsOver() {
        start(Fault.of(Fault.Kind.CONNECTION_LOST, 100 * MS, 1_000 * MS));
        command.effort()[0] = 30;
        for (int i = 0; i < 900; i++) {
            rig.faulty.read(state);
            rig.faulty.write(command);
            rig.passPeriod();
        }
        assertEquals(LifecycleState.INACTIVE, rig.faulty.state());
        assertEquals(0, rig.data.qvel(rig.model.dofIndex("fr3_joint1")), 1e-3);
        rig.faulty.cleanup();
        assertThrows(HardwareException.class, rig.faulty::configure);
        rig.clock.advance(200 * MS);
        rig.faulty.configure();
        rig.faulty.activate();
        assertEquals(HardwareStatus.OK, rig.faulty.read(state));
        assertEquals(HardwareStatus.OK, rig.faulty.write(command));
    }

    @Test
    void aFaultThatEndsBeforeItBeginsIsRefused() {
        rig = new SimulatedRig("franka_fr3");
        assertThrows(IllegalArgumentException.class, () -> Fault.of(Fault.Kind.READ_FAILS, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> Fault.sporadic(Fault.Kind.READ_FAILS, 0, 5, 1.5));
    }

    private void start(Fault... faults) {
        rig = new SimulatedRig("franka_fr3", faults);
        rig.faulty.configure();
        rig.faulty.activate();
        rig.faulty.begin();
        command.gripperOpening(0.08);
    }
}
