package dev.tactus.policies.guidance;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;

/**
 * Makes a chunk begin with rows that are certain, for a network that was trained to be given them (Black et al.,
 * Training-Time Action Conditioning for Efficient Real-Time Chunking): the rows enter clean, their level says clean, the
 * others' level is the sampler's, and what the network says of the certain rows is not asked. No gradient and no further
 * evaluation, but the graph's level input must be {@code [B, H]}. Without rows it is the denoiser that it wraps.
 */
public final class CleanPrefix extends Guidance {
    private final float[] target;
    private int elements;

    /**
     * Makes a wrapper that gives no rows yet.
     *
     * @param inner what is asked; closed with the wrapper
     * @throws BadInputException if the network takes one level for all rows
     */
    public CleanPrefix(Denoiser inner) {
        super(inner);
        if (!inner.cleanRows(1)) {
            throw new BadInputException("a prefix of clean rows needs a network that takes a level for every row"
                    + " (policy.yaml, network.level: per row, [B, H]) and was trained with clean rows; this one takes one"
                    + " level a chunk. Choose scheme rtc, which guides any network.");
        }
        inner.cleanRows(0);
        this.target = new float[inner.latentSize()];
    }

    /**
     * Gives rows from now on.
     *
     * @param newTarget {@code [B, H, D]}; copied
     * @param rows how many rows of each chunk are certain, 0 to H
     */
    public void begin(float[] newTarget, int rows) {
        System.arraycopy(newTarget, 0, target, 0, target.length);
        elements = rows * inner().actionSize();
        inner().cleanRows(rows);
    }

    /** Gives no more rows. */
    public void release() {
        elements = 0;
        inner().cleanRows(0);
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        overwrite(latent);
        inner().denoise(latent, level, condition, clean);
        overwrite(clean);
    }

    @Override
    public boolean finish(float[] condition, float[] chunks) {
        boolean finite = inner().finish(condition, chunks);
        overwrite(chunks);
        return finite;
    }

    private void overwrite(float[] chunks) {
        int size = inner().horizon() * inner().actionSize();
        for (int start = 0; start < chunks.length; start += size) {
            System.arraycopy(target, start, chunks, start, elements);
        }
    }

    @Override
    public boolean movesLatent() {
        return true;
    }

    @Override
    public void reset() {
        release();
        super.reset();
    }
}
