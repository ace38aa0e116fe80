package dev.tactus.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeRobotDatasetTest {
    private static final DatasetSpec SPEC =
            new DatasetSpec("toy", 20, List.of("a", "b"), List.of("c"), List.of("d", "e", "f"));

    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenIsReadBackToTheBit() {
        List<Episode> written = write(folder.resolve("set"), SPEC, 5);
        LeRobotDataset dataset = LeRobotDataset.read(folder.resolve("set"));
        assertEquals(SPEC, dataset.spec());
        assertEquals(written.size(), dataset.episodes().size());
        for (int i = 0; i < written.size(); i++) {
            Episode expected = written.get(i);
            Episode read = dataset.episodes().get(i);
            assertEquals(expected.task(), read.task());
            assertEquals(expected.success(), read.success());
            assertEquals(expected.length(), read.length());
            assertArrayEquals(expected.state(), read.state());
            assertArrayEquals(expected.environmentState(), read.environmentState());
            assertArrayEquals(expected.action(), read.action());
        }
        assertEquals(new LeRobotDataset(SPEC, written).sha256(), dataset.sha256());
        assertNotEquals(new LeRobotDataset(SPEC, written.subList(1, 5)).sha256(), dataset.sha256());
    }

    @Test
    void aDatasetWithoutAnEnvironmentHasNoSuchFeature() throws IOException {
        DatasetSpec bare = new DatasetSpec("toy", 20, List.of("a"), List.of(), List.of("d"));
        write(folder.resolve("bare"), bare, 2);
        assertEquals(bare, LeRobotDataset.read(folder.resolve("bare")).spec());
        assertFalse(Files.readString(folder.resolve("bare/meta/info.json")).contains("environment_state"));
    }

    @Test
    void anUnfinishedDatasetLeavesNothing() throws IOException {
        try (LeRobotWriter writer = new LeRobotWriter(folder.resolve("set"), SPEC)) {
            writer.addFrame(new float[2], new float[1], new float[3]);
            writer.endEpisode("task", true);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aFolderThatExistsIsNotWrittenOver() {
        write(folder.resolve("set"), SPEC, 1);
        assertThrows(BadInputException.class, () -> new LeRobotWriter(folder.resolve("set"), SPEC));
    }

    @Test
    void countsThatDisagreeAreRefused() throws IOException {
        write(folder.resolve("set"), SPEC, 3);
        Path info = folder.resolve("set/meta/info.json");
        String text = Files.readString(info);
        Files.writeString(info, text.replaceFirst("\"total_episodes\" : 3", "\"total_episodes\" : 4"));
        assertMessage("total_episodes says 4", () -> LeRobotDataset.read(folder.resolve("set")));
        Files.writeString(info, text.replaceFirst("v3.0", "v2.1"));
        assertMessage("codebase_version is v2.1", () -> LeRobotDataset.read(folder.resolve("set")));
        Files.writeString(info, text);
        write(folder.resolve("longer"), SPEC, 4);
        String data = "data/chunk-000/file-000.parquet";
        Files.copy(
                folder.resolve("longer").resolve(data), folder.resolve("set").resolve(data.replace("000.p", "001.p")));
        assertThrows(BadInputException.class, () -> LeRobotDataset.read(folder.resolve("set")));
    }

    @Test
    void aFileCutShortIsRefused() throws IOException {
        write(folder.resolve("set"), SPEC, 3);
        Path data = folder.resolve("set/data/chunk-000/file-000.parquet");
        byte[] bytes = Files.readAllBytes(data);
        Files.write(data, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertMessage("cannot be read", () -> LeRobotDataset.read(folder.resolve("set")));
        assertMessage("no dataset", () -> LeRobotDataset.read(folder.resolve("nowhere")));
    }

    @Test
    void aValueThatIsNotFiniteIsRefusedWhenWritten() {
        try (LeRobotWriter writer = new LeRobotWriter(folder.resolve("set"), SPEC)) {
            float[] action = {0, Float.NaN, 0};
            assertThrows(IllegalArgumentException.class, () -> writer.addFrame(new float[2], new float[1], action));
        }
    }

    private static void assertMessage(String part, Runnable action) {
        String message = assertThrows(BadInputException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static List<Episode> write(Path target, DatasetSpec spec, int episodes) {
        SplittableRandom random = new SplittableRandom(episodes);
        List<Episode> written = new ArrayList<>();
        try (LeRobotWriter writer = new LeRobotWriter(target, spec)) {
            for (int episode = 0; episode < episodes; episode++) {
                int length = 1 + random.nextInt(7);
                float[] state = new float[length * spec.stateNames().size()];
                float[] environment = new float[length * spec.environmentNames().size()];
                float[] action = new float[length * spec.actionNames().size()];
                for (int frame = 0; frame < length; frame++) {
                    writer.addFrame(
                            row(random, state, frame, spec.stateNames().size()),
                            row(
                                    random,
                                    environment,
                                    frame,
                                    spec.environmentNames().size()),
                            row(random, action, frame, spec.actionNames().size()));
                }
                String task = "task " + episode % 2;
                writer.endEpisode(task, episode % 3 != 0);
                written.add(new Episode(task, episode % 3 != 0, length, state, environment, action));
            }
            writer.finish();
        }
        return written;
    }

    private static float[] row(SplittableRandom random, float[] all, int frame, int size) {
        float[] row = new float[size];
        for (int i = 0; i < size; i++) {
            row[i] = (float) random.nextGaussian();
        }
        System.arraycopy(row, 0, all, frame * size, size);
        return row;
    }
}
