package dev.tactus.control.hardware;

import dev.tactus.control.model.CommandInterface;
import java.util.List;
import java.util.Set;

/**
 * A robot as the control loop sees it, with the life cycle of ros2_control's hardware components ({@link Lifecycle}).
 *
 * <p>Life-cycle calls come from outside the control loop and may block and throw; configure, clean up and close while no
 * read or write is under way. {@link #read} and {@link #write} come
 * from the control thread, once a cycle in this order; they never throw, lock, log or allocate. A driver implements
 * these two, says its joints and command interfaces, and owns a {@link Lifecycle}; what it must keep is in {@code
 * HardwareContractTest}, which its test extends.
 */
public interface HardwareInterface extends AutoCloseable {
    /**
     * The robot's joints; the order of every array that is read and written.
     *
     * @return joint names
     */
    List<String> joints();

    /**
     * What commands this hardware takes. Configuring checks that the robot has them.
     *
     * @return the modes that {@link #write} lets through
     */
    Set<CommandInterface> commandInterfaces();

    /**
     * The life cycle. The calls below go to it; a driver asks it whether it may read or write.
     *
     * @return this hardware's own
     */
    Lifecycle lifecycle();

    /**
     * Reads the newest measurement into {@code state}; INACTIVE or ACTIVE.
     *
     * @param state filled in place; left as it was if the answer is not {@link HardwareStatus#OK}
     * @return OK, ERROR if nothing could be read this time, DEACTIVATE if there is no connection (any more)
     */
    HardwareStatus read(RobotState state);

    /**
     * Sends a command, which holds until the next one; ACTIVE.
     *
     * @param command read in place, not kept
     * @return OK, ERROR if it was not sent this time or its mode is none of {@link #commandInterfaces}, DEACTIVATE if
     *     commands have no effect (any more)
     */
    HardwareStatus write(JointCommand command);

    /**
     * Where the life cycle is. Any thread.
     *
     * @return the state
     */
    default LifecycleState state() {
        return lifecycle().state();
    }

    /**
     * Takes up the connection and checks that the robot is the one that was meant. The robot does not move.
     *
     * @throws HardwareException if the hardware cannot be reached or is another one
     * @throws IllegalStateException if the hardware is not unconfigured
     */
    default void configure() {
        lifecycle().configure();
    }

    /**
     * Lets commands through to the drives.
     *
     * @throws HardwareException if the drives refuse, the emergency stop is latched or the connection is lost
     * @throws IllegalStateException if the hardware is not inactive
     */
    default void activate() {
        lifecycle().activate();
    }

    /** Stops the drives; commands have no effect afterwards. Does nothing if the hardware is not active. */
    default void deactivate() {
        lifecycle().deactivate();
    }

    /**
     * Lets go of the connection, so that it can be taken up again.
     *
     * @throws IllegalStateException if the hardware is not inactive
     */
    default void cleanup() {
        lifecycle().cleanup();
    }

    /** Deactivates and lets go of the connection for good. Closing twice does nothing. */
    @Override
    default void close() {
        lifecycle().close();
    }

    /**
     * Has the drives stop by themselves, now, whatever is commanded: the last resort, below the control loop. Ends ACTIVE
     * and stays latched until {@link #releaseEmergencyStop}. Any thread; neither locks, allocates nor blocks. Software
     * only: not safety-rated.
     *
     * @param kind how; {@link StopKind#of} says which suits the robot
     */
    default void emergencyStop(StopKind kind) {
        lifecycle().emergencyStop(kind);
    }

    /**
     * Whether the emergency stop is latched. Any thread.
     *
     * @return whether it is
     */
    default boolean emergencyStopped() {
        return lifecycle().emergencyStopped();
    }

    /** Releases the emergency stop. The hardware has to be activated again before it moves. */
    default void releaseEmergencyStop() {
        lifecycle().releaseEmergencyStop();
    }
}
