package dev.tactus.policies.compose;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.NoiseSchedule;

/** A parent as the composition asks it: in the composition's levels, latents and conditions. Allocates nothing. */
final class ParentView {
    private final Denoiser denoiser;
    private final ConditionSlice slice;
    private final LevelMatch match;
    private final int chunk;
    private final boolean asItIs;
    private final float[] latent;
    private final float[] condition;
    private final float[] clean;

    ParentView(Parent parent, NoiseSchedule schedule, int horizon) {
        this.denoiser = parent.denoiser();
        this.slice = parent.slice();
        this.match = new LevelMatch(schedule, denoiser.schedule());
        this.chunk = horizon * denoiser.actionSize();
        this.asItIs = match.same() && denoiser.horizon() == horizon;
        this.latent = new float[denoiser.latentSize()];
        this.condition = new float[denoiser.batch() * slice.size()];
        this.clean = new float[denoiser.latentSize()];
    }

    /** Asks; {@link #clean} has the answer. */
    void estimate(float[] commonLatent, double level, float[] commonCondition) {
        match.at(level);
        slice.copy(commonCondition, condition);
        denoiser.denoise(asItIs ? commonLatent : seen(commonLatent), match.level(), condition, clean);
    }

    private float[] seen(float[] common) {
        int own = chunk();
        double scale = match.scale();
        for (int batch = 0; batch < denoiser.batch(); batch++) {
            for (int i = 0; i < own; i++) {
                latent[batch * own + i] = (float) (scale * common[batch * chunk + i]);
            }
        }
        return latent;
    }

    /** Elements of its own chunk, the first of the common one. */
    int chunk() {
        return denoiser.horizon() * denoiser.actionSize();
    }

    /** The last estimate, {@code [B, H_j, D]}. */
    float[] clean() {
        return clean;
    }
}
