/**
 * Policies that others trained: reads the contract file that legged-robot training frameworks write beside an ONNX file
 * (joint order map, defaults, gains, actions and observations with their scales, clips and histories), holds it against
 * the graph, and makes a policy description of both. What the contract does not say is reported, not guessed. Arrows
 * point to {@code bundle} and {@code onnx}.
 */
package dev.tactus.policies.contract;
