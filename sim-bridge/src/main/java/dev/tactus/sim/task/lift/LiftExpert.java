package dev.tactus.sim.task.lift;

import dev.tactus.sim.task.Expert;
import java.util.SplittableRandom;

/**
 * Lifts the cube down a funnel above it, by closing and rising. What it means to do follows from what a policy can
 * observe: where tool, cube and fingers are and how fast they move. There is no hidden phase, pace or style, because an
 * imitator would have to guess it. It moves the commanded pose itself, within a speed and an acceleration, so that what it
 * commands can be followed; while the hand is free, a slow random drift disturbs the motion.
 */
final class LiftExpert implements Expert {
    private static final double PERIOD_S = 0.05;
    private static final double SPEED_M_S = 0.28;
    private static final double ACCELERATION_M_S2 = 1.2;
    private static final double TURN_RATE_RAD_S = 1.2;
    private static final double TURN_ACCELERATION_RAD_S2 = 4.0;
    /** Most of a braking manoeuvre's limit that is planned with. */
    private static final double BRAKING_SHARE = 0.5;

    private static final double DRIFT_MEMORY = 0.8;
    private static final double DRIFT_M_S = 0.03;
    private static final double DRIFT_FADES_WITHIN_M = 0.04;

    private static final double FUNNEL_TIP_M = 0.004;
    private static final double FUNNEL_SLOPE = 4;
    private static final double FUNNEL_HEIGHT_M = 0.08;
    /** How far a wrong yaw counts as being off to the side. */
    private static final double YAW_M_PER_RAD = 0.05;

    private static final double REACH_ACROSS_M = 0.008;
    private static final double REACH_ALONG_M = 0.006;
    private static final double CLOSING_M = 0.074;
    private static final double CLOSED_M = 0.043;
    private static final double LOST_M = 0.03;
    private static final double STILL_M = 0.0005;
    private static final double RISE_TO_M = 0.16;
    private static final double TILT_MEMORY = 0.85;

    private final LiftScene scene;
    private final SplittableRandom random;
    private final double[] commanded = new double[3];
    private final double[] velocity = new double[3];
    private final double[] drift = new double[3];
    private final double[] goal = new double[3];
    private final double[] tilt = new double[2];
    private double yaw;
    private double yawRate;
    private double lastOpening;

    LiftExpert(LiftScene scene, long seed) {
        this.scene = scene;
        random = new SplittableRandom(seed);
        for (int i = 0; i < 3; i++) {
            commanded[i] = scene.toolPosition(i);
        }
        tilt[0] = scene.toolAxis(0);
        tilt[1] = scene.toolAxis(1);
        yaw = scene.toolYaw();
        lastOpening = scene.gripperOpening();
    }

    @Override
    public void act(float[] intended, float[] executed) {
        boolean close = decide();
        double distance = move();
        if (!close) {
            turnToward(scene.graspYaw());
        }
        writeRotation(intended);
        intended[9] = close ? -1 : 1;
        System.arraycopy(intended, 0, executed, 0, intended.length);
        double share = close ? 0 : Math.min(1, distance / DRIFT_FADES_WITHIN_M);
        for (int i = 0; i < 3; i++) {
            intended[i] = (float) (commanded[i] + velocity[i] * PERIOD_S);
            drift[i] = DRIFT_MEMORY * drift[i]
                    + Math.sqrt(1 - DRIFT_MEMORY * DRIFT_MEMORY) * DRIFT_M_S * random.nextGaussian();
            double moved = (velocity[i] + share * (1 - DRIFT_MEMORY) * drift[i]) * PERIOD_S;
            velocity[i] = moved / PERIOD_S;
            commanded[i] += moved;
            executed[i] = (float) commanded[i];
        }
    }

    /** Sets the goal and says whether the fingers shall close. */
    private boolean decide() {
        double dx = scene.toolPosition(0) - scene.cubePosition(0);
        double dy = scene.toolPosition(1) - scene.cubePosition(1);
        double dz = scene.toolPosition(2) - scene.cubePosition(2);
        double across = Math.hypot(dx, dy);
        double opening = scene.gripperOpening();
        boolean still = Math.abs(opening - lastOpening) < STILL_M;
        lastOpening = opening;
        boolean closing = opening < CLOSING_M && opening > LOST_M;
        boolean within = across < REACH_ACROSS_M && Math.abs(dz) < (closing ? 2 : 1) * REACH_ALONG_M;
        for (int i = 0; i < 3; i++) {
            goal[i] = scene.cubePosition(i);
        }
        if (!within) {
            double off = across + YAW_M_PER_RAD * Math.abs(scene.graspYaw() - scene.toolYaw());
            goal[2] += Math.clamp(FUNNEL_SLOPE * (off - FUNNEL_TIP_M), 0, FUNNEL_HEIGHT_M);
            return false;
        }
        System.arraycopy(commanded, 0, goal, 0, 3);
        if (opening < CLOSED_M && still) {
            goal[2] = RISE_TO_M;
        }
        return true;
    }

    /** Sets the velocity with which to move on toward the goal; answers how far it is. */
    private double move() {
        double distance = 0;
        for (int i = 0; i < 3; i++) {
            distance += (goal[i] - commanded[i]) * (goal[i] - commanded[i]);
        }
        distance = Math.sqrt(distance);
        double perMetre = distance > 0 ? brakingSpeed(distance, SPEED_M_S, ACCELERATION_M_S2) / distance : 0;
        double change = 0;
        for (int i = 0; i < 3; i++) {
            double difference = (goal[i] - commanded[i]) * perMetre - velocity[i];
            change += difference * difference;
        }
        double share = Math.min(1, ACCELERATION_M_S2 * PERIOD_S / Math.max(Math.sqrt(change), 1e-12));
        for (int i = 0; i < 3; i++) {
            velocity[i] += share * ((goal[i] - commanded[i]) * perMetre - velocity[i]);
        }
        return distance;
    }

    private void turnToward(double wantedYaw) {
        double error = wantedYaw - yaw;
        double wanted = Math.signum(error) * brakingSpeed(Math.abs(error), TURN_RATE_RAD_S, TURN_ACCELERATION_RAD_S2);
        double step = TURN_ACCELERATION_RAD_S2 * PERIOD_S;
        yawRate += Math.clamp(wanted - yawRate, -step, step);
        yaw += yawRate * PERIOD_S;
    }

    /** The speed from which a stop within {@code distance} is possible, and which does not overrun it in one tick. */
    private static double brakingSpeed(double distance, double most, double deceleration) {
        double brake = Math.sqrt(2 * BRAKING_SHARE * deceleration * distance);
        return Math.min(most, Math.min(brake, 0.4 * distance / PERIOD_S));
    }

    /** The tool's z axis points down, its x axis along the yaw; the fingers open along its y axis. */
    private void writeRotation(float[] action) {
        tilt[0] *= TILT_MEMORY;
        tilt[1] *= TILT_MEMORY;
        double zx = tilt[0];
        double zy = tilt[1];
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
}
