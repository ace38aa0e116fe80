package dev.tactus.training.data;

import dev.tactus.policies.command.BadInputException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** Reads the Parquet files of a dataset and refuses those that do not agree with each other. */
final class DatasetReader {
    private final Path folder;
    private final DatasetSpec spec;

    private record Place(int length, String task, long from, long to) {}

    DatasetReader(Path folder, DatasetSpec spec) {
        this.folder = folder;
        this.spec = spec;
    }

    List<Episode> episodes() {
        try (DuckDBConnection connection = ParquetTables.open();
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            List<Place> places = places(statement);
            return frames(statement, places);
        } catch (SQLException e) {
            throw new BadInputException(folder + ": its Parquet files cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Place> places(Statement statement) throws SQLException {
        String files = ParquetTables.quoted(folder.resolve("meta/episodes/*/*.parquet"));
        List<Place> places = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT length, tasks[1], dataset_from_index, dataset_to_index,"
                + " episode_index FROM read_parquet(" + files + ") ORDER BY episode_index")) {
            while (rows.next()) {
                Place place = new Place(rows.getInt(1), rows.getString(2), rows.getLong(3), rows.getLong(4));
                long expectedFrom = places.isEmpty() ? 0 : places.getLast().to();
                boolean whole = rows.getLong(5) == places.size()
                        && place.length() > 0
                        && place.from() == expectedFrom
                        && place.to() - place.from() == place.length();
                if (!whole) {
                    throw new BadInputException(folder + ": meta/episodes: episode " + rows.getLong(5) + " is "
                            + place + ", but it must be number " + places.size() + " and start at frame " + expectedFrom
                            + ". Make the dataset again.");
                }
                places.add(place);
            }
        }
        return places;
    }

    private List<Episode> frames(Statement statement, List<Place> places) throws SQLException {
        boolean hasEnvironment = !spec.environmentNames().isEmpty();
        String query = "SELECT episode_index, frame_index, \"next.success\", \"observation.state\", action"
                + (hasEnvironment ? ", \"observation.environment_state\"" : "")
                + " FROM read_parquet(" + ParquetTables.quoted(folder.resolve("data/*/*.parquet")) + ") ORDER BY index";
        List<Episode> episodes = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            for (int number = 0; number < places.size(); number++) {
                episodes.add(episode(rows, number, places.get(number), hasEnvironment));
            }
            if (rows.next()) {
                throw new BadInputException(folder + ": data has more frames than meta/episodes lists ("
                        + places.getLast().to() + "). Make the dataset again.");
            }
        }
        return episodes;
    }

    private Episode episode(ResultSet rows, int number, Place place, boolean hasEnvironment) throws SQLException {
        int length = place.length();
        float[] state = new float[length * spec.stateNames().size()];
        float[] environment = new float[length * spec.environmentNames().size()];
        float[] action = new float[length * spec.actionNames().size()];
        boolean success = false;
        for (int frame = 0; frame < length; frame++) {
            if (!rows.next() || rows.getLong(1) != number || rows.getLong(2) != frame) {
                throw new BadInputException(folder + ": data: frame " + frame + " of episode " + number
                        + " is missing (" + length + " are listed). Make the dataset again.");
            }
            success |= rows.getBoolean(3);
            copy(
                    rows.getArray(4),
                    LeRobotLayout.STATE,
                    state,
                    frame,
                    spec.stateNames().size());
            copy(
                    rows.getArray(5),
                    LeRobotLayout.ACTION,
                    action,
                    frame,
                    spec.actionNames().size());
            if (hasEnvironment) {
                copy(
                        rows.getArray(6),
                        LeRobotLayout.ENVIRONMENT,
                        environment,
                        frame,
                        spec.environmentNames().size());
            }
        }
        return new Episode(place.task(), success, length, state, environment, action);
    }

    private void copy(Array from, String feature, float[] to, int frame, int size) throws SQLException {
        Object[] values = from == null ? new Object[0] : (Object[]) from.getArray();
        if (values.length != size) {
            throw new BadInputException(folder + ": data: " + feature + " has " + values.length + " elements, info.json"
                    + " names " + size + ". Make the dataset again.");
        }
        for (int i = 0; i < size; i++) {
            if (!(values[i] instanceof Float value) || !Float.isFinite(value)) {
                throw new BadInputException(folder + ": data: " + feature + " has the value " + values[i] + " in frame "
                        + frame + " of an episode; finite numbers are expected. Make the dataset again.");
            }
            to[frame * size + i] = value;
        }
    }
}
