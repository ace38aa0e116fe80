package dev.tactus.training.demonstration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.training.data.DemonstrationSource;
import dev.tactus.training.data.DemonstrationWriter;
import dev.tactus.training.data.Episode;
import dev.tactus.training.data.LeRobotDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lift task's expert, recorded from the simulator into a dataset and read back. */
class TaskDemonstrationsTest {
    @TempDir
    private Path folder;

    @Test
    void theSameSeedRecordsTheSameDataset() {
        LeRobotDataset first = record("first", 3);
        assertEquals(first.sha256(), record("second", 3).sha256());
        assertEquals(3, first.episodes().size());
        assertTrue(first.episodes().stream().allMatch(Episode::success));
    }

    @Test
    void everyActionIsAPoseNearTheToolAndAGripperThatOpensOrCloses() {
        LeRobotDataset dataset = record("set", 2);
        for (Episode episode : dataset.episodes()) {
            int stateSize = episode.state().length / episode.length();
            int actionSize = episode.action().length / episode.length();
            for (int frame = 0; frame < episode.length(); frame++) {
                double square = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double ahead = episode.action()[frame * actionSize + axis]
                            - episode.state()[frame * stateSize + 7 + axis]; // after seven joints
                    square += ahead * ahead;
                }
                assertTrue(Math.sqrt(square) < 0.13, "frame " + frame + ": " + Math.sqrt(square) + " m ahead");
                assertEquals(1, Math.abs(episode.action()[frame * actionSize + 9]));
            }
        }
    }

    private LeRobotDataset record(String name, int episodes) {
        DemonstrationSource source = DemonstrationSource.of("fr3-lift");
        List<Integer> progress = new ArrayList<>();
        try (DemonstrationWriter writer = new DemonstrationWriter(folder.resolve(name), source.policyInterface())) {
            source.record(episodes, 5, writer, progress::add);
            writer.finish();
        }
        assertEquals(episodes, progress.size());
        return LeRobotDataset.read(folder.resolve(name));
    }
}
