package dev.tactus.training.data;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A dataset in LeRobot's v3 layout, read whole and checked: what {@code info.json} promises, the episode table and the
 * frames must agree.
 *
 * @param spec what a frame consists of
 * @param episodes the episodes in order
 */
public record LeRobotDataset(DatasetSpec spec, List<Episode> episodes) {

    /**
     * Reads a dataset.
     *
     * @param folder its folder
     * @return the dataset
     * @throws BadInputException if it is absent, of another version, incomplete or inconsistent
     */
    public static LeRobotDataset read(Path folder) {
        Path file = folder.resolve(LeRobotLayout.INFO);
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(folder + ": no dataset (" + LeRobotLayout.INFO
                    + " is missing). Name a folder in LeRobot's v3 layout, or make one with ./tactus demos TASK.");
        }
        JsonNode info;
        try {
            info = LeRobotLayout.MAPPER.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
        String version = info.path("codebase_version").asString("none");
        if (!version.equals(LeRobotLayout.VERSION)) {
            throw new BadInputException(file + ": codebase_version is " + version + ", only " + LeRobotLayout.VERSION
                    + " is read. Convert the dataset with LeRobot's own converter.");
        }
        DatasetSpec spec = new DatasetSpec(
                info.path("robot_type").asString(""),
                info.path("fps").asInt(0),
                names(file, info, LeRobotLayout.STATE, true),
                names(file, info, LeRobotLayout.ENVIRONMENT, false),
                names(file, info, LeRobotLayout.ACTION, true));
        List<Episode> episodes = new DatasetReader(folder, spec).episodes();
        long frames = episodes.stream().mapToLong(Episode::length).sum();
        expect(file, "total_episodes", info.path("total_episodes").asLong(-1), episodes.size());
        expect(file, "total_frames", info.path("total_frames").asLong(-1), frames);
        return new LeRobotDataset(spec, episodes);
    }

    /**
     * How many frames it has.
     *
     * @return the frames of all episodes
     */
    public int frames() {
        return episodes.stream().mapToInt(Episode::length).sum();
    }

    /**
     * The hash by which a policy remembers its demonstrations. It covers names and values, not how they are stored, so a
     * rewritten copy of the same dataset keeps its hash.
     *
     * @return SHA-256, hexadecimal
     */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(spec.toString().getBytes(StandardCharsets.UTF_8));
            for (Episode episode : episodes) {
                String head = episode.task() + "|" + episode.success() + "|" + episode.length();
                digest.update(head.getBytes(StandardCharsets.UTF_8));
                for (float[] values : List.of(episode.state(), episode.environmentState(), episode.action())) {
                    ByteBuffer bytes =
                            ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asFloatBuffer().put(values);
                    digest.update(bytes.array());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Path file, JsonNode info, String feature, boolean required) {
        JsonNode node = info.path("features").path(feature);
        if (node.isMissingNode()) {
            if (required) {
                throw new BadInputException(file + ": feature '" + feature + "' is missing; it has "
                        + String.join(", ", info.path("features").propertyNames()));
            }
            return List.of();
        }
        List<String> names =
                node.path("names").valueStream().map(JsonNode::asString).toList();
        expect(
                file,
                "features." + feature + ".shape",
                node.path("shape").path(0).asLong(-1),
                names.size());
        return names;
    }

    private static void expect(Path file, String key, long found, long counted) {
        if (found != counted) {
            throw new BadInputException(file + ": " + key + " says " + found + ", but the dataset has " + counted
                    + ". It is incomplete or was changed by hand; make it again.");
        }
    }
}
