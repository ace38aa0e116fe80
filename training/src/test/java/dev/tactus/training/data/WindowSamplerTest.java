package dev.tactus.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowSamplerTest {
    private static final int OBSERVATION = 3;
    private static final int ACTION = 2;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 16", "3, 4", "2, 2"})
    void windowsAreThoseOfPaddedEpisodes(int observationSteps, int horizon) {
        int[] lengths = {5, 1, 9};
        List<WindowSampler.Track> tracks = new ArrayList<>();
        for (int episode = 0; episode < lengths.length; episode++) {
            tracks.add(new WindowSampler.Track(
                    numbered(episode, lengths[episode], OBSERVATION), numbered(episode, lengths[episode], ACTION)));
        }
        WindowSampler windows = new WindowSampler(tracks, OBSERVATION, ACTION, observationSteps, horizon);
        assertEquals(15, windows.size());
        int window = 0;
        for (int episode = 0; episode < lengths.length; episode++) {
            for (int time = 0; time < lengths[episode]; time++, window++) {
                float[] chunk = new float[windows.chunkSize() + 1];
                float[] condition = new float[windows.conditionSize() + 1];
                windows.read(window, chunk, 1, condition, 1);
                // The slow way: lengthen the episode at both ends by its edge frames, then cut.
                List<Integer> frames = padded(lengths[episode], observationSteps - 1, horizon);
                assertArrayEquals(
                        cut(tracks.get(episode).actions(), ACTION, frames.subList(time, time + horizon)), chunk);
                assertArrayEquals(
                        cut(
                                tracks.get(episode).observations(),
                                OBSERVATION,
                                frames.subList(time, time + observationSteps)),
                        condition);
            }
        }
    }

    private static List<Integer> padded(int length, int before, int after) {
        List<Integer> frames = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            frames.add(0);
        }
        for (int i = 0; i < length; i++) {
            frames.add(i);
        }
        for (int i = 0; i < after; i++) {
            frames.add(length - 1);
        }
        return frames;
    }

    private static float[] cut(float[] rows, int size, List<Integer> frames) {
        float[] cut = new float[1 + frames.size() * size];
        int at = 1;
        for (int frame : frames) {
            for (int i = 0; i < size; i++) {
                cut[at++] = rows[frame * size + i];
            }
        }
        return cut;
    }

    private static float[] numbered(int episode, int length, int size) {
        float[] rows = new float[length * size];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = 1000 * (episode + 1) + i;
        }
        return rows;
    }
}
