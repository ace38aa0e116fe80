package dev.tactus.sim.run;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.JsonReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The part of a command line that says how many episodes there are, where their seeds begin and where figures go. */
public final class EpisodeArguments {
    @Option(
            names = "--episodes",
            paramLabel = "N",
            description =
                    "Episodes, one seed each (default: 10 of run, 20 of bench faults, 50 of eval and bench handover, 200 of bench schemes).")
    private Optional<Integer> episodes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the first episode; the next has the next one (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one JSON object.")
    private Optional<Path> json;

    /** Made by the command that has it as a part. */
    public EpisodeArguments() {}

    /** Refuses what cannot be, before any work begins. */
    public void check() {
        if (episodes.orElse(1) < 1) {
            throw new BadInputException("--episodes " + episodes.get() + ": at least 1 is needed");
        }
        json.ifPresent(JsonReport::requireWritable);
    }

    /**
     * How many episodes.
     *
     * @param unlessGiven the command's default
     * @return at least 1
     */
    public int episodes(int unlessGiven) {
        return episodes.orElse(unlessGiven);
    }

    /**
     * Seed of the first episode.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * Writes the figures where the command line asked for them, if it did.
     *
     * @param figures one JSON object; numeric keys carry their unit
     */
    public void write(Map<String, Object> figures) {
        json.ifPresent(file -> JsonReport.write(file, figures));
    }
}
