package dev.tactus.control.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.LifecycleState;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {
    private static final long TIMEOUT_NS = 20_000_000;

    @TempDir
    private Path folder;

    private final RobotState state = new RobotState(7);
    private final JointCommand command = new JointCommand(7);
    private PortRig rig;
    private Watchdog watchdog;

    @BeforeEach
    void open() {
        rig = new PortRig(folder, true);
        watchdog = new Watchdog(rig.port, StopKind.HOLD, TIMEOUT_NS, rig.clock);
        watchdog.poll();
        rig.hardware.configure();
        rig.hardware.activate();
        command.effort()[0] = 5;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aBeatingHeartIsLeftAlone() {
        for (int i = 0; i < 200; i++) {
            cycle();
            assertFalse(watchdog.poll());
        }
        assertFalse(rig.port.overridden());
        assertEquals(201, rig.port.beats(), "one a cycle, and one when command was taken");
    }

    @Test
    void aHeartThatStopsStopsTheRobotWithinTheTimeoutAndOnePoll() {
        for (int i = 0; i < 100; i++) {
            cycle();
            watchdog.poll();
        }
        assertTrue(rig.side.state().velocity()[0] > 0.5);
        long lastBeatNs = rig.port.beatNs();
        int polls = 0;
        while (!watchdog.poll()) {
            rig.passPeriod();
            assertTrue(++polls < 100);
        }
        assertEquals(TIMEOUT_NS + 2 * PortRig.PERIOD_NS, rig.port.overrideNs() - lastBeatNs);
        assertEquals(RobotPort.Cause.HEARTBEAT_STOPPED, rig.port.overrideCause());
        for (int i = 0; i < 500; i++) {
            rig.passPeriod();
        }
        assertEquals(0, rig.side.state().velocity()[0], 1e-3);
    }

    @Test
    void theOverrideIsAboveCommandsThatComeLaterAndStaysUntilItIsReleased() {
        cycle();
        rig.clock.advance(TIMEOUT_NS * 2);
        watchdog.poll();
        assertTrue(watchdog.poll());
        for (int i = 0; i < 300; i++) { // the controller wakes up again
            rig.hardware.read(state);
            assertEquals(HardwareStatus.DEACTIVATE, rig.hardware.write(command));
            rig.passPeriod();
            assertFalse(watchdog.poll());
        }
        assertTrue(rig.port.overridden());
        assertEquals(0, rig.side.state().velocity()[0], 1e-3);
        assertEquals(LifecycleState.INACTIVE, rig.hardware.state());
        assertThrows(HardwareException.class, rig.hardware::activate);

        rig.hardware.releaseEmergencyStop();
        assertFalse(rig.port.overridden());
        rig.passPeriod();
        assertEquals(LifecycleState.INACTIVE, rig.drives.state(), "released is not activated");
        rig.hardware.activate();
        cycle();
        assertEquals(5, rig.drives.effort[0]);
    }

    @Test
    void aWatchdogThatStoodStillItselfDoesNotBlameTheController() {
        cycle();
        rig.clock.advance(10 * TIMEOUT_NS); // the whole machine did
        rig.side.cycle();
        assertFalse(watchdog.poll());
        cycle();
        assertFalse(watchdog.poll());
        assertFalse(watchdog.poll());
        assertFalse(rig.port.overridden());
    }

    @Test
    void aControllerThatIsGoneIsNotWaitedFor() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        rig.port.takeCommand(gone.pid(), rig.clock.nowNs());
        boolean stopped = false;
        for (int i = 0; i < 10; i++) { // no time passes
            stopped |= watchdog.poll();
        }
        assertTrue(stopped);
        assertEquals(RobotPort.Cause.CONTROLLER_GONE, rig.port.overrideCause());
    }

    @Test
    void aControllerThatGivesUpCommandMayStop() {
        cycle();
        rig.hardware.deactivate();
        rig.clock.advance(10 * TIMEOUT_NS);
        watchdog.poll();
        assertFalse(watchdog.poll());
        assertFalse(rig.port.overridden());
    }

    @Test
    void withoutAWatchdogNothingIsActivated() {
        rig.hardware.deactivate();
        rig.clock.advance(2_000_000_000L);
        rig.side.cycle();
        var refused = assertThrows(HardwareException.class, rig.hardware::activate);
        assertTrue(refused.getMessage().contains("./tactus watchdog"), refused.getMessage());
    }

    @Test
    void aRobotIsCommandedByOneProcessOnly() {
        rig.hardware.deactivate();
        rig.port.takeCommand(ProcessHandle.current().parent().orElseThrow().pid(), rig.clock.nowNs());
        var refused = assertThrows(HardwareException.class, rig.hardware::activate);
        assertTrue(refused.getMessage().contains("in command"), refused.getMessage());
    }

    private void cycle() {
        assertEquals(HardwareStatus.OK, rig.hardware.read(state));
        assertEquals(HardwareStatus.OK, rig.hardware.write(command));
        rig.passPeriod();
    }
}
