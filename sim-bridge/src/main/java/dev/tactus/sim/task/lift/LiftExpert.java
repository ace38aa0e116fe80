package dev.tactus.sim.task.lift;

import dev.tactus.sim.task.Expert;
import java.util.SplittableRandom;

/**
 * Lifts the cube down a funnel above it, by closing and rising. What it means to do follows from where tool, cube and
 * fingers are now, which a policy observes: there is no hidden phase, pace or style that an imitator would have to guess.
 * Nor does it depend on how fast the tool moves, since an imitator of that learns to go on as it goes, and stands still
 * once it stands. It commands a point some way ahead of the tool, and the goal itself once that is near; while the hand is
 * free, a slow random drift disturbs the motion, and the hand closes late or, now and then, on nothing.
 */
final class LiftExpert implements Expert {
    /** How far ahead of the tool it commands; with the controller's smoothing that makes about 0.28 m/s. */
    private static final double AHEAD_M = 0.05;

    private static final double AHEAD_RAD = 0.2;
    /** How much further that will be a tick later, as a share of it. */
    private static final double TICK_SHARE = 0.28;

    private static final double DRIFT_MEMORY = 0.85;
    private static final double DRIFT_M = 0.006;
    private static final double DRIFT_FADES_WITHIN_M = 0.06;
    private static final double LEAST_DRIFT = 0.35;

    private static final double FUNNEL_TIP_M = 0.004;
    private static final double FUNNEL_SLOPE = 4;
    private static final double FUNNEL_HEIGHT_M = 0.08;
    /** How far a wrong yaw counts as being off to the side. */
    private static final double YAW_M_PER_RAD = 0.05;

    private static final double REACH_ACROSS_M = 0.008;
    private static final double REACH_ALONG_M = 0.006;
    /** Closing fingers do not open again before the cube is this many times further out of reach. */
    private static final double CLOSING_ALLOWANCE = 2;

    /** A demonstrator's hand closes late by up to so many ticks. */
    private static final int MOST_HESITATION = 8;

    /** How likely a free hand closes for no reason, a tick, and for how many ticks at most. */
    private static final double SLIP_PROBABILITY = 0.015;

    private static final int MOST_SLIP = 4;

    private static final double CLOSING_M = 0.074;
    private static final double CLOSED_M = 0.052;
    private static final double LOST_M = 0.03;
    private static final double STILL_M = 0.0005;
    private static final double RISE_TO_M = 0.16;
    /** A tilted tool is commanded upright by and by. */
    private static final double TILT_KEPT = 0.5;

    private final LiftScene scene;
    private final SplittableRandom random;
    private final double[] drift = new double[3];
    private final double[] goal = new double[3];
    private int hesitation;
    private int slip;
    private double lastOpening;

    LiftExpert(LiftScene scene, long seed) {
        this.scene = scene;
        random = new SplittableRandom(seed);
        hesitation = random.nextInt(MOST_HESITATION + 1);
        lastOpening = scene.gripperOpening();
    }

    @Override
    public void act(float[] intended, float[] executed, float[] preview) {
        boolean close = decide();
        double distance = 0;
        for (int i = 0; i < 3; i++) {
            distance += square(goal[i] - scene.toolPosition(i));
        }
        distance = Math.sqrt(distance);
        double turn = close ? 0 : scene.graspYaw() - scene.toolYaw();
        write(intended, 1, distance, turn, close);
        write(preview, 1 + TICK_SHARE, distance, turn, close);
        System.arraycopy(intended, 0, executed, 0, intended.length);
        boolean late = close && hesitation > 0;
        disturbHand(executed, close);
        double share = close && !late ? 0 : Math.clamp(distance / DRIFT_FADES_WITHIN_M, LEAST_DRIFT, 1);
        for (int i = 0; i < 3; i++) {
            drift[i] = DRIFT_MEMORY * drift[i] + Math.sqrt(1 - square(DRIFT_MEMORY)) * DRIFT_M * random.nextGaussian();
            executed[i] += (float) (share * drift[i]);
            preview[i] += (float) (share * drift[i]);
        }
    }

    /** Closes the hand late, and now and then for a moment where there is nothing to grasp. */
    private void disturbHand(float[] executed, boolean close) {
        if (close) {
            if (hesitation > 0) {
                hesitation--;
                executed[9] = 1;
            }
        } else if (slip > 0) {
            slip--;
            executed[9] = -1;
        } else if (random.nextDouble() < SLIP_PROBABILITY) {
            slip = 1 + random.nextInt(MOST_SLIP);
        }
    }

    /** Sets the goal and says whether the fingers shall close. */
    private boolean decide() {
        double across = Math.hypot(
                scene.toolPosition(0) - scene.cubePosition(0), scene.toolPosition(1) - scene.cubePosition(1));
        double along = Math.abs(scene.toolPosition(2) - scene.cubePosition(2));
        double opening = scene.gripperOpening();
        boolean still = Math.abs(opening - lastOpening) < STILL_M;
        lastOpening = opening;
        boolean closing = opening < CLOSING_M && opening > LOST_M;
        double allowance = closing ? CLOSING_ALLOWANCE : 1;
        boolean empty = opening < LOST_M;
        boolean within = !empty && across < allowance * REACH_ACROSS_M && along < allowance * REACH_ALONG_M;
        for (int i = 0; i < 3; i++) {
            goal[i] = scene.cubePosition(i);
        }
        if (!within) {
            double off = across + YAW_M_PER_RAD * Math.abs(scene.graspYaw() - scene.toolYaw());
            goal[2] += Math.clamp(FUNNEL_SLOPE * (off - FUNNEL_TIP_M), 0, FUNNEL_HEIGHT_M);
        } else if (opening < CLOSED_M && still) {
            goal[0] = scene.toolPosition(0);
            goal[1] = scene.toolPosition(1);
            goal[2] = RISE_TO_M;
        }
        return within;
    }

    /** The action that leads as far ahead as usual, or further by a factor, but not beyond the goal. */
    private void write(float[] action, double factor, double distance, double turn, boolean close) {
        double share = Math.min(1, factor * AHEAD_M / Math.max(distance, 1e-9));
        for (int i = 0; i < 3; i++) {
            action[i] = (float) (scene.toolPosition(i) + share * (goal[i] - scene.toolPosition(i)));
        }
        double yaw = scene.toolYaw() + Math.clamp(turn, -factor * AHEAD_RAD, factor * AHEAD_RAD);
        writeRotation(action, yaw);
        action[9] = close ? -1 : 1;
    }

    /** The tool's z axis comes to point down, its x axis along the yaw; the fingers open along its y axis. */
    private void writeRotation(float[] action, double yaw) {
        double zx = TILT_KEPT * scene.toolAxis(0);
        double zy = TILT_KEPT * scene.toolAxis(1);
        double zz = -Math.sqrt(1 - zx * zx - zy * zy);
        double along = zx * Math.cos(yaw) + zy * Math.sin(yaw);
        double xx = Math.cos(yaw) - along * zx;
        double xy = Math.sin(yaw) - along * zy;
        double xz = -along * zz;
        double length = Math.sqrt(xx * xx + xy * xy + xz * xz);
        xx /= length;
        xy /= length;
        xz /= length;
        action[3] = (float) xx;
        action[4] = (float) xy;
        action[5] = (float) xz;
        action[6] = (float) (zy * xz - zz * xy);
        action[7] = (float) (zz * xx - zx * xz);
        action[8] = (float) (zx * xy - zy * xx);
    }

    private static double square(double x) {
        return x * x;
    }
}
