package dev.tactus.sim.handover;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.kinematics.Rotations;
import dev.tactus.policies.runner.ActionChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * One chunk as a curve in joint space, without regard to any other chunk or limit: its poses by inverse kinematics,
 * smoothed by the same two lags as the product's targets, as control points of a uniform cubic B-spline. With the control
 * points b, t, a of the ticks before, now and after, and w the one before b, tick n is
 *
 * <pre>q(s) = ((1 - s)^3 w + (3 s^3 - 6 s^2 + 4) b + (-3 s^3 + 3 s^2 + 3 s + 1) t + s^3 a) / 6,   0 &lt;= s &lt; 1</pre>
 *
 * <p>so within a chunk it is C2, and at the end of a tick it is where {@code SegmentPlanner} leads to. After the last row it
 * stays there.
 */
final class ChunkCurve {
    private static final int POSE = 9;

    /** Control points by tick, from {@link #firstTick} on, and the first lag's memory beside them. */
    private final List<double[]> points = new ArrayList<>();

    private final List<double[]> lags = new ArrayList<>();
    private final long firstTick;
    private final double periodS;
    private double[] solved;

    /** Rests at a position for ever. */
    ChunkCurve(double[] position, double periodS) {
        this.periodS = periodS;
        firstTick = 0;
        solved = position.clone();
        points.add(position.clone());
        lags.add(position.clone());
    }

    /** Goes on from where another curve's control points were before a tick, with the rows of a chunk from that tick on. */
    ChunkCurve(ChunkCurve last, long tick, ActionChunk chunk, InverseKinematics kinematics, ChunkSettings settings) {
        periodS = last.periodS;
        firstTick = tick - 2;
        solved = last.solved;
        for (long before = firstTick; before < tick; before++) {
            points.add(at(last.points, last.firstTick, before));
            lags.add(at(last.lags, last.firstTick, before));
        }
        double share = 1 - Math.exp(-periodS / settings.smoothingS());
        double[] target = solved;
        for (int row = Math.max(0, chunk.rowAt(tick)); row < chunk.rows(); row++) {
            target = solve(chunk, row, kinematics, settings, target);
            solved = row == chunk.rowAt(tick) ? target : solved; // where the next curve's solutions start from
            double[] lag = towards(lags.getLast(), target, share);
            points.add(towards(points.getLast(), lag, share));
            lags.add(lag);
        }
    }

    private static double[] solve(
            ActionChunk chunk, int row, InverseKinematics kinematics, ChunkSettings settings, double[] seed) {
        double[] pose = new double[POSE];
        for (int i = 0; i < POSE; i++) {
            pose[i] = chunk.get(row, settings.elements().get(i));
        }
        double[] rotation = new double[9];
        double[] joints = new double[seed.length];
        boolean found = Rotations.fromColumns6d(pose, 3, rotation)
                && kinematics.solve(seed, pose, rotation, joints) == InverseKinematics.Result.CONVERGED;
        return found ? joints : seed;
    }

    private static double[] towards(double[] from, double[] to, double share) {
        double[] out = new double[from.length];
        for (int joint = 0; joint < out.length; joint++) {
            out[joint] = from[joint] + share * (to[joint] - from[joint]);
        }
        return out;
    }

    private static double[] at(List<double[]> list, long first, long tick) {
        return list.get(Math.clamp(tick - first, 0, list.size() - 1));
    }

    /** Where the curve is at a time since the episode's start, s. */
    void evaluate(double seconds, JointReference out) {
        long tick = (long) Math.floor(seconds / periodS + 1e-9);
        double s = seconds / periodS - tick;
        double[] w = at(points, firstTick, tick - 2);
        double[] b = at(points, firstTick, tick - 1);
        double[] t = at(points, firstTick, tick);
        double[] a = at(points, firstTick, tick + 1);
        for (int joint = 0; joint < w.length; joint++) {
            double c1 = (t[joint] - w[joint]) / 2;
            double c2 = (w[joint] - 2 * b[joint] + t[joint]) / 2;
            double c3 = (a[joint] - w[joint]) / 6 + (b[joint] - t[joint]) / 2;
            out.position()[joint] = (w[joint] + 4 * b[joint] + t[joint]) / 6 + s * (c1 + s * (c2 + s * c3));
            out.velocity()[joint] = (c1 + s * (2 * c2 + s * 3 * c3)) / periodS;
            out.acceleration()[joint] = (2 * c2 + s * 6 * c3) / (periodS * periodS);
        }
    }
}
