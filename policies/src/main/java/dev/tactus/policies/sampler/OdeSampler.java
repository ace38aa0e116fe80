package dev.tactus.policies.sampler;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;

/**
 * Integrates the probability flow over the level t of the two families in which a sample goes straight for the clean
 * estimate, to get there at the noiseless end T: flows, where t = tau and T = 1, and variance-exploding noise, where t
 * = sigma and T = 0 (Karras et al., Elucidating the Design Space, equation 1). In both
 *
 * <pre>
 *   dx/dt = u(x, t) = (x0(x, t) - x) / (T - t)          flow: u = a - epsilon;  sigma: u = (x - D) / sigma
 *
 *   Euler      x' = x + (t' - t) u(x, t)
 *   midpoint   x' = x + (t' - t) u(xm, tm)              tm = (t + t') / 2,  xm = x + (tm - t) u(x, t)
 *   Heun       x' = x + (t' - t) (u(x, t) + u(xe, t')) / 2,                 xe = x + (t' - t) u(x, t)
 * </pre>
 *
 * with x0 clipped. A step whose second evaluation would be at a level that no network was trained at, less noisy than
 * the schedule's cleanest, is an Euler step: that is the last step of Heun on both families and of midpoint in sigma.
 *
 * <p>{@link Churn} adds noise before a step in sigma, as algorithm 2 of Karras et al. does.
 */
public final class OdeSampler extends GridSampler {
    private final double[] start;
    private final double[] second;
    private final double[] churned;
    private final double[] end;
    private final double noiseless;
    private final Method method;
    private final float[] from;
    private final float[] clean;
    private final float[] secondClean;

    /** Integrators. */
    public enum Method {
        /** First order, one evaluation a step. */
        EULER,
        /** Second order, two evaluations a step, the second half way. */
        MIDPOINT,
        /** Second order, two evaluations a step, the second where Euler arrives. */
        HEUN
    }

    /**
     * Noise that is added before a step, which raises its sigma to {@code sigma (1 + min(amount / N, sqrt(2) - 1))}.
     *
     * @param amount S_churn, 0 for none
     * @param min S_min, least sigma that is churned
     * @param max S_max, greatest sigma that is churned
     * @param noise S_noise, factor of the noise that is added, usually 1 or slightly more
     */
    public record Churn(double amount, double min, double max, double noise) {
        /** No noise: the deterministic sampler. */
        public static final Churn NONE = new Churn(0.0, 0.0, 0.0, 1.0);

        private double raised(double sigma, int steps) {
            boolean inside = sigma >= min && sigma <= max;
            return inside ? sigma * (1.0 + Math.min(amount / steps, Math.sqrt(2.0) - 1.0)) : sigma;
        }
    }

    /**
     * Makes a sampler.
     *
     * @param grid the levels, of a flow or of variance-exploding noise
     * @param clip bound on every element of the predicted clean sample
     * @param latentSize elements of a latent, {@code B * H * D}
     * @param method the integrator
     * @param churn noise before each step; {@link Churn#NONE} on a flow
     * @throws BadInputException if the grid is of another family, or churn is asked of a flow
     */
    public OdeSampler(LevelGrid grid, double clip, int latentSize, Method method, Churn churn) {
        super(grid, clip);
        NoiseSchedule schedule = grid.schedule();
        if (schedule instanceof VariancePreserving) {
            throw new BadInputException(
                    "sampler " + method + " on a discrete schedule, whose samples do not go straight;"
                            + " allowed are ddpm, ddim, dpm_solver and unipc (policy.yaml, sampler)");
        }
        if (churn.amount() != 0.0 && !(schedule instanceof VarianceExploding)) {
            throw new BadInputException("churn " + churn.amount() + " on a flow; it belongs to a schedule of kind edm");
        }
        int steps = grid.steps();
        this.noiseless = schedule.noiseless();
        this.method = method;
        this.start = new double[steps];
        this.churned = new double[steps];
        this.second = new double[steps];
        this.end = new double[steps];
        this.from = new float[latentSize];
        this.clean = new float[latentSize];
        this.secondClean = new float[latentSize];
        for (int i = 0; i < steps; i++) {
            double sigma = grid.level(i);
            start[i] = churn.amount() == 0.0 ? sigma : churn.raised(sigma, steps);
            churned[i] = churn.noise() * Math.sqrt(start[i] * start[i] - sigma * sigma);
            end[i] = grid.level(i + 1);
            second[i] = secondLevel(schedule, start[i], end[i]);
        }
    }

    /** The level of the second evaluation; NaN if there is none. */
    private double secondLevel(NoiseSchedule schedule, double from, double to) {
        double level = method == Method.MIDPOINT ? 0.5 * (from + to) : to;
        boolean trained = level != noiseless && schedule.sigma(level) >= schedule.sigma(schedule.cleanest());
        return method != Method.EULER && trained ? level : Double.NaN;
    }

    @Override
    boolean step(int i, Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        if (churned[i] > 0.0) {
            WeightedSum.withNoise(latent, 1.0, latent, churned[i], noise);
        }
        if (!estimate(denoiser, latent, start[i], condition, clean)) {
            return false;
        }
        double left = noiseless - start[i];
        double first = Double.isNaN(second[i]) ? end[i] : second[i];
        System.arraycopy(latent, 0, from, 0, latent.length);
        advance(latent, first - start[i], left);
        return Double.isNaN(second[i]) || correct(i, denoiser, condition, latent);
    }

    /** {@code x += dt u(x, t)}, with the estimate at x and what is left of the way to the noiseless end. */
    private void advance(float[] latent, double dt, double left) {
        WeightedSum.of(latent, 1.0 - dt / left, latent, dt / left, clean);
    }

    private boolean correct(int i, Denoiser denoiser, float[] condition, float[] latent) {
        if (!estimate(denoiser, latent, second[i], condition, secondClean)) {
            return false;
        }
        double dt = end[i] - start[i];
        double ofSecond = method == Method.HEUN ? 0.5 : 1.0;
        double a = (1.0 - ofSecond) * dt / (noiseless - start[i]);
        double b = ofSecond * dt / (noiseless - second[i]);
        WeightedSum.of(latent, 1.0 - a, from, a, clean, b, secondClean, -b, latent);
        return true;
    }
}
