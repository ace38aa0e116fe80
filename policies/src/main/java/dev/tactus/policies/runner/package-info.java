/**
 * Running a policy: {@link dev.tactus.policies.runner.Policy} turns observations in physical units into action chunks,
 * {@link dev.tactus.policies.runner.PolicyRunner} does so on its own thread against the wall clock. Data crosses between
 * that thread and a control loop in exactly two lock-free places, {@link
 * dev.tactus.policies.runner.ObservationBuffer} and {@link dev.tactus.policies.runner.ChunkBuffer}.
 */
package dev.tactus.policies.runner;
