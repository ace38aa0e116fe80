package dev.tactus.control.controller;

import dev.tactus.policies.runner.ActionChunk;

/** Turns rows of an action chunk into joint targets. Called by the control thread; allocates nothing. */
sealed interface RowTargets permits PoseTargets, JointTargets {
    /** What became of a row. */
    enum Result {
        DONE,
        BAD_ROW,
        NO_SOLUTION
    }

    /** Solves a row for joints, rad, from a seed; {@code out} is of use only if the answer is DONE. */
    Result solve(ActionChunk chunk, int row, double[] seed, double[] out);
}
