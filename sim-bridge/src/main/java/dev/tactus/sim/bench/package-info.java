/**
 * Benchmarks of the simulator bridge against the same work in C. Above {@link dev.tactus.sim.mujoco}; nothing depends on
 * this package. The C side is compiled from {@code sim-bridge/tools/physics_peer.c} when a compiler is there.
 */
package dev.tactus.sim.bench;
