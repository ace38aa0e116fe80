package dev.tactus.policies.compose;

import dev.tactus.policies.denoiser.Denoiser;

/**
 * One policy of a composition.
 *
 * @param name what messages call it
 * @param denoiser its denoiser; the same one may stand behind several parents that see different conditions
 * @param slice what it sees of the common condition
 */
public record Parent(String name, Denoiser denoiser, ConditionSlice slice) {}
