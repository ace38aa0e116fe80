package dev.tactus.policies.sampler;

/**
 * Weighted sums of chunks, which is what the steps of all samplers come down to once their weights are known: the one
 * place where chunks are looped over. Summed in double precision, rounded once. The result may replace any of its
 * terms.
 */
final class WeightedSum {
    private WeightedSum() {}

    /** {@code x = a x}. */
    static void scale(float[] x, double a) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (a * x[i]);
        }
    }

    /** {@code out = a x + b y}. */
    static void of(float[] out, double a, float[] x, double b, float[] y) {
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (a * x[i] + b * y[i]);
        }
    }

    /** {@code out = a x + b y + c z}. */
    static void of(float[] out, double a, float[] x, double b, float[] y, double c, float[] z) {
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (a * x[i] + b * y[i] + c * z[i]);
        }
    }

    /** {@code out = a x + b y + c z + d w}. */
    static void of(float[] out, double a, float[] x, double b, float[] y, double c, float[] z, double d, float[] w) {
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (a * x[i] + b * y[i] + c * z[i] + d * w[i]);
        }
    }

    /** {@code out = a x + b y + c z + std epsilon} with fresh noise epsilon; none is drawn if std is 0. */
    static void withNoise(
            float[] out, double a, float[] x, double b, float[] y, double c, float[] z, double std, NoiseSource noise) {
        if (std == 0.0) {
            of(out, a, x, b, y, c, z);
            return;
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (a * x[i] + b * y[i] + c * z[i] + std * noise.next());
        }
    }

    /** {@code out = a x + b y + std epsilon} with fresh noise epsilon; none is drawn if std is 0. */
    static void withNoise(float[] out, double a, float[] x, double b, float[] y, double std, NoiseSource noise) {
        if (std == 0.0) {
            of(out, a, x, b, y);
            return;
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (a * x[i] + b * y[i] + std * noise.next());
        }
    }

    /** {@code out = a x + std epsilon} with fresh noise epsilon; none is drawn if std is 0. */
    static void withNoise(float[] out, double a, float[] x, double std, NoiseSource noise) {
        for (int i = 0; i < out.length; i++) {
            double mean = a * x[i];
            out[i] = (float) (std == 0.0 ? mean : mean + std * noise.next());
        }
    }
}
