package dev.tactus.control.controller;

import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.kinematics.Rotations;
import dev.tactus.policies.runner.ActionChunk;

/**
 * Turns rows of an action chunk into joint targets: pose to rotation matrix by Gram-Schmidt, to joints by inverse
 * kinematics. Allocates nothing after construction.
 */
final class ChunkTargets {
    /** What became of a row. */
    enum Result {
        DONE,
        BAD_ROW,
        NO_SOLUTION
    }

    private static final int POSITION = 3;
    private static final int COLUMNS = 6;

    private final InverseKinematics kinematics;
    private final EndEffectorSettings settings;
    private final double[] position = new double[POSITION];
    private final double[] columns = new double[COLUMNS];
    private final double[] rotation = new double[9];

    ChunkTargets(InverseKinematics kinematics, EndEffectorSettings settings) {
        this.kinematics = kinematics;
        this.settings = settings;
    }

    /** Solves a row for joints, from a seed; {@code out} is of use only if the answer is DONE. */
    Result solve(ActionChunk chunk, int row, double[] seed, double[] out) {
        int at = settings.poseElement();
        boolean finite = Double.isFinite(chunk.get(row, settings.gripperElement()));
        for (int i = 0; i < POSITION; i++) {
            position[i] = chunk.get(row, at + i);
            finite &= Double.isFinite(position[i]);
        }
        for (int i = 0; i < COLUMNS; i++) {
            columns[i] = chunk.get(row, at + POSITION + i);
            finite &= Double.isFinite(columns[i]);
        }
        if (!finite || !Rotations.fromColumns6d(columns, 0, rotation)) {
            return Result.BAD_ROW;
        }
        return kinematics.solve(seed, position, rotation, out) == InverseKinematics.Result.CONVERGED
                ? Result.DONE
                : Result.NO_SOLUTION;
    }

    /** Whether a row opens the gripper. */
    boolean opensGripper(ActionChunk chunk, int row) {
        return chunk.get(row, settings.gripperElement()) > 0;
    }
}
