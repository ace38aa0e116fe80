package dev.tactus.training.data;

/**
 * One demonstration. Arrays are row-major, one row a frame, elements in the order of the dataset's names.
 *
 * @param task what was to be done, in words
 * @param success whether it was done
 * @param length frames
 * @param state [length, state size]
 * @param environmentState [length, environment size], empty where a dataset has none
 * @param action [length, action size]; row t was commanded after observation t
 */
public record Episode(
        String task, boolean success, int length, float[] state, float[] environmentState, float[] action) {}
