package dev.tactus.control.controller;

import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import java.util.List;
import java.util.OptionalInt;

/** Stands where a policy stands: publishes chunks of poses around the FR3's home, pointing down. Allocates nothing. */
public final class ChunkScript {
    /** Elements of an action: pose, gripper. */
    public static final int ACTION_SIZE = 10;

    /** The most rows of a chunk. */
    public static final int ROWS = 16;

    /** The tool centre point at home, m in fr3_link0, from robot.yaml. */
    private static final double[] HOME = {0.4770, 0, 0.3837};

    private static final double[] DOWN = {1, 0, 0, 0, -1, 0};

    private final ChunkBuffer chunks = new ChunkBuffer(ROWS, ACTION_SIZE);
    private long sequence;

    /** Where the poses are at a time. */
    @FunctionalInterface
    public interface Path {
        /** Offset from home along one axis, m, at a time since the start, s. */
        double offset(int axis, double seconds);
    }

    /** How a controller reads these chunks, unsmoothed, at 2 rad/s. */
    public static ChunkSettings settings(long controlPeriodNs) {
        return new ChunkSettings(
                controlPeriodNs,
                List.of(0, 1, 2, 3, 4, 5, 6, 7, 8),
                OptionalInt.of(9),
                ChunkSettings.REFERENCE_SPEED,
                controlPeriodNs / 2,
                0);
    }

    /** The buffer that this writes. */
    public ChunkBuffer chunks() {
        return chunks;
    }

    /** Begins a chunk; {@link ChunkBuffer#publish} it when it is complete. */
    public ActionChunk begin(int rows, long firstTick, long stampNs) {
        ActionChunk chunk = chunks.writable();
        chunk.begin(rows, firstTick, stampNs, ++sequence);
        for (int row = 0; row < rows; row++) {
            row(chunk, row, 0, 0, 0, 1);
        }
        return chunk;
    }

    /** Publishes the samples of a path at the ends of ticks of 50 ms. */
    public void publish(int rows, long firstTick, long stampNs, Path path) {
        ActionChunk chunk = begin(rows, firstTick, stampNs);
        for (int row = 0; row < rows; row++) {
            double t = (firstTick + row + 1) * 0.05;
            row(chunk, row, path.offset(0, t), path.offset(1, t), path.offset(2, t), 1);
        }
        chunks.publish();
    }

    /** Sets one row: home moved by an offset in m, and the gripper's element. */
    public static void row(ActionChunk chunk, int row, double x, double y, double z, double gripper) {
        chunk.set(row, 0, HOME[0] + x);
        chunk.set(row, 1, HOME[1] + y);
        chunk.set(row, 2, HOME[2] + z);
        for (int i = 0; i < DOWN.length; i++) {
            chunk.set(row, 3 + i, DOWN[i]);
        }
        chunk.set(row, 9, gripper);
    }
}
