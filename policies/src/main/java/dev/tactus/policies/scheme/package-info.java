/**
 * Execution schemes: when a policy infers, from where it starts, and which tick a chunk's rows belong to. A scheme lives
 * in normalised space and counts policy ticks, not calls. Arrows: to sampler and denoiser, which know nothing of schemes.
 */
package dev.tactus.policies.scheme;
