package dev.tactus.control.controller;

/**
 * Smooths the targets of successive policy ticks by two equal first-order lags in a row, which is a critically damped
 * spring looked at once a tick. A diffusion policy that is asked anew at every tick answers with a few millimetres of
 * noise; followed to the letter at 20 Hz that would cost several times the acceleration that a joint has. The spring is
 * what robomimic's operational space controller does to its policies, at 1/0.08 rad/s (kp 150, critically damped).
 *
 * <pre>first += share (target - first);   second += share (first - second);   share = 1 - exp(-P / time constant)</pre>
 */
final class TargetSmoother {
    private final double share;
    private final double[] first;
    private final double[] second;
    private final double[] nextFirst;
    private final double[] nextSecond;

    TargetSmoother(int joints, double periodS, double timeConstantS) {
        share = timeConstantS > 0 ? 1 - Math.exp(-periodS / timeConstantS) : 1;
        first = new double[joints];
        second = new double[joints];
        nextFirst = new double[joints];
        nextSecond = new double[joints];
    }

    /** Rests at a position. */
    void rest(double[] position) {
        System.arraycopy(position, 0, first, 0, first.length);
        System.arraycopy(position, 0, second, 0, second.length);
        System.arraycopy(position, 0, nextFirst, 0, first.length);
        System.arraycopy(position, 0, nextSecond, 0, second.length);
    }

    /** Makes the last target that {@link #smooth} took the one of the tick before. */
    void advance() {
        System.arraycopy(nextFirst, 0, first, 0, first.length);
        System.arraycopy(nextSecond, 0, second, 0, second.length);
    }

    /** The smoothed target of the tick before; not to be written. */
    double[] before() {
        return second;
    }

    /** Smooths the target of this tick; may be called again for a newer target of the same tick. */
    void smooth(double[] target, double[] out) {
        for (int joint = 0; joint < first.length; joint++) {
            nextFirst[joint] = first[joint] + share * (target[joint] - first[joint]);
            nextSecond[joint] = second[joint] + share * (nextFirst[joint] - second[joint]);
            out[joint] = nextSecond[joint];
        }
    }

    /** Takes note that a limit drew this tick's smoothed target back. */
    void drawBack(double[] limited) {
        System.arraycopy(limited, 0, nextSecond, 0, nextSecond.length);
    }

    /** Says where the smoothed target will be a tick later, if the target then is this. */
    void foresee(double[] targetAfter, double[] out) {
        for (int joint = 0; joint < first.length; joint++) {
            double laterFirst = nextFirst[joint] + share * (targetAfter[joint] - nextFirst[joint]);
            out[joint] = nextSecond[joint] + share * (laterFirst - nextSecond[joint]);
        }
    }
}
