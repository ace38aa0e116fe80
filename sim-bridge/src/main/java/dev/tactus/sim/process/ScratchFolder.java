package dev.tactus.sim.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for ports, in memory where the machine has such a place; gone in the end. */
public final class ScratchFolder implements AutoCloseable {
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final Path path;

    /** Makes the folder. */
    public ScratchFolder() {
        try {
            path = Files.isWritable(IN_MEMORY)
                    ? Files.createTempDirectory(IN_MEMORY, "tactus-")
                    : Files.createTempDirectory("tactus-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where it is.
     *
     * @return the folder
     */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try (var files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
