package dev.tactus.policies.sampler;

/** Noise that was recorded: golden vectors and comparisons with another program replay it. */
public final class RecordedNoise implements NoiseSource {
    private final float[] values;
    private int position;

    /**
     * Makes a source.
     *
     * @param values the numbers in their order; read in place
     */
    public RecordedNoise(float[] values) {
        this.values = values;
    }

    @Override
    public float next() {
        if (position == values.length) {
            throw new IllegalStateException("all " + values.length + " recorded numbers are used up; record more");
        }
        return values[position++];
    }
}
