package dev.tactus.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Names and files of LeRobot's dataset layout, version 3.0. */
final class LeRobotLayout {
    static final String VERSION = "v3.0";
    static final String STATE = "observation.state";
    static final String ENVIRONMENT = "observation.environment_state";
    static final String ACTION = "action";
    static final String INFO = "meta/info.json";
    static final String STATS = "meta/stats.json";
    static final String TASKS = "meta/tasks.parquet";
    static final String EPISODES = "meta/episodes/chunk-000/file-000.parquet";
    static final String DATA = "data/chunk-000/file-000.parquet";
    static final String DATA_TEMPLATE = "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet";

    static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private LeRobotLayout() {}

    static Map<String, Object> info(DatasetSpec spec, int episodes, long frames, int tasks) {
        Map<String, Object> features = new LinkedHashMap<>();
        features.put(STATE, feature("float32", spec.stateNames().size(), spec.stateNames()));
        if (!spec.environmentNames().isEmpty()) {
            features.put(ENVIRONMENT, feature("float32", spec.environmentNames().size(), spec.environmentNames()));
        }
        features.put(ACTION, feature("float32", spec.actionNames().size(), spec.actionNames()));
        features.put("next.done", feature("bool", 1, null));
        features.put("next.success", feature("bool", 1, null));
        features.put("timestamp", feature("float32", 1, null));
        for (String key : List.of("frame_index", "episode_index", "index", "task_index")) {
            features.put(key, feature("int64", 1, null));
        }
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("codebase_version", VERSION);
        info.put("robot_type", spec.robotType());
        info.put("total_episodes", episodes);
        info.put("total_frames", frames);
        info.put("total_tasks", tasks);
        info.put("chunks_size", 1000);
        info.put("data_files_size_in_mb", 100);
        info.put("video_files_size_in_mb", 200);
        info.put("fps", spec.fps());
        info.put("splits", Map.of("train", "0:" + episodes));
        info.put("data_path", DATA_TEMPLATE);
        info.put("video_path", null);
        info.put("features", features);
        return info;
    }

    /** The index that pandas, and so LeRobot, gives the table of tasks when it reads it. */
    static String pandasIndexOfTasks() {
        Map<String, Object> indexName = new LinkedHashMap<>();
        indexName.put("name", null);
        indexName.put("field_name", null);
        indexName.put("pandas_type", "unicode");
        indexName.put("numpy_type", "object");
        indexName.put("metadata", Map.of("encoding", "UTF-8"));
        Map<String, Object> pandas = new LinkedHashMap<>();
        pandas.put("index_columns", List.of("task"));
        pandas.put("column_indexes", List.of(indexName));
        pandas.put(
                "columns",
                List.of(pandasColumn("task_index", "int64", "int64"), pandasColumn("task", "unicode", "object")));
        pandas.put("creator", Map.of("library", "tactus", "version", "0.1.0"));
        pandas.put("pandas_version", "2.0.0");
        return JsonMapper.builder().build().writeValueAsString(pandas);
    }

    static void writeJson(Path file, Object value) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, MAPPER.writeValueAsString(value) + "\n");
    }

    static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> feature(String type, int size, List<String> names) {
        Map<String, Object> feature = new LinkedHashMap<>();
        feature.put("dtype", type);
        feature.put("shape", List.of(size));
        feature.put("names", names);
        return feature;
    }

    private static Map<String, Object> pandasColumn(String name, String pandasType, String numpyType) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("name", name);
        column.put("field_name", name);
        column.put("pandas_type", pandasType);
        column.put("numpy_type", numpyType);
        column.put("metadata", null);
        return column;
    }
}
