package dev.tactus.training.nn;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Exponential moving average of parameters with a decay that grows with the run, as Diffusion Policy uses it (Chi et
 * al., IJRR 2024): {@code decay(n) = clamp(1 - (1 + s)^-power, 0, maxDecay)} with {@code s = n - 1}, and 0 for {@code s
 * <= 0}; {@code average = decay * average + (1 - decay) * parameters}.
 */
public final class Ema {
    private final double power;
    private final double maxDecay;
    private final Tensor source;
    private final Tensor average;

    /**
     * Makes an average that starts at the present parameters.
     *
     * @param parameters what is averaged
     * @param power how fast the decay grows, 0.75 in the paper's code
     * @param maxDecay the decay's bound, 0.9999 in the paper's code
     */
    public Ema(Parameters parameters, double power, double maxDecay) {
        this.power = power;
        this.maxDecay = maxDecay;
        source = parameters.values();
        average = source.clone();
    }

    /**
     * The decay of an update.
     *
     * @param update updates done before this one, from 0
     * @param power how fast the decay grows
     * @param maxDecay its bound
     * @return the weight of the old average
     */
    public static double decay(long update, double power, double maxDecay) {
        long s = Math.max(0, update - 1);
        return s == 0 ? 0.0 : Math.clamp(1 - Math.pow(1.0 + s, -power), 0.0, maxDecay);
    }

    /**
     * Takes the present parameters in.
     *
     * @param update updates done before this one, from 0
     */
    public void update(long update) {
        double towards = 1 - decay(update, power, maxDecay);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            average.lerp_(source, new Scalar(towards));
        }
    }

    /**
     * The average, in the layout of the parameters.
     *
     * @return the flat buffer
     */
    public Tensor average() {
        return average;
    }
}
