/**
 * What Linux grants to a control thread: SCHED_FIFO priority, locked memory, a CPU of its own, exact timers, called
 * through the Foreign Function and Memory API. A right that is refused is a finding that says how to get it, never an
 * exception; elsewhere than on Linux nothing is available and everything still runs. Uses nothing of control; {@code
 * loop} uses it, {@code ./tactus doctor} finds its checks.
 */
package dev.tactus.control.realtime;
