package dev.tactus.training.service;

import dev.tactus.training.data.DemonstrationSource;
import dev.tactus.training.data.DemonstrationWriter;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Records a task's demonstrations as a dataset, with a progress line. */
final class Demonstrations {
    private Demonstrations() {}

    static void record(DemonstrationSource source, int episodes, long seed, Path folder, PrintWriter terminal) {
        ProgressLine progress = new ProgressLine(terminal, ProgressLine.onTerminal(), "episode", 0, episodes);
        try (DemonstrationWriter writer = new DemonstrationWriter(folder, source.policyInterface())) {
            source.record(episodes, seed, writer, done -> progress.show(done, ""));
            writer.finish();
        }
        progress.end(episodes, "");
    }
}
