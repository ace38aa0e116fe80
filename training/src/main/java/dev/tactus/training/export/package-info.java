/**
 * From a trained network to a policy bundle: the ONNX graph, the check that ONNX Runtime computes what libtorch computes,
 * and the recorded answers. Depends on {@code nn} and on the bundle format of policies.
 */
package dev.tactus.training.export;
