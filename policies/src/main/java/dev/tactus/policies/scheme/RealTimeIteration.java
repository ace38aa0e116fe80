package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Real-time iteration (Duan, Yin, Kragic, Real-Time Iteration Scheme for Diffusion Policy): the first cycle of an episode
 * denoises fully; every later one takes the last clean chunk, drops the rows whose time has passed, repeats the last row
 * in their place and runs a short list of denoising steps on it, with the newest observation and <em>without</em> adding
 * noise first.
 *
 * <p>Beyond the paper: the guess moves by the ticks that really passed, and when it is too old to be worth anything, or
 * time ran backwards, or the network returned something not finite, or the result is further from the guess than the
 * scene can have moved, the cycle denoises fully again.
 *
 * <p>Every robot of a batch has its own guess and may begin its episode alone. A batch is evaluated whole, so a cycle in
 * which one robot denoises fully costs a full denoise.
 */
public final class RealTimeIteration extends ExecutionScheme {
    private static final int DELAYS = 10;

    private final Sampler full;
    private final Sampler steady;
    private final DiscreteGuess discrete;
    private final boolean[] jumps;
    private final int stallTicks;
    private final double disagreement;
    private final double startAlpha;
    private final double startSigma;
    private final int horizon;
    private final float[] guess;
    private final float[] shifted;
    private final float[] fresh;
    private final boolean[] cold;
    private final CycleKind[] kinds;

    /** What of the guess the first step of a steady cycle sees. */
    public enum Start {
        /** The guess as it is: the paper. */
        CLEAN,
        /** {@code alpha g}, the mean of what the schedule makes of it at that level; a flow's scale is far from 1. */
        MEAN,
        /** {@code alpha g + sigma z}: noise added anew. */
        RENOISED
    }

    /**
     * What a user may say about it.
     *
     * @param steps levels of a steady cycle; the bundle's if empty
     * @param start what the first of them sees; {@code CLEAN} if empty, on a flow {@code MEAN}
     * @param respaced whether a step goes to the next listed level instead of the next level
     * @param stallTicks ticks without inference after which the guess is given up; the bundle's Ta if empty
     * @param disagreement how far, per tick that passed, the result of a steady cycle may be from the guess, root mean
     *     square over the continuous elements in normalised units; beyond, the cycle denoises fully. Any if empty
     * @param full how a full denoise is done
     */
    public record Options(
            List<Integer> steps,
            Optional<Start> start,
            boolean respaced,
            OptionalInt stallTicks,
            OptionalDouble disagreement,
            SamplerChoice full)
            implements SchemeOptions {

        /**
         * As the paper and the bundle have it.
         *
         * @return the options
         */
        public static Options standard() {
            return new Options(
                    List.of(),
                    Optional.empty(),
                    false,
                    OptionalInt.empty(),
                    OptionalDouble.empty(),
                    new SamplerChoice.Bundle());
        }

        @Override
        public String name() {
            return "rti";
        }

        @Override
        public String text() {
            Options standard = standard();
            return new SettingsText(name())
                    .add("steps", steps, standard.steps)
                    .add("start", start, standard.start)
                    .add("respaced", respaced, standard.respaced)
                    .add("stall_ticks", stallTicks, standard.stallTicks)
                    .add("disagreement", disagreement, standard.disagreement)
                    .add("first_steps", full, standard.full)
                    .toString();
        }

        @Override
        public Options withActionSteps(int ticks) {
            throw Schemes.infersAtEveryTick(name());
        }
    }

    /**
     * Makes a scheme.
     *
     * @param spec the policy
     * @param denoiser what the samplers ask; closed with the scheme
     * @param full from pure noise to a clean chunk
     * @param steady from the shifted guess to a clean chunk
     * @param startLevel the level at which {@code steady} begins
     * @param noise where noise comes from
     * @param options start, stall limit (1 to {@code H - To + 1}; then nothing is left of a guess) and disagreement
     * @throws BadInputException if an option is out of range
     */
    public RealTimeIteration(
            PolicySpec spec,
            Denoiser denoiser,
            Sampler full,
            Sampler steady,
            double startLevel,
            NoiseSource noise,
            Options options) {
        super(spec, denoiser, noise, new DelayWindow(0, DELAYS));
        this.stallTicks = Schemes.requireServed(
                "ticks of stall limit", options.stallTicks().orElse(spec.actionSteps()), spec);
        this.disagreement = options.disagreement().orElse(Double.POSITIVE_INFINITY);
        if (!(disagreement > 0.0)) {
            throw new BadInputException("a limit of disagreement of " + disagreement
                    + "; allowed is a number above 0 in normalised units per tick, for example 0.5");
        }
        this.full = full;
        this.steady = steady;
        this.discrete = DiscreteGuess.of(spec);
        this.jumps = Schemes.discrete(spec);
        NoiseSchedule schedule = denoiser.schedule();
        Start start = options.start().orElse(schedule instanceof LinearFlow ? Start.MEAN : Start.CLEAN);
        this.startAlpha = start == Start.CLEAN ? 1.0 : schedule.alpha(startLevel);
        this.startSigma = start == Start.RENOISED ? schedule.sigma(startLevel) : 0.0;
        this.horizon = denoiser.horizon();
        this.guess = new float[denoiser.latentSize()];
        this.shifted = new float[guess.length];
        this.fresh = new float[guess.length];
        this.cold = new boolean[denoiser.batch()];
        this.kinds = new CycleKind[denoiser.batch()];
        Arrays.fill(kinds, CycleKind.FIRST);
        Arrays.fill(cold, true);
    }

    @Override
    public void reset() {
        super.reset();
        Arrays.fill(kinds, CycleKind.FIRST);
        Arrays.fill(cold, true);
    }

    /**
     * Begins the episode of one robot of a batch: its next cycle denoises fully, the others go on. Recurrent state of a
     * network is the batch's and stays.
     *
     * @param robot 0 to B - 1
     */
    public void reset(int robot) {
        kinds[robot] = CycleKind.FIRST;
        cold[robot] = true;
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = elapsed(tick);
        if (elapsed < 0 || elapsed >= stallTicks) {
            giveUpGuesses();
        }
        int before = coldRobots();
        if (before == 0 && elapsed == 0) {
            return CycleStatus.SAME_CHUNK;
        }
        begin(tick, CycleKind.STEADY, Integer.MAX_VALUE);
        boolean finite = before == cold.length || elapsed == 0 || iterate(condition, (int) elapsed);
        if (finite && coldRobots() > 0) {
            finite = denoiseFully(condition);
        }
        if (finite) {
            discrete.apply(guess, jumps.length);
        } else {
            Arrays.fill(cold, true);
            Arrays.fill(kinds, CycleKind.RESTART);
        }
        return conclude(finite);
    }

    /** Nobody's guess is worth anything any more. Robots without one stay what they are. */
    @Override
    void giveUpGuesses() {
        for (int robot = 0; robot < cold.length; robot++) {
            if (!cold[robot]) {
                cold[robot] = true;
                kinds[robot] = CycleKind.RESTART;
            }
        }
    }

    private int coldRobots() {
        int count = 0;
        for (boolean one : cold) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private boolean iterate(float[] condition, int elapsed) {
        shift(elapsed);
        System.arraycopy(guess, 0, shifted, 0, guess.length);
        for (int i = 0; i < guess.length; i++) {
            double noisy = startAlpha * guess[i];
            guess[i] = (float) (startSigma == 0.0 ? noisy : noisy + startSigma * noise().next());
        }
        if (!run(steady, denoiser(), condition, guess)) {
            return false;
        }
        for (int robot = 0; robot < cold.length; robot++) {
            if (!cold[robot]) {
                cold[robot] = distance(robot, elapsed) > disagreement * elapsed;
                kinds[robot] = cold[robot] ? CycleKind.DISAGREEMENT : CycleKind.STEADY;
            }
        }
        return true;
    }

    /** Root mean square between result and guess over the ticks that the old chunk really covered. */
    private double distance(int robot, int elapsed) {
        int size = jumps.length;
        double sum = 0.0;
        int count = 0;
        for (int row = firstRow(); row < horizon - elapsed; row++) {
            int start = (robot * horizon + row) * size;
            for (int i = 0; i < size; i++) {
                double difference = jumps[i] ? 0.0 : guess[start + i] - shifted[start + i];
                sum += difference * difference;
                count += jumps[i] ? 0 : 1;
            }
        }
        return count == 0 ? 0.0 : Math.sqrt(sum / count);
    }

    private boolean denoiseFully(float[] condition) {
        for (int robot = cold.length - 1; robot >= 0; robot--) {
            if (cold[robot]) {
                became(kinds[robot]);
            }
        }
        full.begin(fresh, noise());
        if (!run(full, denoiser(), condition, fresh)) {
            return false;
        }
        int chunkSize = guess.length / cold.length;
        for (int robot = 0; robot < cold.length; robot++) {
            if (cold[robot]) {
                System.arraycopy(fresh, robot * chunkSize, guess, robot * chunkSize, chunkSize);
                cold[robot] = false;
            }
        }
        return true;
    }

    /** Drops the first rows of every chunk and repeats its last row in their place. */
    void shift(int rows) {
        int actionSize = jumps.length;
        int chunkSize = horizon * actionSize;
        for (int start = 0; start < guess.length; start += chunkSize) {
            System.arraycopy(guess, start + rows * actionSize, guess, start, (horizon - rows) * actionSize);
            int last = start + chunkSize - actionSize; // not moved, so it still is the last row
            for (int row = horizon - rows; row < horizon - 1; row++) {
                System.arraycopy(guess, last, guess, start + row * actionSize, actionSize);
            }
        }
    }

    /**
     * How the chunk of one robot of a batch came about.
     *
     * @param robot 0 to B - 1
     * @return the kind; {@link #kind()} is that of the first robot that denoised fully, if any did
     */
    public CycleKind kind(int robot) {
        return kinds[robot];
    }

    @Override
    public float[] chunk() {
        return guess;
    }
}
