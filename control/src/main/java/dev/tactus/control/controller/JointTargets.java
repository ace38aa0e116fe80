package dev.tactus.control.controller;

import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import java.util.List;

/**
 * Rows that hold joint positions. One beyond a position limit means the limit, which is counted: without that, a single
 * outlier would stay in the memory of the {@link TargetSmoother} for seconds.
 */
final class JointTargets implements RowTargets {
    private final InterventionCounters counters;
    private final int[] elements;
    private final double[] min;
    private final double[] max;

    JointTargets(List<JointConfig> joints, List<Integer> elements, InterventionCounters counters) {
        if (elements.size() != joints.size()) {
            throw new IllegalArgumentException(
                    elements.size() + " elements of joint positions; the robot has " + joints.size() + " joints");
        }
        this.counters = counters;
        this.elements = elements.stream().mapToInt(Integer::intValue).toArray();
        this.min = joints.stream()
                .map(JointConfig::limits)
                .mapToDouble(JointLimits::positionMin)
                .toArray();
        this.max = joints.stream()
                .map(JointConfig::limits)
                .mapToDouble(JointLimits::positionMax)
                .toArray();
    }

    @Override
    public Result solve(ActionChunk chunk, int row, double[] seed, double[] out) {
        for (int joint = 0; joint < elements.length; joint++) {
            double position = chunk.get(row, elements[joint]);
            if (!Double.isFinite(position)) {
                return Result.BAD_ROW;
            }
            out[joint] = Math.clamp(position, min[joint], max[joint]);
            if (out[joint] != position) {
                counters.count(Intervention.POSITION);
            }
        }
        return Result.DONE;
    }
}
