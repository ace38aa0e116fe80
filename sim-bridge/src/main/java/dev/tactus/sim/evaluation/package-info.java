/**
 * What the outcome of many episodes is worth: intervals for a success rate and for the paired difference of two, since a
 * rate without an interval says nothing.
 */
package dev.tactus.sim.evaluation;
