package dev.tactus.control.kinematics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForwardKinematicsTest {
    /** Craig's parameters that the maker publishes: a, d, alpha of joints 1 to 7 and of the flange. */
    private static final double[] A = {0, 0, 0, 0.0825, -0.0825, 0, 0.088, 0};

    private static final double[] D = {0.333, 0, 0.316, 0, 0.384, 0, 0, 0.107};
    private static final double[] ALPHA = {
        0, -Math.PI / 2, Math.PI / 2, Math.PI / 2, -Math.PI / 2, Math.PI / 2, Math.PI / 2, 0
    };

    @Test
    void poseIsThatOfThePublishedParameterTable() {
        SplittableRandom random = new SplittableRandom(1);
        ForwardKinematics kinematics = Fr3.kinematics();
        for (int n = 0; n < 1000; n++) {
            double[] q = Fr3.random(random, 1);
            kinematics.update(q);
            double[][] expected = byTable(q);
            for (int row = 0; row < 3; row++) {
                assertEquals(expected[row][3], kinematics.position(row), 1e-12);
                for (int column = 0; column < 3; column++) {
                    assertEquals(expected[row][column], kinematics.rotation(3 * row + column), 1e-12);
                }
            }
        }
    }

    @Test
    void homePointsStraightDownWithTheFingersAlongTheBasesY() {
        ForwardKinematics kinematics = Fr3.kinematics();
        kinematics.update(Fr3.ROBOT.home());
        double[] position = new double[3];
        double[] rotation = new double[9];
        kinematics.copyPosition(position, 0);
        kinematics.copyRotation(rotation);
        assertArrayEquals(new double[] {0.4770, 0, 0.3837}, position, 5e-5);
        assertArrayEquals(new double[] {1, 0, 0, 0, -1, 0, 0, 0, -1}, rotation, 1e-9);
    }

    @Test
    void jacobianIsTheDerivativeOfThePose() {
        SplittableRandom random = new SplittableRandom(2);
        ForwardKinematics kinematics = Fr3.kinematics();
        double h = 1e-6;
        double[] jacobian = new double[42];
        double[] before = new double[9];
        double[] after = new double[9];
        double[] turn = new double[3];
        for (int n = 0; n < 100; n++) {
            double[] q = Fr3.random(random, 1);
            kinematics.update(q);
            kinematics.copyJacobian(jacobian);
            for (int joint = 0; joint < 7; joint++) {
                double[] low = q.clone();
                double[] high = q.clone();
                low[joint] -= h;
                high[joint] += h;
                kinematics.update(low);
                kinematics.copyRotation(before);
                double[] from = {kinematics.position(0), kinematics.position(1), kinematics.position(2)};
                kinematics.update(high);
                kinematics.copyRotation(after);
                Rotations.error(after, before, turn, 0);
                for (int k = 0; k < 3; k++) {
                    assertEquals((kinematics.position(k) - from[k]) / (2 * h), jacobian[7 * k + joint], 1e-8);
                    assertEquals(turn[k] / (2 * h), jacobian[7 * (3 + k) + joint], 1e-8);
                }
            }
        }
    }

    @Test
    void slidingJointMovesTheTipAlongItsAxis() {
        List<String> finger = List.of("fr3_finger_joint2");
        ForwardKinematics kinematics = new ForwardKinematics(Fr3.TREE, finger, "fr3_hand", "fr3_rightfinger");
        kinematics.update(new double[] {0.03});
        assertEquals(-0.03, kinematics.position(1), 1e-15);
        assertEquals(0.0584, kinematics.position(2), 1e-15);
        assertEquals(-1, kinematics.jacobian(1, 0));
        assertEquals(0, kinematics.jacobian(5, 0));
    }

    @Test
    void jointOrderIsTheCallers() {
        List<String> reversed = Fr3.ROBOT.jointNames().reversed();
        ForwardKinematics kinematics = new ForwardKinematics(Fr3.TREE, reversed, "fr3_link0", "fr3_hand_tcp");
        ForwardKinematics usual = Fr3.kinematics();
        double[] q = Fr3.random(new SplittableRandom(3), 1);
        double[] backwards = {q[6], q[5], q[4], q[3], q[2], q[1], q[0]};
        usual.update(q);
        kinematics.update(backwards);
        for (int row = 0; row < 6; row++) {
            for (int joint = 0; joint < 7; joint++) {
                assertEquals(usual.jacobian(row, joint), kinematics.jacobian(row, 6 - joint));
            }
        }
    }

    @Test
    void chainThatDoesNotExistIsRefused() {
        List<String> all = Fr3.ROBOT.jointNames();
        assertTrue(message(all, "fr3_link0", "tool").contains("no link 'tool'"));
        assertTrue(message(all, "fr3_leftfinger", "fr3_hand_tcp").contains("does not hang on 'fr3_leftfinger'"));
        assertTrue(message(all.subList(0, 6), "fr3_link0", "fr3_hand_tcp").contains("Name exactly those that move"));
    }

    private static String message(List<String> joints, String base, String tip) {
        return assertThrows(BadInputException.class, () -> new ForwardKinematics(Fr3.TREE, joints, base, tip))
                .getMessage();
    }

    private static double[][] byTable(double[] q) {
        double[][] t = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        for (int i = 0; i < 8; i++) {
            t = product(t, craig(A[i], D[i], ALPHA[i], i < 7 ? q[i] : 0));
        }
        return product(t, craig(0, 0.1034, 0, -Math.PI / 4));
    }

    /** Craig, Introduction to Robotics, equation 3.6. */
    private static double[][] craig(double a, double d, double alpha, double theta) {
        double ct = Math.cos(theta);
        double st = Math.sin(theta);
        double ca = Math.cos(alpha);
        double sa = Math.sin(alpha);
        return new double[][] {
            {ct, -st, 0, a}, {st * ca, ct * ca, -sa, -sa * d}, {st * sa, ct * sa, ca, ca * d}, {0, 0, 0, 1}
        };
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] out = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 4; k++) {
                    out[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return out;
    }
}
