package dev.tactus.control.hardware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.RobotConfig;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every driver must keep. The test of a driver extends this class and says by a {@link Rig} how to get at the
 * robot's own side; other modules find it in the test jar of control.
 */
public abstract class HardwareContractTest {
    /** A driver on a robot, real or not, with the hands that a test needs on the robot's side. */
    public interface Rig extends AutoCloseable {
        /**
         * The driver under test.
         *
         * @return unconfigured at first
         */
        HardwareInterface hardware();

        /**
         * The robot that it drives.
         *
         * @return its configuration
         */
        RobotConfig robot();

        /** Lets one control period pass on the robot's side, after a write. */
        void passPeriod();

        /** Cuts the connection. */
        void cut();

        /** Makes a connection possible again. */
        void mend();

        /**
         * Where the robot itself says that a joint is.
         *
         * @param joint its name
         * @return rad
         */
        double truePosition(String joint);

        /**
         * The effort that arrived at a joint's drive with the last command.
         *
         * @param joint its name
         * @return Nm
         */
        double arrivedEffort(String joint);

        /**
         * Whether there is a robot that moves, or only a recording of one.
         *
         * @return whether motion follows commands
         */
        boolean moves();

        @Override
        void close();
    }

    private static final int WARM_UP = 3_000;
    private static final int MEASURED = 500;

    private Rig rig;
    private HardwareInterface hardware;
    private RobotState state;
    private JointCommand command;

    /**
     * Sets up a robot and a fresh driver on it.
     *
     * @return the rig
     * @throws Exception if that fails
     */
    protected abstract Rig open() throws Exception;

    @BeforeEach
    void openRig() throws Exception {
        rig = open();
        hardware = rig.hardware();
        int joints = hardware.joints().size();
        state = new RobotState(joints);
        command = new JointCommand(joints);
        command.mode(Stream.of(CommandInterface.EFFORT, CommandInterface.JOINT_PD)
                .filter(hardware.commandInterfaces()::contains)
                .findFirst()
                .orElseThrow());
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }

    @Test
    void jointsAndInterfacesAreThoseOfTheRobot() {
        assertEquals(rig.robot().jointNames(), hardware.joints());
        assertTrue(rig.robot().commandInterfaces().containsAll(hardware.commandInterfaces()));
    }

    @Test
    void nothingIsReadOrWrittenBeforeItIsConfigured() {
        assertEquals(LifecycleState.UNCONFIGURED, hardware.state());
        assertEquals(HardwareStatus.DEACTIVATE, hardware.read(state));
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        assertThrows(IllegalStateException.class, hardware::activate);
        assertThrows(IllegalStateException.class, hardware::cleanup);
    }

    @Test
    void whileInactiveMeasurementsAreReadAndCommandsHaveNoEffect() {
        hardware.configure();
        assertEquals(LifecycleState.INACTIVE, hardware.state());
        assertEquals(HardwareStatus.OK, hardware.read(state));
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        assertThrows(IllegalStateException.class, hardware::configure);
    }

    @Test
    void whileActiveMeasurementsAreReadWithRisingStampsAndCommandsAreSent() {
        activate();
        assertEquals(LifecycleState.ACTIVE, hardware.state());
        long before = Long.MIN_VALUE;
        for (int i = 0; i < 20; i++) {
            cycle();
            assertTrue(state.stampNs() > before, "stamp " + state.stampNs() + " after " + before);
            before = state.stampNs();
        }
        assertThrows(IllegalStateException.class, hardware::configure);
        assertThrows(IllegalStateException.class, hardware::activate);
        assertThrows(IllegalStateException.class, hardware::cleanup);
    }

    @Test
    void deactivatedHardwareIsReadButNotCommandedAndCanBeActivatedAgain() {
        activate();
        cycle();
        hardware.deactivate();
        hardware.deactivate();
        assertEquals(LifecycleState.INACTIVE, hardware.state());
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        assertEquals(HardwareStatus.OK, hardware.read(state));
        hardware.activate();
        cycle();
    }

    @Test
    void everyArrayIsInTheRobotsJointOrder() {
        activate();
        List<String> joints = hardware.joints();
        Arrays.setAll(command.effort(), joint -> 0.1 * (joint + 1));
        for (int i = 0; i < 20; i++) {
            cycle();
        }
        for (int joint = 0; joint < joints.size(); joint++) {
            assertEquals(0.1 * (joint + 1), rig.arrivedEffort(joints.get(joint)), 1e-12, joints.get(joint));
        }
        assertEquals(HardwareStatus.OK, hardware.read(state));
        for (int joint = 0; joint < joints.size(); joint++) {
            assertEquals(rig.truePosition(joints.get(joint)), state.position()[joint], joints.get(joint));
        }
    }

    @Test
    void aCommandOfAModeThatItDoesNotTakeIsNotSent() {
        var foreign = Stream.of(CommandInterface.values())
                .filter(mode -> !hardware.commandInterfaces().contains(mode))
                .findFirst();
        assumeTrue(foreign.isPresent(), "it takes all modes");
        activate();
        cycle();
        command.mode(foreign.get());
        assertEquals(HardwareStatus.ERROR, hardware.write(command));
    }

    @Test
    void aConnectionThatIsLostIsSaidAndComesBackByLifeCycleCallsOnly() {
        activate();
        cycle();
        rig.cut();
        for (int i = 0; i < 2000 && hardware.state() == LifecycleState.ACTIVE; i++) {
            hardware.read(state);
            hardware.write(command);
            rig.passPeriod();
        }
        assertEquals(LifecycleState.INACTIVE, hardware.state());
        Arrays.fill(state.position(), 77);
        assertNotEquals(HardwareStatus.OK, hardware.read(state));
        assertEquals(77, state.position()[0], "a failed read leaves the state as it was");
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        assertThrows(HardwareException.class, hardware::activate);
        hardware.cleanup();
        assertThrows(HardwareException.class, hardware::configure);
        assertEquals(LifecycleState.UNCONFIGURED, hardware.state());

        rig.mend();
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        hardware.configure();
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        hardware.activate();
        cycle();
    }

    @Test
    void anEmergencyStopAtFullCommandStopsTheDrivesAndStaysLatched() {
        activate();
        fullCommand();
        for (int i = 0; i < 20; i++) {
            cycle();
        }
        hardware.emergencyStop(StopKind.of(rig.robot().base()));
        assertTrue(hardware.emergencyStopped());
        for (int i = 0; i < 3000; i++) {
            assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
            rig.passPeriod();
        }
        assertEquals(LifecycleState.INACTIVE, hardware.state());
        assertEquals(HardwareStatus.OK, hardware.read(state));
        if (rig.moves()) {
            assertArrayEquals(new double[state.joints()], state.velocity(), 0.02, "at rest");
        }
        assertThrows(HardwareException.class, hardware::activate);
        hardware.cleanup();
        hardware.configure();
        assertThrows(HardwareException.class, hardware::activate, "reconnecting releases nothing");
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));

        hardware.releaseEmergencyStop();
        assertFalse(hardware.emergencyStopped());
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command), "releasing activates nothing");
        hardware.activate();
        Arrays.fill(command.effort(), 0);
        cycle();
    }

    @Test
    void closedTwiceItIsFinalAndNothingIsReadOrWritten() {
        activate();
        cycle();
        hardware.close();
        hardware.close();
        assertEquals(LifecycleState.FINALIZED, hardware.state());
        assertEquals(HardwareStatus.DEACTIVATE, hardware.read(state));
        assertEquals(HardwareStatus.DEACTIVATE, hardware.write(command));
        assertThrows(IllegalStateException.class, hardware::configure);
    }

    @Test
    void readingAndWritingAllocatesNothing() {
        activate();
        allocatedBy(WARM_UP);
        long bytes = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && bytes > 0; attempt++) { // until the compiler is through
            bytes = allocatedBy(MEASURED);
        }
        assertEquals(0, bytes, "bytes in " + MEASURED + " cycles");
    }

    private long allocatedBy(int cycles) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (int i = 0; i < cycles; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            HardwareStatus read = hardware.read(state);
            HardwareStatus written = hardware.write(command);
            bytes += threads.getCurrentThreadAllocatedBytes() - before;
            rig.passPeriod();
            assertTrue(read == HardwareStatus.OK && written == HardwareStatus.OK);
        }
        return bytes;
    }

    private void activate() {
        hardware.configure();
        hardware.activate();
    }

    private void cycle() {
        assertEquals(HardwareStatus.OK, hardware.read(state));
        assertEquals(HardwareStatus.OK, hardware.write(command));
        rig.passPeriod();
    }

    private void fullCommand() {
        for (int joint = 0; joint < command.joints(); joint++) {
            double limit = rig.robot().joints().get(joint).limits().effort();
            command.effort()[joint] = joint % 2 == 0 ? limit : -limit;
        }
    }
}
