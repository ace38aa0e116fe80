/**
 * A training run as a user sees it: the recipe, the run's folder with its checkpoint and loss curve, the progress line,
 * and the command {@code ./tactus train}. Ties {@code data}, {@code algo} and {@code export} together; nothing below it
 * reads a recipe or prints.
 */
package dev.tactus.training.service;
