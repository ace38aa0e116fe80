package dev.tactus.control.controller;

import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.kinematics.Rotations;
import dev.tactus.policies.runner.ActionChunk;
import java.util.List;

/** Rows that hold an end-effector pose: to a rotation matrix by Gram-Schmidt, to joints by inverse kinematics. */
final class PoseTargets implements RowTargets {
    private static final int POSITION = 3;
    private static final int POSE = 9;

    private final InverseKinematics kinematics;
    private final int[] elements;
    private final double[] pose = new double[POSE];
    private final double[] rotation = new double[9];

    PoseTargets(InverseKinematics kinematics, List<Integer> elements) {
        if (elements.size() != POSE) {
            throw new IllegalArgumentException(elements.size() + " elements of a pose; it has " + POSE
                    + ": position and two columns of the rotation");
        }
        this.kinematics = kinematics;
        this.elements = elements.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public Result solve(ActionChunk chunk, int row, double[] seed, double[] out) {
        boolean finite = true;
        for (int i = 0; i < POSE; i++) {
            pose[i] = chunk.get(row, elements[i]);
            finite &= Double.isFinite(pose[i]);
        }
        if (!finite || !Rotations.fromColumns6d(pose, POSITION, rotation)) {
            return Result.BAD_ROW;
        }
        return kinematics.solve(seed, pose, rotation, out) == InverseKinematics.Result.CONVERGED
                ? Result.DONE
                : Result.NO_SOLUTION;
    }
}
