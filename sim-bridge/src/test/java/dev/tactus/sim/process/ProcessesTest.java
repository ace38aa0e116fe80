package dev.tactus.sim.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.ControllerReport;
import dev.tactus.control.process.RobotPort;
import dev.tactus.control.safety.EmergencyStop;
import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Robot, controller, watchdog and policy as four processes; this one is the policy's. Whoever dies takes nobody along. */
@Timeout(120)
class ProcessesTest {
    private static final long PATIENCE_MS = 30_000;

    /** On a machine that builds and tests beside it, a control loop may have to wait; the figures come from the bench. */
    private static final String[] PATIENT = {"--timeout", "500"};

    /** In memory: a file on a disk keeps whoever writes to it waiting now and then. */
    private final ScratchFolder scratch = new ScratchFolder();

    private final Path folder = scratch.path();

    @AfterEach
    void removeFolder() {
        scratch.close();
    }

    @Test
    void aControllerKilledInMidMotionLeavesAnArmHeldUntilItIsReleased() throws IOException {
        RobotConfig robot = RobotCatalogue.load("franka_fr3");
        RobotState state = new RobotState(7);
        try (RobotProcesses processes = new RobotProcesses(folder, robot, Optional.empty(), PATIENT);
                ScriptedPolicy policy = new ScriptedPolicy(folder, robot, 0.3)) {
            assertEquals(CycleStatus.OK, start(policy).status(), this::words);
            await(() -> speed(processes, state) > 0.5, "the arm moves");

            processes.controller().kill();
            await(processes.port()::overridden, "the watchdog acts");
            assertEquals(StopKind.HOLD, processes.port().overrideKind());
            assertEquals(RobotPort.Cause.CONTROLLER_GONE, processes.port().overrideCause());
            await(() -> speed(processes, state) < 0.02, "the arm stands");

            processes.startController();
            assertTrue(policy.side()
                    .await(report -> !report.running(), PATIENCE_MS)
                    .isPresent());
            assertNotEquals(processes.controller().pid(), processes.port().inCommand(), "nobody asked it to");
            assertTrue(policy.side().start(PATIENCE_MS).isPresent());
            assertFalse(policy.side().report().orElseThrow().running(), "the stop is latched");
            assertTrue(processes.port().overridden());
            assertTrue(speed(processes, state) < 0.02);

            assertTrue(policy.side().clear(PATIENCE_MS).isPresent());
            assertFalse(processes.port().overridden());
            assertEquals(CycleStatus.OK, start(policy).status(), this::words);
            await(() -> speed(processes, state) > 0.3, "the arm moves again");

            policy.side().emergencyStop(PATIENCE_MS);
            await(() -> speed(processes, state) < 0.02, "the arm stands");
            ControllerReport report = policy.side().report().orElseThrow();
            assertEquals(EmergencyStop.Cause.REQUEST, report.stopCause());
            assertTrue(processes.controller().alive()
                    && processes.watchdog().alive()
                    && processes.simulated().alive());
        }
        assertFalse(words().contains("Exception"), this::words);
    }

    @Test
    void aControllerKilledLeavesAQuadrupedDamped() {
        RobotConfig robot = RobotCatalogue.load("unitree_go2");
        RobotState state = new RobotState(12);
        try (RobotProcesses processes = new RobotProcesses(folder, robot, Optional.empty(), PATIENT);
                ScriptedPolicy policy = new ScriptedPolicy(folder, robot, 0.05)) {
            assertEquals(CycleStatus.OK, start(policy).status(), this::words);
            await(() -> policy.side().report().orElseThrow().tick() > 25, "half a second on its legs");
            processes.port().read(state);
            double standing = state.position()[2];
            processes.controller().kill();
            await(processes.port()::overridden, "the watchdog acts");
            assertEquals(StopKind.DAMP, processes.port().overrideKind());
            await(
                    () -> {
                        processes.port().read(state);
                        return state.position()[2] < standing - 0.3 && fastest(state) < 0.05;
                    },
                    "its legs fold and it lies still");
        }
    }

    @Test
    void aPolicyThatIsGoneLeavesTheRobotStoppedAndTheControllerThere() {
        RobotConfig robot = RobotCatalogue.load("franka_fr3");
        RobotState state = new RobotState(7);
        try (RobotProcesses processes = new RobotProcesses(folder, robot, Optional.empty(), PATIENT)) {
            HardwareException second = assertThrows(HardwareException.class, () -> RobotPort.create(folder, robot, 0));
            assertTrue(second.getMessage().contains("serves a robot at port"), second.getMessage());
            BadInputException other =
                    assertThrows(BadInputException.class, () -> RobotPort.open(folder, RobotCatalogue.load("ur5e")));
            assertTrue(other.getMessage().contains("is of franka_fr3, not of ur5e"), other.getMessage());
            try (ScriptedPolicy policy = new ScriptedPolicy(folder, robot, 0.3)) {
                assertEquals(CycleStatus.OK, start(policy).status(), this::words);
                await(() -> speed(processes, state) > 0.5, "the arm moves");
            }
            await(() -> speed(processes, state) < 0.02, "the arm stands");
            assertFalse(processes.port().overridden(), () -> "by its controller, not by the watchdog\n" + words());
            try (ScriptedPolicy next = new ScriptedPolicy(folder, robot, 0.3)) {
                assertEquals(CycleStatus.OK, start(next).status(), this::words);
                await(() -> speed(processes, state) > 0.5, "the next policy moves the arm");
            }
        }
    }

    private static ControllerReport start(ScriptedPolicy policy) {
        return policy.side().start(PATIENCE_MS).orElseThrow();
    }

    private static double speed(RobotProcesses processes, RobotState state) {
        assertTrue(processes.port().read(state));
        return fastest(state);
    }

    private static double fastest(RobotState state) {
        return Arrays.stream(state.velocity()).map(Math::abs).max().orElseThrow();
    }

    private void await(BooleanSupplier there, String what) {
        long untilNs = System.nanoTime() + PATIENCE_MS * 1_000_000;
        while (!there.getAsBoolean()) {
            assertTrue(System.nanoTime() < untilNs, () -> "not seen: " + what + "\n" + words());
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String words() {
        try {
            return Files.readString(folder.resolve("processes.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
