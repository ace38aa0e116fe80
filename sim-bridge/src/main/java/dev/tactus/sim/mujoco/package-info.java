/**
 * MuJoCo through the Foreign Function &amp; Memory API: the library ({@link dev.tactus.sim.mujoco.MujocoLibrary}: found,
 * fetched once, version checked), a model, and data that are stepped. One owner per native structure, and the owner is
 * {@code AutoCloseable}. MuJoCo's warnings are exceptions; a step allocates nothing on the Java heap. The layout of
 * MuJoCo's structures is generated from its headers by {@code sim-bridge/tools/generate_layout.sh}.
 */
package dev.tactus.sim.mujoco;
