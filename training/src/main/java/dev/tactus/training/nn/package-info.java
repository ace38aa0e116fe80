/**
 * Networks and what their optimisation needs, on libtorch: parameters by name in one flat buffer, the residual MLP, AdamW,
 * the exponential moving average and the learning-rate schedule. Knows nothing of policies, datasets or files;
 * algorithms use it. {@link dev.tactus.training.nn.Torch#load} comes before anything else here.
 */
package dev.tactus.training.nn;
