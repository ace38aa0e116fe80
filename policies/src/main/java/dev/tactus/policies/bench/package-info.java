/**
 * How fast the runtime is: benchmark networks of known size with seeded random weights, the measurements of {@code
 * ./tactus policy bench}, and the PyTorch peer that computes the same networks. Depends on everything else in policies;
 * nothing depends on it.
 */
package dev.tactus.policies.bench;
