/**
 * Policy bundles: a folder with {@code policy.yaml}, {@code model.onnx}, {@code golden.json} and a manifest of sums. The
 * records here say what a policy sees and commands, by name, unit, frame and order, so that a robot can refuse one that
 * does not fit it.
 */
package dev.tactus.policies.bundle;
