/**
 * Demonstrations: datasets in LeRobot's v3 layout (Parquet and JSON) written and read whole or not at all, the windows
 * that training draws from them, and the normalisation fitted to them. Depends on policies for what a term means, and on
 * nothing else of Tactus; a task brings its {@link dev.tactus.training.data.DemonstrationSource} through ServiceLoader.
 */
package dev.tactus.training.data;
