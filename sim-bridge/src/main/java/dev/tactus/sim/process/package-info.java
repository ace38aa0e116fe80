/**
 * A simulated robot as a process of its own, and what is measured of the processes around it. Uses {@code hardware} and
 * {@code mujoco} here, and the ports of {@code control.process}.
 */
package dev.tactus.sim.process;
