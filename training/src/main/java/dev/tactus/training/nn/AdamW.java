package dev.tactus.training.nn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW (Loshchilov and Hutter, "Decoupled weight decay regularization", algorithm 2), on flat buffers:
 *
 * <pre>
 *   theta *= 1 - lr*wd;   m = b1 m + (1-b1) g;   v = b2 v + (1-b2) g^2
 *   theta -= lr * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)
 * </pre>
 *
 * It works through the buffers block by block, so that a block's seven passes find it in the processor's cache. Its
 * whole state is m, v and t.
 */
public final class AdamW {
    private static final int BLOCK = 1 << 16;

    private final Settings settings;
    private final Tensor firstMoment;
    private final Tensor secondMoment;
    private final List<Block> blocks = new ArrayList<>();
    private long step;

    /**
     * What does not change during a run.
     *
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param epsilon floor of the denominator
     * @param weightDecay decoupled weight decay
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {}

    private record Block(Tensor value, Tensor gradient, Tensor first, Tensor second, Tensor scratch) {}

    /**
     * Makes an optimiser that has done no step.
     *
     * @param parameters what it optimises
     * @param settings its settings
     */
    public AdamW(Parameters parameters, Settings settings) {
        this.settings = settings;
        int size = parameters.size();
        firstMoment = torch.zeros(size);
        secondMoment = torch.zeros(size);
        Tensor scratch = torch.zeros(Math.min(size, BLOCK));
        for (int at = 0; at < size; at += BLOCK) {
            int length = Math.min(BLOCK, size - at);
            blocks.add(new Block(
                    parameters.values().narrow(0, at, length),
                    parameters.gradients().narrow(0, at, length),
                    firstMoment.narrow(0, at, length),
                    secondMoment.narrow(0, at, length),
                    scratch.narrow(0, 0, length)));
        }
    }

    /**
     * Takes one step along the gradients that the parameters hold.
     *
     * @param rate the step's learning rate
     * @param gradientScale factor on every gradient, below 1 where the norm is clipped
     */
    public void step(double rate, double gradientScale) {
        step++;
        double correction1 = 1 - Math.pow(settings.beta1(), step);
        double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), step));
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Scalar scale = new Scalar(gradientScale);
            Scalar decay = new Scalar(1 - rate * settings.weightDecay());
            Scalar towards1 = new Scalar(1 - settings.beta1());
            Scalar beta2 = new Scalar(settings.beta2());
            Scalar towards2 = new Scalar(1 - settings.beta2());
            Scalar one = new Scalar(1.0);
            Scalar epsilon = new Scalar(settings.epsilon() * correction2);
            Scalar stride = new Scalar(-rate * correction2 / correction1);
            for (Block block : blocks) {
                if (gradientScale != 1.0) {
                    block.gradient.mul_(scale);
                }
                block.value.mul_(decay);
                block.first.lerp_(block.gradient, towards1);
                block.second.mul_(beta2).addcmul_(block.gradient, block.gradient, towards2);
                torch.sqrt_out(block.scratch, block.second);
                block.scratch.add_(epsilon, one);
                block.value.addcdiv_(block.first, block.scratch, stride);
            }
        }
    }

    /**
     * Steps done, t.
     *
     * @return the count
     */
    public long steps() {
        return step;
    }

    /**
     * First moments, m.
     *
     * @return the flat buffer
     */
    public Tensor firstMoment() {
        return firstMoment;
    }

    /**
     * Second moments, v.
     *
     * @return the flat buffer
     */
    public Tensor secondMoment() {
        return secondMoment;
    }

    /**
     * Takes up the count of a checkpoint, whose moments were copied into the buffers.
     *
     * @param steps steps done, t
     */
    public void resumeAt(long steps) {
        step = steps;
    }
}
