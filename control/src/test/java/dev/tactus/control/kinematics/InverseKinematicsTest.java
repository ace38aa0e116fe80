package dev.tactus.control.kinematics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.kinematics.InverseKinematics.Result;
import dev.tactus.control.kinematics.InverseKinematics.Settings;
import dev.tactus.control.model.JointLimits;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InverseKinematicsTest {
    private final ForwardKinematics check = Fr3.kinematics();
    private final double[] position = new double[3];
    private final double[] rotation = new double[9];

    @Test
    void posesNearTheSeedAreReachedInOneCall() {
        SplittableRandom random = new SplittableRandom(1);
        InverseKinematics inverse = solver();
        int reached = 0;
        double[] out = new double[7];
        for (int n = 0; n < 1000; n++) {
            double[] seed = Fr3.random(random, 0.8);
            double[] other = seed.clone();
            for (int i = 0; i < 7; i++) {
                other[i] += 0.1 * (2 * random.nextDouble() - 1);
            }
            target(other);
            if (inverse.solve(seed, position, rotation, out) == Result.CONVERGED) {
                reached++;
                assertReached(out);
            }
            assertWithinLimits(out);
        }
        // near a singular pose six damped steps need not be enough
        assertTrue(reached >= 980, reached + " of 1000");
    }

    @Test
    void posesOverTheTableAreReachedFromHomeAlongAPath() {
        SplittableRandom random = new SplittableRandom(2);
        InverseKinematics inverse = solver();
        double[] start = new double[3];
        double[] turn = new double[9];
        target(Fr3.ROBOT.home());
        start = position.clone();
        for (int n = 0; n < 200; n++) {
            double[] end = {
                0.5 + 0.3 * (random.nextDouble() - 0.5), 0.5 * (random.nextDouble() - 0.5), 0.3 * random.nextDouble()
            };
            double yaw = 1.5 * (random.nextDouble() - 0.5);
            double[] q = Fr3.ROBOT.home();
            Result result = Result.NOT_CONVERGED;
            for (int step = 1; step <= 40; step++) {
                double s = step / 40.0;
                for (int k = 0; k < 3; k++) {
                    position[k] = start[k] + s * (end[k] - start[k]);
                }
                down(s * yaw, turn);
                result = inverse.solve(q, position, turn, q);
                assertWithinLimits(q);
            }
            assertEquals(Result.CONVERGED, result, "residual " + inverse.positionResidual());
            check.update(q);
            for (int k = 0; k < 3; k++) {
                assertEquals(end[k], check.position(k), 1.01e-4);
            }
        }
    }

    @Test
    void poseOutOfReachIsApproachedWithinTheLimits() {
        InverseKinematics inverse = solver();
        target(Fr3.ROBOT.home());
        position[0] = 1.5;
        double[] q = Fr3.ROBOT.home();
        for (int n = 0; n < 50; n++) {
            assertEquals(Result.NOT_CONVERGED, inverse.solve(q, position, rotation, q));
            assertWithinLimits(q);
        }
        assertTrue(inverse.positionResidual() < 1.5 - 0.477, "it came nearer");
    }

    @Test
    void jointOnItsLimitLeavesTheWorkToTheOthers() {
        SplittableRandom random = new SplittableRandom(3);
        InverseKinematics inverse = solver();
        double[] out = new double[7];
        int reached = 0;
        int onLimit = 0;
        for (int n = 0; n < 1000; n++) {
            double[] seed = Fr3.random(random, 0.8);
            int joint = random.nextInt(7);
            JointLimits limits = Fr3.ROBOT.joints().get(joint).limits();
            seed[joint] = random.nextBoolean() ? limits.positionMin() : limits.positionMax();
            double[] other = seed.clone();
            for (int i = 0; i < 7; i++) {
                other[i] += i == joint ? 0 : 0.1 * (2 * random.nextDouble() - 1);
            }
            target(other);
            reached += inverse.solve(seed, position, rotation, out) == Result.CONVERGED ? 1 : 0;
            onLimit += out[joint] == seed[joint] ? 1 : 0;
            assertWithinLimits(out);
        }
        assertTrue(reached >= 950, reached + " of 1000");
        assertTrue(onLimit >= 100, "the limit mattered in " + onLimit + " of 1000");
    }

    @Test
    void freedomThatThePoseLeavesDrawsTheArmHome() {
        double[] q = Fr3.ROBOT.home();
        target(q);
        InverseKinematics inverse = new InverseKinematics(Fr3.kinematics(), Fr3.ROBOT, Settings.DEFAULT);
        // the elbow turned aside, with the pose kept
        q[0] += 0.3;
        q[2] -= 0.4;
        for (int n = 0; n < 200; n++) {
            inverse.solve(q, position, rotation, q);
        }
        assertArrayEquals(Fr3.ROBOT.home(), q, 0.01);
    }

    @Test
    void elbowTurnsWhileThePoseIsHeld() {
        double[] home = Fr3.ROBOT.home();
        double[] q = home.clone();
        target(home);
        InverseKinematics inverse = solver();
        q[0] += 0.3;
        q[2] -= 0.4;
        for (int n = 0; n < 5; n++) {
            inverse.solve(q, position, rotation, q);
        }
        double[] held = q.clone();
        for (int n = 0; n < 100; n++) {
            assertEquals(Result.CONVERGED, inverse.solve(q, position, rotation, q));
            assertReached(q);
        }
        double moved = 0;
        for (int i = 0; i < 7; i++) {
            moved = Math.max(moved, Math.abs(q[i] - held[i]));
            assertTrue(Math.abs(q[i] - home[i]) <= Math.abs(held[i] - home[i]) + 0.01, "joint " + (i + 1));
        }
        assertTrue(moved > 0.1, "moved by " + moved + " rad");
    }

    @Test
    void numbersThatAreNotFiniteLeaveTheSeed() {
        InverseKinematics inverse = solver();
        double[] out = new double[7];
        target(Fr3.ROBOT.home());
        position[1] = Double.NaN;
        assertEquals(Result.NOT_FINITE, inverse.solve(Fr3.ROBOT.home(), position, rotation, out));
        assertArrayEquals(Fr3.ROBOT.home(), out);
    }

    private static InverseKinematics solver() {
        return new InverseKinematics(Fr3.kinematics(), Fr3.ROBOT, Settings.DEFAULT);
    }

    private void target(double[] q) {
        check.update(q);
        check.copyPosition(position, 0);
        check.copyRotation(rotation);
    }

    /** The hand pointing down, turned about the vertical. */
    private static void down(double yaw, double[] out) {
        double c = Math.cos(yaw);
        double s = Math.sin(yaw);
        double[] r = {c, s, 0, s, -c, 0, 0, 0, -1};
        System.arraycopy(r, 0, out, 0, 9);
    }

    private void assertReached(double[] q) {
        check.update(q);
        double[] reached = new double[9];
        double[] turn = new double[3];
        check.copyRotation(reached);
        Rotations.error(rotation, reached, turn, 0);
        for (int k = 0; k < 3; k++) {
            assertEquals(position[k], check.position(k), 1.01e-4);
            assertEquals(0, turn[k], 1.01e-3);
        }
    }

    private static void assertWithinLimits(double[] q) {
        for (int i = 0; i < 7; i++) {
            JointLimits limits = Fr3.ROBOT.joints().get(i).limits();
            assertTrue(q[i] >= limits.positionMin() && q[i] <= limits.positionMax(), "joint " + (i + 1) + " " + q[i]);
        }
    }
}
