/**
 * What the module's benchmarks measure: dynamics beside Pinocchio's C++; adversarial commands through the safety filter,
 * judged by a slow oracle; the control loop against {@code cyclictest}. A benchmark's command (package {@code command})
 * parses and prints; what is measured, and against what, is here. Uses the rest of control; nothing in control but its
 * commands uses it.
 */
package dev.tactus.control.bench;
