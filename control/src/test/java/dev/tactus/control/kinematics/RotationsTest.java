package dev.tactus.control.kinematics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RotationsTest {
    private final RandomGenerator random = new SplittableRandom(7);

    @Test
    void sixNumbersAreTheXColumnThenTheYColumn() {
        double[] columns = new double[8];
        // a quarter turn about z: x axis to y, y axis to -x
        Rotations.toColumns6d(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, columns, 1);
        assertArrayEquals(new double[] {0, 0, 1, 0, -1, 0, 0, 0}, columns);
    }

    @Test
    void columnsThatAreNeitherUnitNorPerpendicularGiveARotation() {
        for (int n = 0; n < 1000; n++) {
            double[] columns = random.doubles(6, -3, 3).toArray();
            double[] r = new double[9];
            assertTrue(Rotations.fromColumns6d(columns, 0, r));
            assertRotation(r);
            double length = Math.sqrt(columns[0] * columns[0] + columns[1] * columns[1] + columns[2] * columns[2]);
            assertEquals(columns[0] / length, r[0], 1e-12);
            // the second column stays in the plane of both, on the given side
            double side = columns[3] * r[1] + columns[4] * r[4] + columns[5] * r[7];
            double out = columns[3] * r[2] + columns[4] * r[5] + columns[5] * r[8];
            assertTrue(side > 0);
            assertEquals(0, out, 1e-12);
        }
    }

    @Test
    void columnsThatDefineNoRotationAreReportedAndLeaveTheResult() {
        double[][] degenerate = {
            {0, 0, 0, 0, 1, 0},
            {1, 0, 0, 0, 0, 0},
            {1, 0, 0, 2, 0, 0},
            {1, 0, 0, -1, 1e-9, 0},
            {Double.NaN, 0, 0, 0, 1, 0},
            {1, 0, 0, 0, Double.NaN, 0},
            {1, 0, 0, Double.POSITIVE_INFINITY, 1, 0}
        };
        for (double[] columns : degenerate) {
            double[] r = {9, 9, 9, 9, 9, 9, 9, 9, 9};
            assertFalse(Rotations.fromColumns6d(columns, 0, r));
            assertArrayEquals(new double[] {9, 9, 9, 9, 9, 9, 9, 9, 9}, r);
        }
    }

    @Test
    void columnsThereAndBackGiveTheSameRotation() {
        for (int n = 0; n < 1000; n++) {
            double[] r = randomRotation(Math.PI);
            double[] columns = new double[6];
            double[] back = new double[9];
            Rotations.toColumns6d(r, columns, 0);
            assertTrue(Rotations.fromColumns6d(columns, 0, back));
            assertArrayEquals(r, back, 1e-14);
        }
    }

    @Test
    void quaternionsThereAndBackGiveTheSameRotationInBothOrders() {
        for (int n = 0; n < 1000; n++) {
            double[] r = randomRotation(Math.PI);
            double[] wxyz = new double[4];
            double[] xyzw = new double[4];
            double[] back = new double[9];
            Rotations.toQuaternionWxyz(r, wxyz, 0);
            Rotations.toQuaternionXyzw(r, xyzw, 0);
            assertArrayEquals(new double[] {wxyz[1], wxyz[2], wxyz[3], wxyz[0]}, xyzw);
            assertTrue(wxyz[0] >= 0);
            assertTrue(Rotations.fromQuaternionWxyz(wxyz, 0, back));
            assertArrayEquals(r, back, 1e-14);
            assertTrue(Rotations.fromQuaternionXyzw(xyzw, 0, back));
            assertArrayEquals(r, back, 1e-14);
        }
        assertFalse(Rotations.fromQuaternion(0, 0, 0, 0, new double[9]));
        assertFalse(Rotations.fromQuaternion(Double.NaN, 0, 0, 0, new double[9]));
    }

    @Test
    void errorIsTheRotationVectorThatLeadsToTheTarget() {
        double[] scales = {1e-12, 1e-6, 1e-3, 1, Math.PI - 1e-7};
        for (double scale : scales) {
            for (int n = 0; n < 200; n++) {
                double[] current = randomRotation(Math.PI);
                double[] v = direction();
                double[] turn = new double[9];
                Rotations.fromRotationVector(scale * v[0], scale * v[1], scale * v[2], turn);
                double[] error = new double[3];
                Rotations.error(product(turn, current), current, error, 0);
                for (int k = 0; k < 3; k++) {
                    // rounding of the matrices, some 1e-16, is all that the error may add
                    assertEquals(scale * v[k], error[k], 1e-14 + 1e-8 * scale * (scale > 3 ? 1 : 1e-4));
                }
            }
        }
    }

    @Test
    void halfTurnHasAnErrorOfPi() {
        double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] error = new double[3];
        Rotations.error(new double[] {1, 0, 0, 0, -1, 0, 0, 0, -1}, identity, error, 0);
        assertEquals(Math.PI, Math.abs(error[0]), 1e-15);
        Rotations.error(identity, identity, error, 0);
        assertArrayEquals(new double[3], error);
    }

    private double[] randomRotation(double most) {
        double[] v = direction();
        double angle = most * random.nextDouble();
        double[] r = new double[9];
        Rotations.fromRotationVector(angle * v[0], angle * v[1], angle * v[2], r);
        return r;
    }

    private double[] direction() {
        double[] v = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return new double[] {v[0] / length, v[1] / length, v[2] / length};
    }

    private static double[] product(double[] a, double[] b) {
        double[] out = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                out[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
            }
        }
        return out;
    }

    private static void assertRotation(double[] r) {
        double[] transposed = {r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]};
        assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, product(transposed, r), 1e-12);
        double determinant = r[0] * (r[4] * r[8] - r[5] * r[7])
                - r[1] * (r[3] * r[8] - r[5] * r[6])
                + r[2] * (r[3] * r[7] - r[4] * r[6]);
        assertEquals(1, determinant, 1e-12);
    }
}
