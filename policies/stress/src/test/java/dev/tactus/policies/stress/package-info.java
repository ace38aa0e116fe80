/**
 * Stress tests of what crosses between threads in {@code runner}: the chunk buffer, the observation buffer, the mailbox.
 * Two actors race millions of times under every compiler combination; an outcome that is not listed is a bug. Arrows: to
 * policies, and nothing points here.
 */
package dev.tactus.policies.stress;
