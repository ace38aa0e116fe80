package dev.tactus.sim.run;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.JsonReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The part of a command line that says how many episodes there are, where their seeds begin and where figures go. */
final class EpisodeArguments {
    @Option(
            names = "--episodes",
            paramLabel = "N",
            description = "Episodes, one seed each (default: 10 of run, 50 of eval, 200 of bench schemes).")
    private Optional<Integer> episodes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the first episode; the next has the next one (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one JSON object.")
    private Optional<Path> json;

    /** Refuses what cannot be, before any work begins. */
    void check() {
        if (episodes.orElse(1) < 1) {
            throw new BadInputException("--episodes " + episodes.get() + ": at least 1 is needed");
        }
        json.ifPresent(JsonReport::requireWritable);
    }

    int episodes(int unlessGiven) {
        return episodes.orElse(unlessGiven);
    }

    long seed() {
        return seed;
    }

    void write(Map<String, Object> figures) {
        json.ifPresent(file -> JsonReport.write(file, figures));
    }
}
