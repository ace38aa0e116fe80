/**
 * Noise schedules and what a network may predict under them: {@link dev.tactus.policies.schedule.NoiseSchedule} has the
 * levels in double precision, {@link dev.tactus.policies.schedule.Prediction} converts between noise, clean sample and v.
 * Training and sampling use the same classes.
 */
package dev.tactus.policies.schedule;
