/**
 * Task {@code fr3-lift}, in the shape of robomimic's Lift: a cube of 4 cm lies at random on a table, and counts as lifted
 * when it stands 4 cm above the table for half a second.
 */
package dev.tactus.sim.task.lift;
