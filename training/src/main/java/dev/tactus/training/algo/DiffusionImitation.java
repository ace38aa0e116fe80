package dev.tactus.training.algo;

import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.training.data.WindowSampler;
import dev.tactus.training.nn.AdamW;
import dev.tactus.training.nn.Ema;
import dev.tactus.training.nn.LearningRate;
import dev.tactus.training.nn.Parameters;
import dev.tactus.training.nn.RandomStream;
import dev.tactus.training.nn.RandomStream.Purpose;
import dev.tactus.training.nn.ResidualMlp;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Diffusion Policy (Chi et al., "Diffusion Policy: visuomotor policy learning via action diffusion", IJRR 2024), the
 * objective of its section 2:
 *
 * <pre>
 *   (a, o) ~ demonstrations,  k ~ U{0..K-1},  eps ~ N(0, I)
 *   x_k  = sqrt(abar_k) a + sqrt(1 - abar_k) eps
 *   loss = mean (eps_theta(x_k, k, o) - eps)^2
 * </pre>
 *
 * with AdamW, a warm-up and cosine learning rate, clipping of the gradient's norm, and an exponential moving average of
 * the parameters, which is what is deployed.
 *
 * <p>Every random number is a function of the seed and the number of the step or epoch that it is drawn for, so the
 * state of a run is its parameters, their average, the optimiser's moments and the number of steps done. One thread.
 */
public final class DiffusionImitation {
    private final Settings settings;
    private final WindowSampler windows;
    private final VariancePreserving schedule;
    private final ResidualMlp network;
    private final AdamW optimiser;
    private final Ema ema;
    private int step;

    private final int[] order;
    private int orderedEpoch = -1;

    // One batch: arrays that Java fills, and libtorch's tensors over native copies of them.
    private final float[] noisy;
    private final float[] noise;
    private final float[] condition;
    private final long[] level;
    private final Tensor noisyTensor;
    private final Tensor noiseTensor;
    private final Tensor conditionTensor;
    private final Tensor levelTensor;

    /**
     * What the recipe decides.
     *
     * @param seed of everything random
     * @param batch windows in a step
     * @param learningRate the rate of every step
     * @param optimiser AdamW's settings
     * @param maxGradientNorm bound on the gradient's Euclidean norm
     * @param emaPower how fast the average's decay grows
     * @param emaMaxDecay its bound
     */
    public record Settings(
            long seed,
            int batch,
            LearningRate learningRate,
            AdamW.Settings optimiser,
            double maxGradientNorm,
            double emaPower,
            double emaMaxDecay) {}

    /**
     * Prepares a run at step 0.
     *
     * @param settings what the recipe decides
     * @param windows the demonstrations' windows, normalised
     * @param schedule the noise schedule, with as many levels as the network
     * @param network the denoising network
     */
    public DiffusionImitation(
            Settings settings, WindowSampler windows, VariancePreserving schedule, ResidualMlp network) {
        ResidualMlp.Shape shape = network.shape();
        if (schedule.steps() != shape.levels()
                || windows.chunkSize() != shape.chunk()
                || windows.conditionSize() != shape.condition()) {
            throw new IllegalArgumentException(
                    "the network " + shape + " does not fit a schedule of " + schedule.steps()
                            + " levels and windows of " + windows.chunkSize() + " and " + windows.conditionSize());
        }
        this.settings = settings;
        this.windows = windows;
        this.schedule = schedule;
        this.network = network;
        optimiser = new AdamW(network.parameters(), settings.optimiser());
        ema = new Ema(network.parameters(), settings.emaPower(), settings.emaMaxDecay());
        order = new int[windows.size()];
        int batch = settings.batch();
        noisy = new float[batch * shape.chunk()];
        noise = new float[batch * shape.chunk()];
        condition = new float[batch * shape.condition()];
        level = new long[batch];
        noisyTensor = torch.zeros(batch, shape.chunk());
        noiseTensor = torch.zeros(batch, shape.chunk());
        conditionTensor = torch.zeros(batch, shape.condition());
        levelTensor = torch.zeros(new long[] {batch}, new TensorOptions(ScalarType.Long));
    }

    /**
     * Takes one step.
     *
     * @return the loss of its batch, before the step; NaN if it or its gradient is not finite, and then nothing changed
     */
    public double step() {
        fillBatch();
        try (PointerScope scope = new PointerScope()) {
            network.parameters().gradients().zero_();
            Tensor predicted = network.forward(noisyTensor, levelTensor, conditionTensor);
            Tensor loss = torch.mse_loss(predicted, noiseTensor);
            loss.backward();
            double norm = gradientNorm();
            if (!Double.isFinite(norm)) {
                return Double.NaN;
            }
            double scale = Math.min(1.0, settings.maxGradientNorm() / (norm + 1e-6));
            optimiser.step(settings.learningRate().at(step), scale);
            ema.update(step);
            step++;
            return loss.item_float();
        }
    }

    private void fillBatch() {
        RandomStream random = new RandomStream(settings.seed(), Purpose.NOISE, step);
        int chunkSize = windows.chunkSize();
        for (int sample = 0; sample < settings.batch(); sample++) {
            int at = sample * chunkSize;
            windows.read(nextWindow(sample), noisy, at, condition, sample * windows.conditionSize());
            int k = random.nextInt(schedule.steps());
            float signalAmplitude = (float) Math.sqrt(schedule.alphaBar(k));
            float noiseAmplitude = (float) Math.sqrt(1 - schedule.alphaBar(k));
            level[sample] = k;
            for (int i = at; i < at + chunkSize; i++) {
                noise[i] = (float) random.nextGaussian();
                noisy[i] = signalAmplitude * noisy[i] + noiseAmplitude * noise[i];
            }
        }
        Parameters.write(noisyTensor, noisy);
        Parameters.write(noiseTensor, noise);
        Parameters.write(conditionTensor, condition);
        try (LongPointer data = levelTensor.data_ptr_long()) {
            data.put(level);
        }
    }

    /** Windows are visited in a new random order every epoch, batch after batch, none left out. */
    private int nextWindow(int sample) {
        long visit = (long) step * settings.batch() + sample;
        int epoch = Math.toIntExact(visit / order.length);
        if (epoch != orderedEpoch) {
            RandomStream random = new RandomStream(settings.seed(), Purpose.ORDER, epoch);
            for (int i = 0; i < order.length; i++) {
                int other = random.nextInt(i + 1);
                order[i] = order[other];
                order[other] = i;
            }
            orderedEpoch = epoch;
        }
        return order[(int) (visit % order.length)];
    }

    private double gradientNorm() {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            return network.parameters().gradients().norm().item_float();
        }
    }

    /**
     * Steps done.
     *
     * @return the count
     */
    public int steps() {
        return step;
    }

    /**
     * Goes on from a checkpoint, whose tensors were copied into this run's.
     *
     * @param steps steps done
     */
    public void resumeAt(int steps) {
        step = steps;
        optimiser.resumeAt(steps);
    }

    /**
     * The network that is trained.
     *
     * @return the network, with the parameters of the last step
     */
    public ResidualMlp network() {
        return network;
    }

    /**
     * The optimiser.
     *
     * @return the optimiser, with its moments
     */
    public AdamW optimiser() {
        return optimiser;
    }

    /**
     * The averaged parameters, which are what is deployed.
     *
     * @return the average
     */
    public Ema ema() {
        return ema;
    }
}
