package dev.tactus.control.safety;

import dev.tactus.control.hardware.JointReference;
import java.util.SplittableRandom;

/** References as nobody should send them, of several kinds in turns, from a seed. */
final class AdversarialReferences {
    private static final double[] ABSURD = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        1e300,
        -1e300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        -0.0
    };
    private static final int KINDS = 6;

    private final SplittableRandom random;
    private final JointReference walk;
    private int kind;
    private int left;
    private double sign = 1;

    AdversarialReferences(long seed, double[] start) {
        random = new SplittableRandom(seed);
        walk = new JointReference(start.length);
        System.arraycopy(start, 0, walk.position(), 0, start.length);
    }

    void next(JointReference out) {
        if (left-- <= 0) {
            kind = random.nextInt(KINDS);
            left = 1 + random.nextInt(800);
            sign = -sign;
        }
        for (int joint = 0; joint < out.joints(); joint++) {
            fill(out, joint);
        }
    }

    private void fill(JointReference out, int joint) {
        switch (kind) {
            case 0 -> set(out, joint, random.nextDouble(-4, 4), random.nextDouble(-6, 6), random.nextDouble(-20, 20));
            case 1 -> set(out, joint, sign * 10, sign * 10, sign * 10); // a run at full speed into a limit
            case 2 -> set(out, joint, random.nextBoolean() ? 3 : -3, 0, 0); // bang-bang
            case 3 -> set(out, joint, absurd(), absurd(), absurd());
            case 4 -> set(out, joint, sign * 2.5, -sign * 5, 0); // position and velocity that contradict each other
            default -> {
                double a = random.nextDouble(-12, 12);
                walk.velocity()[joint] = Math.clamp(walk.velocity()[joint] + a * 1e-3, -3, 3);
                walk.position()[joint] = Math.clamp(walk.position()[joint] + walk.velocity()[joint] * 1e-3, -3.2, 3.2);
                set(out, joint, walk.position()[joint], walk.velocity()[joint], a);
            }
        }
    }

    private double absurd() {
        return ABSURD[random.nextInt(ABSURD.length)];
    }

    private static void set(JointReference out, int joint, double q, double v, double a) {
        out.position()[joint] = q;
        out.velocity()[joint] = v;
        out.acceleration()[joint] = a;
    }
}
