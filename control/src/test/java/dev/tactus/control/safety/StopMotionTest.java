package dev.tactus.control.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StopMotionTest {
    private static final double BRAKE = 6;
    private static final double JERK = 5000;

    /** The slow, obvious stop: bang-bang in jerk by what ramping the acceleration to zero would leave of the velocity. */
    private static double[] integrate(double q, double v, double a, double brake, double jerk, double dt) {
        double time = 0;
        while ((Math.abs(v) > 2e-3 || Math.abs(a) > 2 * jerk * dt) && time < 20) {
            double left = v + a * Math.abs(a) / (2 * jerk);
            double goal = -Math.copySign(brake, left);
            double j = Math.abs(a) > brake + jerk * dt && Math.signum(a) == Math.signum(goal)
                    ? -Math.signum(a) * jerk
                    : Math.clamp((goal - a) / dt, -jerk, jerk);
            q += dt * (v + dt * (a / 2 + dt * j / 6));
            v += dt * (a + dt * j / 2);
            a += dt * j;
            time += dt;
        }
        return new double[] {q, time};
    }

    @Test
    void endsWhereSmallBangBangStepsEnd() {
        SplittableRandom random = new SplittableRandom(1);
        StopMotion stop = new StopMotion(BRAKE, JERK);
        for (int i = 0; i < 200; i++) {
            double v = random.nextDouble(-3, 3);
            double a = random.nextDouble(-10, 10);
            stop.plan(0.3, v, a);
            double[] slow = integrate(0.3, v, a, BRAKE, JERK, 1e-6);
            assertEquals(slow[0], stop.restPosition(), 1e-4, "v " + v + ", a " + a);
            assertEquals(slow[1], stop.durationS(), 2e-3, "v " + v + ", a " + a);
        }
    }

    @Test
    void isContinuousBoundedAndEndsAtRest() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 500; i++) {
            double brake = random.nextDouble(1, 12);
            double jerk = random.nextDouble(50, 6000);
            StopMotion stop = new StopMotion(brake, jerk);
            double v = random.nextDouble(-5, 5);
            double a = random.nextDouble(-12, 12);
            stop.plan(1, v, a);
            double h = stop.durationS() / 1000;
            double q0 = 1;
            double v0 = v;
            double a0 = a;
            for (int k = 1; k <= 1000; k++) {
                stop.at(k * h);
                assertEquals(a0, stop.acceleration(), jerk * h * (1 + 1e-6) + 1e-9);
                assertEquals(v0 + 0.5 * h * (a0 + stop.acceleration()), stop.velocity(), jerk * h * h);
                assertEquals(q0 + 0.5 * h * (v0 + stop.velocity()), stop.position(), 15 * h * h);
                assertTrue(Math.abs(stop.acceleration()) <= Math.max(brake, Math.abs(a)) + 1e-9);
                q0 = stop.position();
                v0 = stop.velocity();
                a0 = stop.acceleration();
            }
            stop.at(stop.durationS());
            assertEquals(0, stop.velocity());
            assertEquals(0, stop.acceleration());
            assertEquals(stop.restPosition(), stop.position());
        }
    }

    @Test
    void theStopFromAStateOnAStopIsTheRestOfIt() {
        SplittableRandom random = new SplittableRandom(3);
        StopMotion stop = new StopMotion(BRAKE, JERK);
        StopMotion rest = new StopMotion(BRAKE, JERK);
        for (int i = 0; i < 1000; i++) {
            stop.plan(-0.4, random.nextDouble(-3, 3), random.nextDouble(-10, 10));
            double t = random.nextDouble() * stop.durationS();
            stop.at(t);
            rest.plan(stop.position(), stop.velocity(), stop.acceleration());
            assertEquals(stop.durationS() - t, rest.durationS(), 1e-6);
            assertEquals(stop.restPosition(), rest.restPosition(), 1e-9);
        }
    }

    @Test
    void theReversalAndThePeakAreWhereTheySay() {
        SplittableRandom random = new SplittableRandom(4);
        StopMotion stop = new StopMotion(BRAKE, 200);
        int reversals = 0;
        for (int i = 0; i < 2000; i++) {
            stop.plan(0, random.nextDouble(-1, 1), random.nextDouble(-10, 10));
            double reversal = stop.reversalS();
            if (!Double.isNaN(reversal)) {
                reversals++;
                stop.at(reversal);
                assertEquals(0, stop.velocity(), 1e-9);
            }
            double greatest = 0;
            for (int k = 0; k <= 200; k++) {
                stop.at(stop.durationS() * k / 200);
                greatest = Math.max(greatest, Math.abs(stop.velocity()));
            }
            stop.at(0);
            double atStart = Math.abs(stop.velocity());
            stop.at(stop.peakS());
            assertTrue(Math.max(atStart, Math.abs(stop.velocity())) >= greatest - 1e-9);
        }
        assertTrue(reversals > 50);
    }

    @Test
    void withoutBoundsAJointStandsAtOnce() {
        StopMotion stop = new StopMotion(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        stop.plan(0.7, 20, 0);
        assertEquals(0, stop.durationS());
        stop.at(0.002);
        assertEquals(0.7, stop.position());
        assertEquals(0, stop.velocity());
    }
}
