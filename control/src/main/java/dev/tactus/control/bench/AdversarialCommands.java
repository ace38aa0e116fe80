package dev.tactus.control.bench;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.RobotConfig;
import java.util.List;
import java.util.SplittableRandom;

/** References as nobody should send them, at times as no loop should keep, of several kinds in turns, from a seed. */
final class AdversarialCommands {
    /** What is tried. */
    enum Kind {
        /** Position, velocity and acceleration at random, far beyond the limits. */
        RANDOM,
        /** Every joint into the same end of its range at full speed, then into the other. */
        ALTERNATING_EXTREMES,
        /** Positions jump between both ends at every sample. */
        BANG_BANG,
        /** Not a number, infinite, denormal, greater than anything. */
        ABSURD,
        /** Position and velocity that contradict each other. */
        CONTRADICTION,
        /** A walk that is nearly feasible, about the limits. */
        WALK,
        /** Fast swings of all joints between random poses, as a policy with a wrong scale asks for. */
        SWINGS,
        /** As the last reference, but the clock stumbles: steps between a nanosecond and five periods. */
        TIME_JUMPS
    }

    private static final Kind[] KINDS = Kind.values();
    private static final double[] NO_NUMBERS = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        1e300,
        -1e300,
        Double.MIN_VALUE,
        -Double.MIN_NORMAL / 4,
        Double.MAX_VALUE,
        -0.0
    };
    private static final int LONGEST_TURN = 800;

    private final SplittableRandom random;
    private final List<JointLimits> limits;
    private final double periodS;
    private final double[] walkQ;
    private final double[] walkV;
    private final double[] from;
    private final double[] to;
    private Kind kind = Kind.RANDOM;
    private int left;
    private double sign = 1;
    private double seconds;
    private double phase;

    AdversarialCommands(long seed, RobotConfig robot) {
        random = new SplittableRandom(seed);
        limits = robot.joints().stream().map(joint -> joint.limits()).toList();
        periodS = 1 / robot.controlRateHz();
        walkQ = robot.home();
        walkV = new double[walkQ.length];
        from = robot.home();
        to = robot.home();
    }

    /** The kind of the last reference. */
    Kind kind() {
        return kind;
    }

    /** Time since the last but one reference, s. */
    double seconds() {
        return seconds;
    }

    void next(JointReference out) {
        if (left-- <= 0) {
            kind = KINDS[random.nextInt(KINDS.length)];
            left = 1 + random.nextInt(LONGEST_TURN);
            sign = -sign;
        }
        seconds = periodS;
        if (kind == Kind.TIME_JUMPS) {
            seconds = random.nextInt(8) == 0 ? 1e-9 : periodS * random.nextDouble(0.05, 5);
        }
        phase += periodS / 0.4;
        if (phase > 1) {
            phase = 0;
            for (int joint = 0; joint < to.length; joint++) {
                JointLimits limit = limits.get(joint);
                from[joint] = to[joint];
                to[joint] = random.nextDouble(limit.positionMin() - 0.3, limit.positionMax() + 0.3);
            }
        }
        for (int joint = 0; joint < out.joints(); joint++) {
            fill(out, joint, limits.get(joint));
        }
    }

    private void fill(JointReference out, int joint, JointLimits limit) {
        double min = limit.positionMin();
        double max = limit.positionMax();
        double fast = limit.velocity();
        switch (kind) {
            case RANDOM ->
                set(
                        out,
                        joint,
                        random.nextDouble(min - 1, max + 1),
                        random.nextDouble(-2, 2) * fast,
                        random.nextDouble(-30, 30));
            case ALTERNATING_EXTREMES -> set(out, joint, sign > 0 ? max + 10 : min - 10, sign * 3 * fast, sign * 50);
            case BANG_BANG -> set(out, joint, random.nextBoolean() ? max : min, 0, 0);
            case ABSURD -> set(out, joint, absurd(), absurd(), absurd());
            case CONTRADICTION -> set(out, joint, sign > 0 ? max : min, -sign * 2 * fast, 0);
            case WALK -> walk(out, joint, limit);
            case SWINGS -> {
                double smooth = phase * phase * (3 - 2 * phase);
                set(out, joint, from[joint] + smooth * (to[joint] - from[joint]), 0, 0);
            }
            case TIME_JUMPS -> {
                // The reference stays; only time stumbles.
            }
        }
    }

    private void walk(JointReference out, int joint, JointLimits limit) {
        double a = random.nextDouble(-12, 12);
        double v = Math.clamp(walkV[joint] + a * periodS, -1.1 * limit.velocity(), 1.1 * limit.velocity());
        double q = walkQ[joint] + v * periodS;
        if (q > limit.positionMax() + 0.2 || q < limit.positionMin() - 0.2) {
            v = -v;
            q = walkQ[joint];
        }
        walkV[joint] = v;
        walkQ[joint] = q;
        set(out, joint, q, v, a);
    }

    private double absurd() {
        return NO_NUMBERS[random.nextInt(NO_NUMBERS.length)];
    }

    private static void set(JointReference out, int joint, double q, double v, double a) {
        out.position()[joint] = q;
        out.velocity()[joint] = v;
        out.acceleration()[joint] = a;
    }
}
