/**
 * What many episodes are worth: intervals for a success rate and for the paired difference of two, since a rate without
 * an interval says nothing, and how smoothly the arm was led.
 */
package dev.tactus.sim.evaluation;
