package dev.tactus.control.replay;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import java.util.List;

/**
 * Control cycles as they were recorded, oldest first: in each, what was measured and what was then commanded. Reading a
 * cycle neither allocates nor throws for an index that exists.
 */
public interface RecordedLog extends AutoCloseable {
    /**
     * The robot that was recorded.
     *
     * @return its name
     */
    String robot();

    /**
     * Its joints, the order of every array.
     *
     * @return joint names
     */
    List<String> joints();

    /**
     * How many cycles were recorded.
     *
     * @return cycles
     */
    int cycles();

    /**
     * When a cycle's state was measured.
     *
     * @param cycle 0 to {@code cycles() - 1}
     * @return ns on the recording's clock
     */
    long stampNs(int cycle);

    /**
     * What was measured.
     *
     * @param cycle 0 to {@code cycles() - 1}
     * @param state filled in place
     */
    void copyState(int cycle, RobotState state);

    /**
     * What was commanded.
     *
     * @param cycle 0 to {@code cycles() - 1}
     * @param command filled in place
     */
    void copyCommand(int cycle, JointCommand command);

    /** Lets go of the recording. */
    @Override
    void close();

    /** Takes down control cycles. */
    interface Writer extends AutoCloseable {
        /**
         * Adds a cycle. Control thread; neither locks, allocates nor throws.
         *
         * @param state what was measured
         * @param command what was then commanded
         * @return whether there was room for it
         */
        boolean append(RobotState state, JointCommand command);

        /**
         * How many cycles found no room. Any thread after the loop has ended.
         *
         * @return cycles
         */
        long dropped();

        /** Completes the recording. */
        @Override
        void close();
    }
}
