package dev.tactus.training.data;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a dataset in LeRobot's v3 layout: {@code meta/info.json}, {@code meta/stats.json}, {@code meta/tasks.parquet},
 * {@code meta/episodes/chunk-000/file-000.parquet} and {@code data/chunk-000/file-000.parquet}. Everything is written to
 * a folder beside the target and renamed when it is complete, so nobody ever reads half a dataset.
 */
public final class LeRobotWriter implements AutoCloseable {
    private final Path folder;
    private final Path partial;
    private final DatasetSpec spec;
    private final ParquetTables tables;
    private final Map<String, Integer> taskIndex = new LinkedHashMap<>();
    private final Map<String, FeatureStatistics> statistics = new LinkedHashMap<>();
    private final List<float[][]> frames = new ArrayList<>();
    private long index;
    private int episodes;

    /**
     * Starts a dataset.
     *
     * @param folder its folder, which must not exist yet
     * @param spec what a frame consists of
     * @throws BadInputException if the folder exists, or cannot be written beside
     */
    public LeRobotWriter(Path folder, DatasetSpec spec) {
        this.folder = folder.toAbsolutePath();
        this.spec = spec;
        if (Files.exists(folder)) {
            throw new BadInputException(
                    folder + ": exists already. Datasets are written once; remove it or name another folder.");
        }
        try {
            Files.createDirectories(this.folder.getParent());
            partial = Files.createDirectory(this.folder.resolveSibling("." + this.folder.getFileName() + "."
                    + ProcessHandle.current().pid() + ".partial"));
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot write there (" + e + "). Name another folder.", e);
        }
        statistics.put(
                LeRobotLayout.STATE, new FeatureStatistics(spec.stateNames().size()));
        if (!spec.environmentNames().isEmpty()) {
            statistics.put(
                    LeRobotLayout.ENVIRONMENT,
                    new FeatureStatistics(spec.environmentNames().size()));
        }
        statistics.put(
                LeRobotLayout.ACTION, new FeatureStatistics(spec.actionNames().size()));
        tables = ParquetTables.forWriting(!spec.environmentNames().isEmpty());
    }

    /**
     * Adds a frame to the running episode. The arrays are copied.
     *
     * @param state elements of {@code observation.state}
     * @param environmentState elements of {@code observation.environment_state}; empty if the dataset has none
     * @param action elements of {@code action}
     */
    public void addFrame(float[] state, float[] environmentState, float[] action) {
        check(LeRobotLayout.STATE, state, spec.stateNames());
        check(LeRobotLayout.ENVIRONMENT, environmentState, spec.environmentNames());
        check(LeRobotLayout.ACTION, action, spec.actionNames());
        frames.add(new float[][] {state.clone(), environmentState.clone(), action.clone()});
    }

    /**
     * Ends the running episode, which has at least one frame.
     *
     * @param task what was to be done, in words
     * @param success whether it was done
     */
    public void endEpisode(String task, boolean success) {
        if (frames.isEmpty()) {
            throw new IllegalStateException("an episode without frames");
        }
        int taskNumber = taskIndex.computeIfAbsent(task, name -> taskIndex.size());
        try {
            for (int frame = 0; frame < frames.size(); frame++) {
                float[][] values = frames.get(frame);
                boolean last = frame == frames.size() - 1;
                tables.addFrame(
                        values,
                        new ParquetTables.FrameKeys(
                                (float) frame / spec.fps(), frame, episodes, index + frame, taskNumber),
                        last,
                        last && success);
                int feature = 0;
                for (String name : List.of(LeRobotLayout.STATE, LeRobotLayout.ENVIRONMENT, LeRobotLayout.ACTION)) {
                    float[] row = values[feature++];
                    if (statistics.containsKey(name)) {
                        statistics.get(name).add(row);
                    }
                }
            }
            tables.addEpisode(episodes, task, index, index + frames.size());
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(folder + ": " + e.getMessage(), e));
        }
        index += frames.size();
        episodes++;
        frames.clear();
    }

    /**
     * Completes the dataset and gives it its name.
     *
     * @throws IllegalStateException if an episode is still running, or there is none
     * @throws UncheckedIOException if the files cannot be written; nothing stays then
     */
    public void finish() {
        if (!frames.isEmpty() || episodes == 0) {
            throw new IllegalStateException(episodes == 0 ? "a dataset without episodes" : "an episode is not ended");
        }
        try {
            tables.copyTo(partial, new ArrayList<>(taskIndex.keySet()));
            LeRobotLayout.writeJson(
                    partial.resolve(LeRobotLayout.INFO), LeRobotLayout.info(spec, episodes, index, taskIndex.size()));
            Map<String, Object> stats = new LinkedHashMap<>();
            statistics.forEach((name, values) -> stats.put(name, values.toMap()));
            LeRobotLayout.writeJson(partial.resolve(LeRobotLayout.STATS), stats);
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(folder + ": the dataset was not written: " + e, e));
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(folder + ": the dataset was not written: " + e, e));
        }
    }

    /** Frees what is open; what is not finished is removed. */
    @Override
    public void close() {
        tables.close();
        LeRobotLayout.deleteTree(partial);
    }

    private void check(String feature, float[] values, List<String> names) {
        if (values.length != names.size()) {
            throw new IllegalArgumentException(feature + ": " + values.length + " elements, " + names.size()
                    + " expected: " + String.join(", ", names));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        feature + ": " + names.get(i) + " is " + values[i] + " in " + Arrays.toString(values));
            }
        }
    }
}
