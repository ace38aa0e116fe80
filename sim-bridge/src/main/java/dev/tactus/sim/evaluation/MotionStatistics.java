package dev.tactus.sim.evaluation;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.runner.ActionChunk;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How smoothly an arm was led: the jerk of the joint references that were issued, the length of their path, and how far
 * the chunks of a policy disagree where one takes over from another ({@link HandOverStep}).
 *
 * <p>Jerk is six times the third divided difference of the issued positions over four control cycles, so it sees steps
 * of the reference's acceleration as what they are at the control rate, and cycles need not be equally long. Every joint
 * of every cycle counts as one value. Control thread; {@link #cycle} allocates nothing.
 */
public final class MotionStatistics {
    private static final int POINTS = 4;
    private static final double PER_UNIT = 1e3; // the histogram counts mrad/s3
    private static final long GREATEST = 1_000_000_000_000_000L;
    private static final int DIGITS = 3;

    private final int joints;
    private final long[] timesNs = new long[POINTS];
    private final double[][] positions;
    private final Histogram jerk = new Histogram(GREATEST, DIGITS);
    private final List<HandOverStep> handOvers = new ArrayList<>();
    private final ActionChunk before;
    private int points;
    private double squares;
    private double path;
    private int episodes;
    private long handOverCount;
    private long lastStampNs;

    /**
     * Makes statistics of nothing.
     *
     * @param joints joints of the arm
     * @param terms what a chunk's rows consist of
     * @param chunkRows the most rows of a chunk
     */
    public MotionStatistics(int joints, List<ActionTerm> terms, int chunkRows) {
        this.joints = joints;
        positions = new double[POINTS][joints];
        int element = 0;
        for (ActionTerm term : terms) {
            handOvers.add(new HandOverStep(term, element));
            element += term.size();
        }
        before = new ActionChunk(chunkRows, element);
    }

    /**
     * Begins an episode: nothing of the one before is compared with it.
     *
     * @param chunk the chunk that lies there from the episode before; it is not looked at again
     */
    public void begin(ActionChunk chunk) {
        points = 0;
        episodes++;
        before.begin(0, 0, 0, 0);
        lastStampNs = chunk.observationStampNs();
    }

    /**
     * Takes down a control cycle.
     *
     * @param nowNs time of the cycle, ns, later than the last call's of the episode
     * @param reference what was issued in it
     * @param chunk the newest chunk that control has
     * @param tick the policy tick from which on control follows that chunk, if it is new
     */
    public void cycle(long nowNs, JointReference reference, ActionChunk chunk, long tick) {
        keep(nowNs, reference.position());
        if (points == POINTS) {
            for (int joint = 0; joint < joints; joint++) {
                double value = thirdDerivative(joint);
                squares += value * value;
                jerk.recordValue((long) Math.min(Math.abs(value) * PER_UNIT, GREATEST));
            }
        }
        if (chunk.rows() > 0 && chunk.observationStampNs() != lastStampNs) {
            handOver(chunk, tick);
        }
    }

    private void keep(long nowNs, double[] position) {
        if (points == POINTS) {
            double[] oldest = positions[0];
            for (int i = 1; i < POINTS; i++) {
                positions[i - 1] = positions[i];
                timesNs[i - 1] = timesNs[i];
            }
            positions[POINTS - 1] = oldest;
            points--;
        }
        System.arraycopy(position, 0, positions[points], 0, joints);
        timesNs[points] = nowNs;
        if (points > 0) {
            double sum = 0;
            for (int joint = 0; joint < joints; joint++) {
                double step = position[joint] - positions[points - 1][joint];
                sum += step * step;
            }
            path += Math.sqrt(sum);
        }
        points++;
    }

    /** Six times Newton's third divided difference. */
    private double thirdDerivative(int joint) {
        double first = slope(joint, 0);
        double second = slope(joint, 1);
        double third = slope(joint, 2);
        double early = (second - first) / seconds(0, 2);
        double late = (third - second) / seconds(1, 3);
        return 6 * (late - early) / seconds(0, 3);
    }

    private double slope(int joint, int from) {
        return (positions[from + 1][joint] - positions[from][joint]) / seconds(from, from + 1);
    }

    private double seconds(int from, int to) {
        return (timesNs[to] - timesNs[from]) * 1e-9;
    }

    private void handOver(ActionChunk chunk, long tick) {
        lastStampNs = chunk.observationStampNs();
        int oldRow = before.rowAt(tick);
        int newRow = chunk.rowAt(tick);
        if (oldRow >= 0 && oldRow < before.rows() && newRow >= 0 && newRow < chunk.rows()) {
            handOverCount++;
            for (int i = 0; i < handOvers.size(); i++) {
                handOvers.get(i).add(before, oldRow, chunk, newRow);
            }
        }
        before.copyFrom(chunk);
    }

    /**
     * Jerk over all joints and cycles, root mean square.
     *
     * @return rad/s3; NaN before the fourth cycle
     */
    public double jerkRms() {
        return Math.sqrt(squares / jerk.getTotalCount());
    }

    /**
     * A percentile of the jerk's magnitude over all joints and cycles.
     *
     * @param percentile 0 to 100
     * @return rad/s3, to three digits; NaN before the fourth cycle
     */
    public double jerkAt(double percentile) {
        return jerk.getTotalCount() == 0 ? Double.NaN : jerk.getValueAtPercentile(percentile) / PER_UNIT;
    }

    /**
     * Length of the way that the issued references went in joint space, by the Euclidean norm over the joints.
     *
     * @return rad, mean of the episodes
     */
    public double jointPathPerEpisode() {
        return path / episodes;
    }

    /**
     * Chunks that took over from another that still had a row for the tick.
     *
     * @return the number
     */
    public long handOverCount() {
        return handOverCount;
    }

    /**
     * The steps at these hand-overs, one element a term of the action.
     *
     * @return live figures, in the action's order
     */
    public List<HandOverStep> handOvers() {
        return List.copyOf(handOvers);
    }
}
