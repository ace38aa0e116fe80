package dev.tactus.training.service;

import dev.tactus.policies.command.Interruption;
import dev.tactus.training.data.DemonstrationSource;
import dev.tactus.training.data.DemonstrationWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** Records a task's demonstrations as a dataset, with a progress line. */
final class Demonstrations {
    private Demonstrations() {}

    /**
     * Records; a dataset is there whole or not at all.
     *
     * @return whether it is there; if not, the user ended it
     */
    static boolean record(DemonstrationSource source, int episodes, long seed, Path folder, PrintWriter terminal) {
        ProgressLine progress = new ProgressLine(terminal, ProgressLine.onTerminal(), "episode", 0, episodes);
        try (Interruption interruption = new Interruption()) {
            try (DemonstrationWriter writer = new DemonstrationWriter(folder, source.policyInterface())) {
                source.record(episodes, seed, writer, done -> {
                    progress.show(done, "");
                    if (interruption.requested()) {
                        throw new CancellationException();
                    }
                });
                writer.finish();
            } catch (CancellationException asked) {
                terminal.printf("%nstopped; a dataset is written whole or not at all, so nothing of it is kept%n");
                terminal.flush();
                return false;
            }
        }
        progress.end(episodes, "");
        return true;
    }
}
