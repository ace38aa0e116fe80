package dev.tactus.policies.schedule;

import dev.tactus.policies.command.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * The levels at which a sampler evaluates a denoiser, noisiest first, and behind them the {@linkplain
 * NoiseSchedule#noiseless noiseless} end at which it arrives: N levels are N steps. A grid may begin anywhere, which is
 * what a warm start needs: {@link #from} and {@link #last} cut one, {@link #of} lists levels by hand. On a discrete
 * schedule the named grids hold whole levels, for a network knows no others. Immutable.
 */
public final class LevelGrid {
    /** How far a grid even in log-SNR keeps from the ends of a flow, where that ratio is infinite. */
    private static final double FLOW_MARGIN = 1e-3;

    private final NoiseSchedule schedule;
    private final double[] levels;
    private final double initialStd;

    private LevelGrid(NoiseSchedule schedule, double initialStd, double[] levels) {
        this.schedule = schedule;
        this.initialStd = initialStd;
        this.levels = levels;
        requireDescending();
    }

    private LevelGrid(NoiseSchedule schedule, double[] levels) {
        this(schedule, noiseStd(schedule, levels), levels);
    }

    /** A latent of unit data has standard deviation 1 on a variance-preserving schedule, whatever the level. */
    private static double noiseStd(NoiseSchedule schedule, double[] levels) {
        return schedule instanceof VariancePreserving || levels.length == 0 ? 1.0 : schedule.sigma(levels[0]);
    }

    /**
     * Levels by hand.
     *
     * @param schedule the schedule
     * @param levels levels of it, each less noisy than the one before
     * @return the grid
     * @throws BadInputException if there is none, one is out of range, or they do not descend in noise
     */
    public static LevelGrid of(NoiseSchedule schedule, double... levels) {
        return new LevelGrid(schedule, levels.clone());
    }

    /**
     * Leading spacing: the multiples of {@code floor(K / N)} below N times that, so the greatest level is not visited
     * unless N is K.
     *
     * @param schedule the schedule
     * @param steps N, 1 to K
     * @return the grid
     * @throws BadInputException if there are more steps than levels
     */
    public static LevelGrid leading(VariancePreserving schedule, int steps) {
        requireSteps(schedule, steps);
        int stride = schedule.steps() / steps;
        return new LevelGrid(schedule, filled(steps, i -> (steps - 1 - i) * stride));
    }

    /**
     * Trailing spacing: K - 1 and down from it by K / N, rounded.
     *
     * @param schedule the schedule
     * @param steps N, 1 to K
     * @return the grid
     * @throws BadInputException if there are more steps than levels
     */
    public static LevelGrid trailing(VariancePreserving schedule, int steps) {
        requireSteps(schedule, steps);
        double count = schedule.steps();
        return new LevelGrid(schedule, filled(steps, i -> Math.rint(count - i * count / steps) - 1.0));
    }

    /**
     * Evenly from the noisiest level to the least noisy one, both included; rounded on a discrete schedule. On a flow,
     * whose least noisy level is the noiseless end itself, evenly in tau: {@code tau_i = i / N}.
     *
     * @param schedule the schedule
     * @param steps N
     * @return the grid
     * @throws BadInputException if a discrete schedule has fewer levels
     */
    public static LevelGrid linspace(NoiseSchedule schedule, int steps) {
        requireSteps(schedule, steps);
        if (schedule instanceof LinearFlow) {
            return new LevelGrid(schedule, filled(steps, i -> i / steps));
        }
        return between(schedule, steps, schedule.noisiest(), schedule.cleanest(), level -> level);
    }

    /**
     * The grid of Karras et al.: evenly in {@code (sigma / alpha)^(1 / rho)}, from the noisiest level to the least
     * noisy.
     *
     * @param schedule a schedule whose noise is bounded by signal: any but a flow
     * @param steps N
     * @param rho how strongly levels crowd where noise is small; 7 in the paper
     * @return the grid
     * @throws BadInputException for a flow
     */
    public static LevelGrid karras(NoiseSchedule schedule, int steps, double rho) {
        return inRatio(schedule, steps, ratio -> Math.pow(ratio, 1.0 / rho), root -> Math.pow(root, rho));
    }

    /**
     * Evenly in sigma / alpha, from the noisiest level to the least noisy.
     *
     * @param schedule a schedule whose noise is bounded by signal: any but a flow
     * @param steps N
     * @return the grid
     * @throws BadInputException for a flow
     */
    public static LevelGrid linearSigma(NoiseSchedule schedule, int steps) {
        return inRatio(schedule, steps, ratio -> ratio, ratio -> ratio);
    }

    /**
     * Evenly in ln(alpha / sigma), from the noisiest level to the least noisy; on a variance-exploding schedule this is
     * what is called exponential. On a flow from tau = 0.001 to 0.999, for the ratio has no bounds there.
     *
     * @param schedule the schedule
     * @param steps N
     * @return the grid
     * @throws BadInputException if a discrete schedule has fewer levels
     */
    public static LevelGrid logSnr(NoiseSchedule schedule, int steps) {
        requireSteps(schedule, steps);
        boolean flow = schedule instanceof LinearFlow;
        double from = schedule.logSnr(flow ? FLOW_MARGIN : schedule.noisiest());
        double to = schedule.logSnr(flow ? 1.0 - FLOW_MARGIN : schedule.cleanest());
        return between(schedule, steps, from, to, schedule::level);
    }

    private static LevelGrid inRatio(
            NoiseSchedule schedule, int steps, DoubleUnaryOperator forth, DoubleUnaryOperator back) {
        requireSteps(schedule, steps);
        if (schedule instanceof LinearFlow) {
            throw new BadInputException("a grid in sigma on a flow, whose sigma / alpha has no bound; allowed are"
                    + " linspace and log_snr (policy.yaml, sampler, spacing)");
        }
        double from = forth.applyAsDouble(Math.exp(-schedule.logSnr(schedule.noisiest())));
        double to = forth.applyAsDouble(Math.exp(-schedule.logSnr(schedule.cleanest())));
        return between(schedule, steps, from, to, at -> schedule.level(-Math.log(back.applyAsDouble(at))));
    }

    /** Evenly between two coordinates; the ends are kept to the bit where the schedule names them. */
    private static LevelGrid between(
            NoiseSchedule schedule, int steps, double from, double to, DoubleUnaryOperator level) {
        double[] levels =
                filled(steps, i -> level.applyAsDouble(steps == 1 ? from : from + (to - from) * i / (steps - 1)));
        if (schedule instanceof VariancePreserving) {
            makeWhole(levels, schedule.noisiest());
        } else if (schedule instanceof VarianceExploding) {
            levels[0] = schedule.noisiest();
            levels[steps - 1] = steps == 1 ? levels[0] : schedule.cleanest();
        }
        return new LevelGrid(schedule, levels);
    }

    /** Rounds, and moves apart what then coincides. */
    private static void makeWhole(double[] levels, double greatest) {
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Math.min(Math.rint(levels[i]), i == 0 ? greatest : levels[i - 1] - 1.0);
        }
        for (int i = levels.length - 1; i >= 0; i--) {
            levels[i] = Math.max(levels[i], i == levels.length - 1 ? 0.0 : levels[i + 1] + 1.0);
        }
    }

    private static double[] filled(int steps, DoubleUnaryOperator level) {
        double[] levels = new double[steps];
        Arrays.setAll(levels, i -> level.applyAsDouble(i));
        return levels;
    }

    /**
     * A warm start: the same grid entered at a level.
     *
     * @param level where it begins; a level of the schedule
     * @return that level, then those of this grid that are less noisy
     */
    public LevelGrid from(double level) {
        double lambda = schedule.logSnr(level);
        double[] rest =
                Arrays.stream(levels).filter(l -> schedule.logSnr(l) > lambda).toArray();
        double[] cut = new double[rest.length + 1];
        cut[0] = level;
        System.arraycopy(rest, 0, cut, 1, rest.length);
        return new LevelGrid(schedule, cut);
    }

    /**
     * A warm start by steps: those of this grid that are listed, counted from the noiseless end. Step 0 is the last
     * one.
     *
     * @param steps strictly descending, each 0 to N - 1
     * @return the levels at which the listed steps begin
     * @throws BadInputException if one is out of range, or they do not descend
     */
    public LevelGrid last(List<Integer> steps) {
        for (int step : steps) {
            if (step < 0 || step >= levels.length) {
                throw new BadInputException(
                        "denoising steps " + steps + ": " + step + " is out of range; this sampler has " + levels.length
                                + " steps, counted from the last one, 0 to " + (levels.length - 1));
            }
        }
        return new LevelGrid(
                schedule,
                steps.stream()
                        .mapToDouble(step -> levels[levels.length - 1 - step])
                        .toArray());
    }

    /**
     * The same levels, begun with other noise than the schedule asks for: Consistency Policy begins with 1 where sigma
     * is 80, and a flow may begin with 0.
     *
     * @param std standard deviation of the first latent
     * @return the grid
     */
    public LevelGrid startingWith(double std) {
        return new LevelGrid(schedule, std, levels);
    }

    private static void requireSteps(NoiseSchedule schedule, int steps) {
        int most = schedule instanceof VariancePreserving discrete ? discrete.steps() : Integer.MAX_VALUE;
        if (steps < 1 || steps > most) {
            throw new BadInputException(steps + " sampling steps; allowed is 1 or more"
                    + (most == Integer.MAX_VALUE ? "" : ", and this policy has " + most + " levels to step over"));
        }
    }

    private void requireDescending() {
        if (levels.length == 0) {
            throw new BadInputException("the list of denoising steps is empty; name at least one level");
        }
        double least = Math.min(schedule.noisiest(), schedule.cleanest());
        double greatest = Math.max(schedule.noisiest(), schedule.cleanest());
        for (int i = 0; i < levels.length; i++) {
            if (!(levels[i] >= least && levels[i] <= greatest) || levels[i] == schedule.noiseless()) {
                throw new BadInputException("denoising steps " + this + ": " + text(levels[i])
                        + " is out of range; levels of this policy are " + text(least) + " to "
                        + text(greatest));
            }
            if (i > 0 && schedule.logSnr(levels[i]) <= schedule.logSnr(levels[i - 1])) {
                throw new BadInputException("denoising steps " + this + ": " + text(levels[i]) + " follows "
                        + text(levels[i - 1]) + "; levels must descend in noise, each once");
            }
        }
    }

    /**
     * The schedule that the levels belong to.
     *
     * @return the schedule
     */
    public NoiseSchedule schedule() {
        return schedule;
    }

    /**
     * How many levels there are.
     *
     * @return N
     */
    public int steps() {
        return levels.length;
    }

    /**
     * One level.
     *
     * @param i 0 to N; the last is the noiseless end
     * @return the level
     */
    public double level(int i) {
        return i == levels.length ? schedule.noiseless() : levels[i];
    }

    /**
     * Standard deviation of a latent from which sampling begins, where nothing better is given.
     *
     * @return 1 on a variance-preserving schedule, sigma of the first level on others, or what was asked for
     */
    public double initialStd() {
        return initialStd;
    }

    @Override
    public String toString() {
        return Arrays.stream(levels).mapToObj(LevelGrid::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(double level) {
        return level == Math.rint(level) && Math.abs(level) < 1e9
                ? Long.toString((long) level)
                : Double.toString(level);
    }
}
