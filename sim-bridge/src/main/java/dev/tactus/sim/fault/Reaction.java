package dev.tactus.sim.fault;

import dev.tactus.control.loop.CycleStatus;
import java.util.List;

/**
 * What one injection led to. Times in ms of the run's clock after the injection; NaN where it did not come to that.
 *
 * @param reaction the first status beside OK, or OK if there was none
 * @param reactionMs when it came
 * @param restMs when what was issued had come to rest, if the robot stopped
 * @param recoveredMs when the robot followed its policy again, if it had stopped
 * @param success whether the task was done in the end
 * @param latched whether the e-stop was latched at the end
 * @param violations issued states outside the viable set
 * @param faults the first of them in words
 * @param measuredOutside how often a measured position or velocity left its limits
 * @param speedShare the greatest measured speed of a joint, as a share of its limit
 * @param torqueShare the greatest torque that was commanded, as a share of its limit
 */
record Reaction(
        CycleStatus reaction,
        double reactionMs,
        double restMs,
        double recoveredMs,
        boolean success,
        boolean latched,
        long violations,
        List<String> faults,
        long measuredOutside,
        double speedShare,
        double torqueShare) {}
