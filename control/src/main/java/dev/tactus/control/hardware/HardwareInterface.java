package dev.tactus.control.hardware;

import java.util.List;

/**
 * A robot as the control loop sees it, with the life cycle of ros2_control's hardware components: unconfigured,
 * {@link #configure} to inactive, {@link #activate} to active, {@link #deactivate} back to inactive, {@link #close} to
 * finalized.
 *
 * <p>Life-cycle calls come from outside the control loop and may block and throw. {@link #read} and {@link #write} come
 * from the control thread, once a cycle in this order; they never throw, lock, log or allocate.
 */
public interface HardwareInterface extends AutoCloseable {
    /**
     * The robot's joints; the order of every array that is read and written.
     *
     * @return joint names
     */
    List<String> joints();

    /**
     * Takes up the connection and checks that the robot is the one that was meant. The arm does not move.
     *
     * @throws IllegalStateException if the hardware cannot be reached or is not unconfigured
     */
    void configure();

    /**
     * Lets commands through to the drives.
     *
     * @throws IllegalStateException if the drives refuse or the hardware is not inactive
     */
    void activate();

    /**
     * Stops the drives; commands have no effect afterwards. Does nothing if the hardware is not active.
     */
    void deactivate();

    /** Deactivates and lets go of the connection. Closing twice does nothing. */
    @Override
    void close();

    /**
     * Reads the newest measurement into {@code state}.
     *
     * @param state filled in place; left as it was if the answer is not {@link HardwareStatus#OK}
     * @return whether it was read
     */
    HardwareStatus read(RobotState state);

    /**
     * Sends a command, which holds until the next one.
     *
     * @param command read in place, not kept
     * @return whether it was sent
     */
    HardwareStatus write(JointCommand command);
}
