package dev.tactus.policies.schedule;

/**
 * The straight path of flow matching (Lipman et al.; Liu et al., rectified flow): {@code x = tau a + (1 - tau) epsilon};
 * a level is the time tau, 0 at noise and 1 at data. Codes that run time the other way ({@code t = 1 - tau}) say so with
 * a {@link LevelEncoding} and the sign of their velocity.
 */
public record LinearFlow() implements NoiseSchedule {

    @Override
    public double alpha(double level) {
        return level;
    }

    @Override
    public double sigma(double level) {
        return 1.0 - level;
    }

    @Override
    public double level(double logSnr) {
        return 1.0 / (1.0 + Math.exp(-logSnr));
    }

    @Override
    public double noisiest() {
        return 0.0;
    }

    @Override
    public double cleanest() {
        return 1.0;
    }

    @Override
    public double noiseless() {
        return 1.0;
    }
}
