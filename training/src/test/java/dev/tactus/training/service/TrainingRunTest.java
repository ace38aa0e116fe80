package dev.tactus.training.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.runner.GoldenReplay;
import dev.tactus.training.data.LeRobotDataset;
import dev.tactus.training.data.SyntheticReach;
import dev.tactus.training.export.ParityCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    private static final int TOTAL = 240;

    @TempDir
    private Path folder;

    private LeRobotDataset dataset;

    @BeforeEach
    void demonstrate() {
        dataset = SyntheticReach.dataset(folder.resolve("set"), 10, 1);
    }

    @Test
    void aResumedRunIsTheUninterruptedOneToTheBit() {
        TrainingRun whole = SmallRun.make(dataset, folder.resolve("whole"), 1, TOTAL);
        SmallRun.steps(whole, TOTAL);
        TrainingRun first = SmallRun.make(dataset, folder.resolve("halves"), 1, TOTAL);
        SmallRun.steps(first, 117); // neither an epoch's end nor a point of the curve
        first.save();
        TrainingRun second = SmallRun.make(dataset, folder.resolve("halves"), 1, TOTAL);
        second.resume();
        assertEquals(117, second.steps());
        SmallRun.steps(second, TOTAL - 117);
        assertEquals(whole.parametersSha256(), second.parametersSha256());
        assertEquals(whole.averageSha256(), second.averageSha256());
        assertEquals(whole.curve().points(), second.curve().points());
        assertNotEquals(first.parametersSha256(), second.parametersSha256());
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() {
        TrainingRun run = SmallRun.make(dataset, folder.resolve("run"), 1, TOTAL);
        SmallRun.steps(run, 2);
        run.save();
        assertMessage(
                "another recipe",
                () -> SmallRun.make(dataset, folder.resolve("run"), 2, TOTAL).resume());
        LeRobotDataset other = SyntheticReach.dataset(folder.resolve("other"), 10, 2);
        assertMessage(
                "other demonstrations",
                () -> SmallRun.make(other, folder.resolve("run"), 1, TOTAL).resume());
    }

    @Test
    void aCheckpointThatIsCutShortIsRefused() throws IOException {
        TrainingRun run = SmallRun.make(dataset, folder.resolve("run"), 1, TOTAL);
        SmallRun.steps(run, 2);
        run.save();
        Path file = folder.resolve("run").resolve(TrainingRun.CHECKPOINT);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        TrainingRun again = SmallRun.make(dataset, folder.resolve("run"), 1, TOTAL);
        assertMessage("cannot be read as a checkpoint", again::resume);
        Files.delete(file);
        assertMessage("is missing", again::resume);
    }

    @Test
    void aFullDiskLeavesTheOlderCheckpointWhole() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(mounted("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk.toString()), "may mount a tmpfs");
        try {
            TrainingRun run = SmallRun.make(dataset, disk, 1, TOTAL);
            SmallRun.steps(run, 3);
            run.save();
            byte[] whole = Files.readAllBytes(disk.resolve(TrainingRun.CHECKPOINT));
            assertTrue(whole.length > 300_000, "two of " + whole.length + " bytes do not fit");
            SmallRun.steps(run, 1);
            String message = assertThrows(MissingPartException.class, run::save).getMessage();
            assertTrue(message.contains("The checkpoint of step 3 is whole"), message);
            assertArrayEquals(whole, Files.readAllBytes(disk.resolve(TrainingRun.CHECKPOINT)));
            try (Stream<Path> files = Files.list(disk)) {
                assertTrue(files.noneMatch(file -> file.toString().endsWith(".partial")));
            }
            TrainingRun again = SmallRun.make(dataset, disk, 1, TOTAL);
            again.resume();
            assertEquals(3, again.steps());
        } finally {
            mounted("umount", disk.toString());
        }
    }

    @Test
    void aWriteThatFailsHalfwayLeavesTheOlderFile() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.replace(file, partial -> Files.writeString(partial, "old"));
        assertThrows(
                IOException.class,
                () -> AtomicFile.replace(file, partial -> {
                    Files.writeString(partial, "ne");
                    throw new IOException("No space left on device");
                }));
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.noneMatch(left -> left.toString().endsWith(".partial")));
        }
    }

    @Test
    void theExportIsABundleThatReplaysItsAnswers() {
        TrainingRun run = SmallRun.make(dataset, folder.resolve("run"), 1, TOTAL);
        SmallRun.steps(run, 20);
        assertTrue(run.export().relative() <= ParityCheck.TOLERANCE);
        PolicyBundle bundle = PolicyBundle.load(folder.resolve("run").resolve(TrainingRun.BUNDLE), Trust.any());
        assertEquals("synthetic-reach", bundle.spec().task());
        assertEquals(dataset.sha256(), bundle.spec().provenance().datasetSha256());
        assertEquals(10.0, bundle.spec().requireRti().discreteFactor(), 1e-12);
        assertEquals(3, bundle.golden().cases().size());
        try (Denoiser denoiser = DenoiserSource.of(bundle).open(1)) {
            for (double error : GoldenReplay.errors(bundle.spec(), bundle.golden(), denoiser)) {
                assertEquals(0, error, 1e-4);
            }
        }
    }

    @Test
    void aDatasetOfAnotherTaskIsRefused() {
        LeRobotDataset other = new LeRobotDataset(
                new dev.tactus.training.data.DatasetSpec("toy", 20, List.of("a"), List.of(), List.of("b")),
                dataset.episodes());
        assertMessage("the dataset holds", () -> SmallRun.make(other, folder.resolve("run"), 1, TOTAL));
    }

    private static void assertMessage(String part, Runnable action) {
        String message = assertThrows(BadInputException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static boolean mounted(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
