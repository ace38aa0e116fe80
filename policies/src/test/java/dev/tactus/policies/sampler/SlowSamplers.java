package dev.tactus.policies.sampler;

import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * The samplers a second time: one number, double precision, straight from the papers' equations in their own variables,
 * exponentials and linear systems included. Slow and obvious.
 */
final class SlowSamplers {
    /** What a denoiser answers. */
    interface Clean {
        double at(double x, double level);
    }

    private final NoiseSchedule schedule;
    private final LevelGrid grid;
    private final Clean clean;

    SlowSamplers(LevelGrid grid, Clean clean) {
        this.schedule = grid.schedule();
        this.grid = grid;
        this.clean = clean;
    }

    private double alpha(int i) {
        return schedule.alpha(grid.level(i));
    }

    private double sigma(int i) {
        return schedule.sigma(grid.level(i));
    }

    private double lambda(int i) {
        return Math.log(alpha(i)) - Math.log(sigma(i));
    }

    /** Song et al., equation 12, with alphaBar = alpha^2 of a variance-preserving schedule. */
    double ddim(double start, double eta, double[] z) {
        double x = start;
        for (int i = 0; i < grid.steps(); i++) {
            double now = alpha(i) * alpha(i);
            double next = alpha(i + 1) * alpha(i + 1);
            double s = eta * Math.sqrt((1 - next) / (1 - now)) * Math.sqrt(1 - now / next);
            double x0 = clean.at(x, grid.level(i));
            double epsilon = (x - Math.sqrt(now) * x0) / Math.sqrt(1 - now);
            x = Math.sqrt(next) * x0 + Math.sqrt(1 - next - s * s) * epsilon + s * z[i];
        }
        return x;
    }

    /** Euler-ancestral in sigma as BESO has it: down to sigma_down, then up by fresh noise. */
    double eulerAncestral(double start, double eta, double[] z) {
        double x = start;
        for (int i = 0; i < grid.steps(); i++) {
            double now = sigma(i);
            double next = sigma(i + 1);
            double up = Math.min(next, eta * Math.sqrt(next * next * (now * now - next * next) / (now * now)));
            double down = Math.sqrt(next * next - up * up);
            double d = (x - clean.at(x, now)) / now;
            x = x + (down - now) * d + up * z[i];
        }
        return x;
    }

    /** Lu et al., algorithm 2, in exponentials of h; the last step is of first order. */
    double dpmSolver2M(double start) {
        double x = start;
        double before = 0;
        for (int i = 0; i < grid.steps(); i++) {
            double x0 = clean.at(x, grid.level(i));
            if (i == grid.steps() - 1) {
                return x0;
            }
            double h = lambda(i + 1) - lambda(i);
            double d = x0;
            if (i > 0) {
                double r = (lambda(i) - lambda(i - 1)) / h;
                d = (1 + 1 / (2 * r)) * x0 - 1 / (2 * r) * before;
            }
            x = sigma(i + 1) / sigma(i) * x - alpha(i + 1) * (Math.exp(-h) - 1) * d;
            before = x0;
        }
        return x;
    }

    /** Zhao et al. with B2(h), in the order of their algorithms; the system for rho is solved by Cramer's rule. */
    double uniPc(double start) {
        double x = start;
        double before = 0;
        double x0 = clean.at(x, grid.level(0));
        for (int i = 0; i < grid.steps() - 1; i++) {
            double h = lambda(i + 1) - lambda(i);
            double b = Math.exp(-h) - 1;
            double base = sigma(i + 1) / sigma(i) * x - alpha(i + 1) * b * x0;
            double r = i == 0 ? Double.NaN : (lambda(i - 1) - lambda(i)) / h;
            double difference = i == 0 ? 0 : (before - x0) / r;
            double predicted = base - alpha(i + 1) * b * 0.5 * difference;
            double after = clean.at(predicted, grid.level(i + 1));
            double rho1 = 0;
            double rho2 = 0.5;
            if (i > 0) {
                double phi = (Math.exp(-h) - 1) / -h - 1;
                double b1 = phi / b;
                double b2 = 2 * (phi / -h - 0.5) / b;
                double determinant = 1 * 1 - 1 * r;
                rho1 = (b1 * 1 - 1 * b2) / determinant;
                rho2 = (1 * b2 - r * b1) / determinant;
            }
            x = base - alpha(i + 1) * b * (rho1 * difference + rho2 * (after - x0));
            before = x0;
            x0 = after;
        }
        return x0;
    }

    /** Karras et al., algorithm 2. */
    double edmHeun(double start, double churn, double min, double max, double noise, double[] z) {
        double x = start;
        int n = grid.steps();
        for (int i = 0; i < n; i++) {
            double t = sigma(i);
            double gamma = t >= min && t <= max ? Math.min(churn / n, Math.sqrt(2) - 1) : 0;
            double raised = t + gamma * t;
            x = x + Math.sqrt(raised * raised - t * t) * noise * z[i];
            double d = (x - clean.at(x, raised)) / raised;
            double next = x + (sigma(i + 1) - raised) * d;
            if (sigma(i + 1) != 0) {
                double dNext = (next - clean.at(next, sigma(i + 1))) / sigma(i + 1);
                next = x + (sigma(i + 1) - raised) * (0.5 * d + 0.5 * dNext);
            }
            x = next;
        }
        return x;
    }

    /** The velocity of a flow, a - epsilon, from a = the clean estimate and epsilon = (x - tau a) / (1 - tau). */
    private double velocity(double x, double tau) {
        double a = clean.at(x, tau);
        return a - (x - tau * a) / (1 - tau);
    }

    double flowEuler(double start) {
        double x = start;
        for (int i = 0; i < grid.steps(); i++) {
            double dt = grid.level(i + 1) - grid.level(i);
            x += dt * velocity(x, grid.level(i));
        }
        return x;
    }

    double flowMidpoint(double start) {
        double x = start;
        for (int i = 0; i < grid.steps(); i++) {
            double tau = grid.level(i);
            double dt = grid.level(i + 1) - tau;
            double half = x + 0.5 * dt * velocity(x, tau);
            x += dt * velocity(half, tau + 0.5 * dt);
        }
        return x;
    }

    /** The last step is an Euler step, for at tau = 1 there is no velocity to be had from a clean estimate. */
    double flowHeun(double start) {
        double x = start;
        for (int i = 0; i < grid.steps(); i++) {
            double tau = grid.level(i);
            double dt = grid.level(i + 1) - tau;
            double v = velocity(x, tau);
            boolean last = i == grid.steps() - 1;
            x += last ? dt * v : 0.5 * dt * (v + velocity(x + dt * v, tau + dt));
        }
        return x;
    }
}
