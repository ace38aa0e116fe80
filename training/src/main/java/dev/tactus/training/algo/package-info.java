/**
 * Learning algorithms, one file each, readable from top to bottom beside the paper. They share networks and optimisers
 * ({@code nn}) and data ({@code data}), and know nothing of files, recipes or progress bars, which are {@code service}'s.
 */
package dev.tactus.training.algo;
