/**
 * The study behind {@code ./tactus bench handover}: what chunks that arrive with a jitter do to the joint reference, under
 * the hand-over of {@code control} and under two plainer ones that live here, since nothing but the study wants them. Uses
 * {@code run}, {@code task} and {@code evaluation}; nothing uses it.
 */
package dev.tactus.sim.handover;
