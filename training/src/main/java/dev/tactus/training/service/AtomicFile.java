package dev.tactus.training.service;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file whole or not at all: the new content goes to a file beside it, is brought to the disk, and takes the
 * name by one rename. Whatever fails before that, a full disk above all, leaves the old file as it was.
 */
final class AtomicFile {
    private AtomicFile() {}

    /** Writes the new content. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes it.
         *
         * @param file the file to make
         * @throws IOException if it cannot be written
         */
        void writeTo(Path file) throws IOException;
    }

    /**
     * Replaces a file.
     *
     * @param target the file, which may be absent
     * @param content its new content
     * @throws IOException if that failed; the old file is whole then
     */
    static void replace(Path target, Content content) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path partial = folder.resolve(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        try {
            content.writeTo(partial);
            force(partial, StandardOpenOption.WRITE);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
