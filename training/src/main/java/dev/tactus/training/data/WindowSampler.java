package dev.tactus.training.data;

import java.util.Arrays;
import java.util.List;

/**
 * Training windows of episodes, one for every frame: the condition is the last To observations, oldest first; the chunk
 * is H actions whose row 0 belongs to time {@code t - To + 1} (Diffusion Policy's convention). Beyond either end of an
 * episode its edge frame is repeated. Works on normalised values; safe for concurrent readers.
 */
public final class WindowSampler {
    private final int observationSteps;
    private final int horizon;
    private final int observationSize;
    private final int actionSize;
    private final float[] observations;
    private final float[] actions;
    private final int[] firstFrame;
    private final int[] lastFrame;

    /**
     * One episode as the network sees it.
     *
     * @param observations [length, observation size] row-major, normalised
     * @param actions [length, action size] row-major, normalised
     */
    public record Track(float[] observations, float[] actions) {}

    /**
     * Makes the windows of episodes.
     *
     * @param tracks the episodes
     * @param observationSize elements of an observation
     * @param actionSize elements of an action
     * @param observationSteps To
     * @param horizon H
     */
    public WindowSampler(List<Track> tracks, int observationSize, int actionSize, int observationSteps, int horizon) {
        this.observationSize = observationSize;
        this.actionSize = actionSize;
        this.observationSteps = observationSteps;
        this.horizon = horizon;
        int frames =
                tracks.stream().mapToInt(t -> t.actions().length / actionSize).sum();
        observations = new float[frames * observationSize];
        actions = new float[frames * actionSize];
        firstFrame = new int[frames];
        lastFrame = new int[frames];
        int at = 0;
        for (Track track : tracks) {
            int length = track.actions().length / actionSize;
            System.arraycopy(track.observations(), 0, observations, at * observationSize, length * observationSize);
            System.arraycopy(track.actions(), 0, actions, at * actionSize, length * actionSize);
            Arrays.fill(firstFrame, at, at + length, at);
            Arrays.fill(lastFrame, at, at + length, at + length - 1);
            at += length;
        }
    }

    /**
     * How many windows there are: one for each frame.
     *
     * @return the count
     */
    public int size() {
        return firstFrame.length;
    }

    /**
     * Elements of a chunk.
     *
     * @return horizon times action size
     */
    public int chunkSize() {
        return horizon * actionSize;
    }

    /**
     * Elements of a condition.
     *
     * @return To times observation size
     */
    public int conditionSize() {
        return observationSteps * observationSize;
    }

    /**
     * Copies a window out.
     *
     * @param window its number, that of the frame of its newest observation
     * @param chunk receives the actions [H, action size]
     * @param chunkAt index of the first element written there
     * @param condition receives the observations [To, observation size]
     * @param conditionAt index of the first element written there
     */
    public void read(int window, float[] chunk, int chunkAt, float[] condition, int conditionAt) {
        int start = window - observationSteps + 1;
        for (int row = 0; row < horizon; row++) {
            int frame = Math.clamp(start + row, firstFrame[window], lastFrame[window]);
            System.arraycopy(actions, frame * actionSize, chunk, chunkAt + row * actionSize, actionSize);
        }
        for (int row = 0; row < observationSteps; row++) {
            int frame = Math.max(start + row, firstFrame[window]);
            System.arraycopy(
                    observations,
                    frame * observationSize,
                    condition,
                    conditionAt + row * observationSize,
                    observationSize);
        }
    }
}
