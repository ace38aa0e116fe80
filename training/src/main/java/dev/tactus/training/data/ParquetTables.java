package dev.tactus.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The tables of a dataset while it is written: collected in an in-memory DuckDB, copied out as Parquet (zstd). */
final class ParquetTables implements AutoCloseable {
    private static final String FRAME_COLUMNS = "action FLOAT[], timestamp FLOAT, frame_index BIGINT,"
            + " episode_index BIGINT, index BIGINT, task_index BIGINT, \"next.done\" BOOLEAN,"
            + " \"next.success\" BOOLEAN)";

    private final DuckDBConnection connection;
    private final DuckDBAppender frames;
    private final boolean hasEnvironment;

    /** Where a frame stands. */
    record FrameKeys(float timestamp, long frame, long episode, long index, long task) {}

    private ParquetTables(DuckDBConnection connection, boolean hasEnvironment) throws SQLException {
        this.connection = connection;
        this.hasEnvironment = hasEnvironment;
        execute("SET threads = 1");
        execute("CREATE TABLE frames (\"observation.state\" FLOAT[], "
                + (hasEnvironment ? "\"observation.environment_state\" FLOAT[], " : "")
                + FRAME_COLUMNS);
        execute(
                "CREATE TABLE episodes (episode_index BIGINT, tasks VARCHAR[], length BIGINT,"
                        + " \"data/chunk_index\" BIGINT, \"data/file_index\" BIGINT, dataset_from_index BIGINT,"
                        + " dataset_to_index BIGINT, \"meta/episodes/chunk_index\" BIGINT, \"meta/episodes/file_index\" BIGINT)");
        execute("CREATE TABLE tasks (task_index BIGINT, task VARCHAR)");
        frames = connection.createAppender("frames");
    }

    static DuckDBConnection open() throws SQLException {
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", new Properties());
    }

    static ParquetTables forWriting(boolean hasEnvironment) {
        try {
            return new ParquetTables(open(), hasEnvironment);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
        }
    }

    void addFrame(float[][] values, FrameKeys keys, boolean done, boolean success) throws SQLException {
        frames.beginRow().append(values[0]);
        if (hasEnvironment) {
            frames.append(values[1]);
        }
        frames.append(values[2])
                .append(keys.timestamp())
                .append(keys.frame())
                .append(keys.episode())
                .append(keys.index())
                .append(keys.task())
                .append(done)
                .append(success)
                .endRow();
    }

    void addEpisode(int episode, String task, long from, long to) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO episodes VALUES (?, [?], ?, 0, 0, ?, ?, 0, 0)")) {
            insert.setLong(1, episode);
            insert.setString(2, task);
            insert.setLong(3, to - from);
            insert.setLong(4, from);
            insert.setLong(5, to);
            insert.execute();
        }
    }

    void copyTo(Path folder, List<String> tasks) throws SQLException, IOException {
        frames.flush();
        for (int task = 0; task < tasks.size(); task++) {
            try (var insert = connection.prepareStatement("INSERT INTO tasks VALUES (?, ?)")) {
                insert.setLong(1, task);
                insert.setString(2, tasks.get(task));
                insert.execute();
            }
        }
        copy("SELECT * FROM frames ORDER BY index", folder.resolve(LeRobotLayout.DATA), "");
        copy("SELECT * FROM episodes ORDER BY episode_index", folder.resolve(LeRobotLayout.EPISODES), "");
        copy(
                "SELECT * FROM tasks ORDER BY task_index",
                folder.resolve(LeRobotLayout.TASKS),
                ", KV_METADATA {pandas: '" + LeRobotLayout.pandasIndexOfTasks() + "'}");
    }

    @Override
    public void close() {
        try {
            frames.close();
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not close: " + e.getMessage(), e);
        }
    }

    static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    private void copy(String query, Path file, String options) throws SQLException, IOException {
        Files.createDirectories(file.getParent());
        execute("COPY (" + query + ") TO " + quoted(file) + " (FORMAT parquet, COMPRESSION zstd" + options + ")");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
