package dev.tactus.policies.compose;

/** The weights of the parents of a composition while it samples. Allocates nothing once made. */
sealed interface Weighting permits LinearWeighting, DensityWeighting {

    /** A level begins: the latent is known and the parents are not asked yet, their last estimates still stand. */
    void enter(double level, float[] latent);

    /** Whether a parent is to be asked at this level. */
    boolean needs(int parent);

    /** The parents that were needed have answered. */
    void answered(double level);

    /** The weight of a parent in one chunk of the batch. */
    double weight(int chunk, int parent);
}
