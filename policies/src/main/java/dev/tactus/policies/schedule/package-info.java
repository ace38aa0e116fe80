/**
 * Noise schedules and what a network may predict under them. {@link dev.tactus.policies.schedule.NoiseSchedule} is what
 * the families share, {@link dev.tactus.policies.schedule.Prediction} takes a prediction to the clean sample, {@link
 * dev.tactus.policies.schedule.LevelEncoding} tells a level to a network, {@link dev.tactus.policies.schedule.LevelGrid}
 * spreads a sampler's steps over the levels. Double precision throughout. Training and sampling use the same classes.
 */
package dev.tactus.policies.schedule;
