package dev.tactus.policies.guidance;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import java.util.stream.IntStream;

/**
 * Conditions a chunk by overwriting what is known of it (Janner et al., Planning with Diffusion, section 3.3; Chi et al.,
 * Diffusion Policy, inpainting variant): before each evaluation the known elements of the latent take their clean values,
 * without noise, and the estimate of them is those values. Whatever the sampler, known elements come out as given, within
 * its clip.
 *
 * <p>One class for all uses: the first rows forced by a correction (output perturbation of Wang et al., Inference-Time
 * Policy Steering), states at chosen rows of a plan, and networks whose latent is {@code [action | observation]} and which
 * see the observation in no other way.
 */
public final class Inpainting extends Guidance {
    private final int[] elements;
    private final float[] values;
    private final int[] ofCondition;

    private Inpainting(Denoiser inner, int[] elements, float[] values, int[] ofCondition) {
        super(inner);
        int chunk = inner.horizon() * inner.actionSize();
        for (int element : elements) {
            if (element < 0 || element >= chunk) {
                throw new BadInputException("inpainting of element " + element + "; a chunk has " + inner.horizon()
                        + " rows of " + inner.actionSize() + " elements, so 0 to " + (chunk - 1) + " are allowed");
            }
        }
        this.elements = elements;
        this.values = values;
        this.ofCondition = ofCondition;
    }

    /**
     * Elements with fixed values, the same in every chunk of a batch.
     *
     * @param inner what is guided; closed with the guidance
     * @param elements positions in a chunk, {@code row * D + column}
     * @param values their values, normalised
     * @return the guidance
     * @throws BadInputException if an element is outside of the chunk
     */
    public static Inpainting of(Denoiser inner, int[] elements, float[] values) {
        if (elements.length != values.length) {
            throw new IllegalArgumentException(elements.length + " elements and " + values.length + " values");
        }
        return new Inpainting(inner, elements.clone(), values.clone(), new int[0]);
    }

    /**
     * The first rows, all their elements: what was decided elsewhere, from which the rest of the chunk goes on.
     *
     * @param inner what is guided; closed with the guidance
     * @param rows {@code [n, D]}, normalised
     * @return the guidance
     * @throws BadInputException if there are more rows than a chunk has
     */
    public static Inpainting firstRows(Denoiser inner, float[] rows) {
        return of(inner, IntStream.range(0, rows.length).toArray(), rows);
    }

    /**
     * Elements that repeat numbers of the condition, each chunk of its own condition.
     *
     * @param inner what is guided; closed with the guidance
     * @param elements positions in a chunk, {@code row * D + column}
     * @param ofCondition for each of them a position in the condition
     * @return the guidance
     * @throws BadInputException if a position is outside of the chunk or of the condition
     */
    public static Inpainting fromCondition(Denoiser inner, int[] elements, int[] ofCondition) {
        if (elements.length != ofCondition.length) {
            throw new IllegalArgumentException(elements.length + " elements from " + ofCondition.length);
        }
        for (int source : ofCondition) {
            if (source < 0 || source >= inner.conditionSize()) {
                throw new BadInputException("inpainting from element " + source + " of the condition, which has "
                        + inner.conditionSize() + "; 0 to " + (inner.conditionSize() - 1) + " are allowed");
            }
        }
        return new Inpainting(inner, elements.clone(), new float[elements.length], ofCondition.clone());
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        overwrite(latent, condition);
        inner().denoise(latent, level, condition, clean);
        overwrite(latent, condition); // guidance inside may have moved it
        overwrite(clean, condition);
    }

    private void overwrite(float[] chunks, float[] condition) {
        int size = horizon() * actionSize();
        for (int chunk = 0; chunk < batch(); chunk++) {
            for (int i = 0; i < ofCondition.length; i++) {
                values[i] = condition[chunk * conditionSize() + ofCondition[i]];
            }
            for (int i = 0; i < elements.length; i++) {
                chunks[chunk * size + elements[i]] = values[i];
            }
        }
    }

    @Override
    public boolean movesLatent() {
        return true;
    }
}
