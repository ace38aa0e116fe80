package dev.tactus.sim.task.lift;

import dev.tactus.sim.task.Expert;
import java.util.SplittableRandom;

/**
 * Lifts the cube by hovering over it, descending, closing and rising, and starts over if the cube was lost. It moves the
 * commanded pose itself, within a speed and an acceleration, so that what it commands is smooth and can be followed. A
 * slow random drift of the commanded velocity makes demonstrations differ and shows how to come back; it is part of the
 * command, and so of what is recorded.
 */
final class LiftExpert implements Expert {
    private static final double PERIOD_S = 0.05;
    private static final double ACCELERATION_M_S2 = 1.0;
    private static final double TURN_RATE_RAD_S = 1.2;
    private static final double TURN_ACCELERATION_RAD_S2 = 4.0;
    private static final double DRIFT_MEMORY = 0.8;
    private static final double DRIFT_M_S = 0.03;
    private static final double HOVER_TOLERANCE_M = 0.006;
    private static final double YAW_TOLERANCE_RAD = 0.06;
    private static final double GRASP_TOLERANCE_M = 0.004;
    private static final double LOST_OPENING_M = 0.02;
    private static final int CLOSING_TICKS = 6;

    private enum Phase {
        HOVER,
        DESCEND,
        CLOSE,
        RISE
    }

    private final LiftScene scene;
    private final SplittableRandom random;
    private final double speed;
    private final double hoverHeight;
    private final double riseHeight;

    private final double[] commanded = new double[3];
    private final double[] velocity = new double[3];
    private final double[] drift = new double[3];
    private final double[] goal = new double[3];
    private double yaw;
    private double yawRate;
    private Phase phase = Phase.HOVER;
    private int phaseTicks;

    LiftExpert(LiftScene scene, long seed) {
        this.scene = scene;
        random = new SplittableRandom(seed);
        speed = random.nextDouble(0.22, 0.34);
        hoverHeight = random.nextDouble(0.05, 0.09);
        riseHeight = random.nextDouble(0.12, 0.18);
        for (int i = 0; i < 3; i++) {
            commanded[i] = scene.toolPosition(i);
        }
        yaw = scene.toolYaw();
    }

    @Override
    public void act(float[] action) {
        advancePhase();
        setGoal();
        moveTowardGoal();
        turnToward(phase == Phase.HOVER ? scene.graspYaw() : yaw);
        for (int i = 0; i < 3; i++) {
            action[i] = (float) commanded[i];
        }
        // The tool's z axis points down, its x axis along the yaw; the fingers open along its y axis.
        action[3] = (float) Math.cos(yaw);
        action[4] = (float) Math.sin(yaw);
        action[5] = 0;
        action[6] = (float) Math.sin(yaw);
        action[7] = (float) -Math.cos(yaw);
        action[8] = 0;
        action[9] = phase == Phase.CLOSE || phase == Phase.RISE ? -1 : 1;
    }

    private void advancePhase() {
        phaseTicks++;
        double across = Math.hypot(
                scene.toolPosition(0) - scene.cubePosition(0), scene.toolPosition(1) - scene.cubePosition(1));
        switch (phase) {
            case HOVER -> {
                boolean turned = Math.abs(scene.graspYaw() - scene.toolYaw()) < YAW_TOLERANCE_RAD;
                if (across < HOVER_TOLERANCE_M && turned) {
                    enter(Phase.DESCEND);
                }
            }
            case DESCEND -> {
                if (Math.abs(scene.toolPosition(2) - scene.cubePosition(2)) < GRASP_TOLERANCE_M) {
                    enter(Phase.CLOSE);
                }
            }
            case CLOSE -> {
                if (phaseTicks >= CLOSING_TICKS) {
                    enter(Phase.RISE);
                }
            }
            case RISE -> {
                if (scene.gripperOpening() < LOST_OPENING_M) {
                    enter(Phase.HOVER);
                }
            }
        }
    }

    private void enter(Phase next) {
        phase = next;
        phaseTicks = 0;
    }

    private void setGoal() {
        if (phase == Phase.CLOSE) {
            System.arraycopy(commanded, 0, goal, 0, 3);
            return;
        }
        if (phase == Phase.RISE) {
            goal[0] = commanded[0];
            goal[1] = commanded[1];
            goal[2] = riseHeight;
            return;
        }
        for (int i = 0; i < 3; i++) {
            goal[i] = scene.cubePosition(i);
        }
        if (phase == Phase.HOVER) {
            goal[2] += hoverHeight;
        }
    }

    private void moveTowardGoal() {
        double dx = goal[0] - commanded[0];
        double dy = goal[1] - commanded[1];
        double dz = goal[2] - commanded[2];
        double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double fast = brakingSpeed(distance, speed, ACCELERATION_M_S2);
        double perMetre = distance > 0 ? fast / distance : 0;
        double driftScale = phase == Phase.HOVER ? Math.min(1, distance / 0.05) : 0;
        double[] wanted = {dx * perMetre, dy * perMetre, dz * perMetre};
        double change = 0;
        for (int i = 0; i < 3; i++) {
            drift[i] = DRIFT_MEMORY * drift[i] + Math.sqrt(1 - DRIFT_MEMORY * DRIFT_MEMORY) * DRIFT_M_S * gaussian();
            wanted[i] += driftScale * drift[i] - velocity[i];
            change += wanted[i] * wanted[i];
        }
        double limit = ACCELERATION_M_S2 * PERIOD_S / Math.max(Math.sqrt(change), 1e-12);
        for (int i = 0; i < 3; i++) {
            velocity[i] += wanted[i] * Math.min(1, limit);
            commanded[i] += velocity[i] * PERIOD_S;
        }
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
        double brake = Math.sqrt(2 * 0.7 * deceleration * distance);
        return Math.min(most, Math.min(brake, 0.5 * distance / PERIOD_S));
    }

    private double gaussian() {
        return random.nextGaussian();
    }
}
