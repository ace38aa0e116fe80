package dev.tactus.policies.runner;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the clean chunks of a run as CSV, for {@code policy tune-rti}: one line a chunk with its episode, the tick of its
 * newest observation and {@code H * D} numbers in normalised space, below a line of column names. Writes to a
 * disk, so it belongs into lock-step runs and offline loops, not into a loop against the clock.
 */
public final class ChunkLog implements AutoCloseable {
    private final Path file;
    private final BufferedWriter out;
    private long episode = -1;

    /**
     * A logged chunk.
     *
     * @param episode running number of the episode in its log
     * @param tick policy tick of the newest observation behind it
     * @param chunk {@code [H, D]}, normalised
     */
    public record Entry(long episode, long tick, float[] chunk) {}

    /**
     * Begins a log.
     *
     * @param file where to; replaced if it is there
     * @param spec the policy that will be logged
     * @throws BadInputException if the file cannot be written
     */
    public ChunkLog(Path file, PolicySpec spec) {
        this.file = file;
        try {
            out = Files.newBufferedWriter(file);
            out.write(header(spec) + "\n");
        } catch (IOException e) {
            throw new BadInputException(file + " cannot be written: " + e + "; name another file", e);
        }
    }

    /** An episode begins. */
    void beginEpisode() {
        episode++;
    }

    /** Adds a chunk, {@code [H, D]}. */
    void add(long tick, float[] chunk) {
        StringBuilder line =
                new StringBuilder().append(Math.max(0, episode)).append(',').append(tick);
        for (float number : chunk) {
            line.append(',').append(number);
        }
        try {
            out.write(line.append('\n').toString());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written any more", e);
        }
    }

    /**
     * Reads a log.
     *
     * @param file the log
     * @param spec the policy that it must be of
     * @return the chunks in their order
     * @throws BadInputException if it is not there, damaged, or of a policy with other chunks
     */
    public static List<Entry> read(Path file, PolicySpec spec) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new BadInputException(
                    file + " cannot be read: " + e + "; a log is written by ./tactus eval --log-chunks FILE", e);
        }
        if (lines.isEmpty() || !lines.getFirst().equals(header(spec))) {
            throw new BadInputException(file + " is no log of chunks of policy '" + spec.name() + "', which have "
                    + spec.horizon() + " rows of " + spec.actionSize() + " elements. Log a run of this policy.");
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                entries.add(entry(lines.get(i), spec.horizon() * spec.actionSize()));
            } catch (IllegalArgumentException e) {
                throw new BadInputException(
                        file + ", line " + (i + 1) + ": no chunk (" + e.getMessage() + "); log the run again", e);
            }
        }
        return entries;
    }

    private static String header(PolicySpec spec) {
        StringBuilder header = new StringBuilder("episode,tick");
        for (int row = 0; row < spec.horizon(); row++) {
            for (int element = 0; element < spec.actionSize(); element++) {
                header.append(",row").append(row).append('_').append(element);
            }
        }
        return header.toString();
    }

    private static Entry entry(String line, int numbers) {
        String[] columns = line.split(",", -1);
        if (columns.length != 2 + numbers) {
            throw new IllegalArgumentException(columns.length + " columns instead of " + (2 + numbers));
        }
        float[] chunk = new float[numbers];
        for (int i = 0; i < numbers; i++) {
            chunk[i] = Float.parseFloat(columns[2 + i]);
        }
        return new Entry(Long.parseLong(columns[0]), Long.parseLong(columns[1]), chunk);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written any more", e);
        }
    }
}
