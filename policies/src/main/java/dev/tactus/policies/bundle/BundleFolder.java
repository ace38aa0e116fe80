package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;

/** Puts a folder of files in place whole: whoever looks sees the old folder, none for an instant, or the new one. */
final class BundleFolder {
    private BundleFolder() {}

    static void replace(Path folder, Map<String, byte[]> files) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        requireBundleOrNothing(target);
        Files.createDirectories(target.getParent());
        Path fresh = Files.createTempDirectory(target.getParent(), "." + target.getFileName() + ".new");
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                writeThrough(fresh.resolve(file.getKey()), file.getValue());
            }
            Files.setPosixFilePermissions(fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            swap(fresh, target);
        } finally {
            delete(fresh);
        }
    }

    /** Puts one file into a folder, whole or not at all. */
    static void put(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            writeThrough(fresh, bytes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void swap(Path fresh, Path target) throws IOException {
        if (!Files.exists(target)) {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path old = Files.createTempDirectory(target.getParent(), "." + target.getFileName() + ".old");
        Path kept = old.resolve(target.getFileName());
        Files.move(target, kept, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(kept, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        } finally {
            if (Files.exists(target)) {
                delete(kept);
                delete(old);
            }
        }
    }

    private static void requireBundleOrNothing(Path target) throws IOException {
        if (Files.exists(target) && !Files.exists(target.resolve(PolicyBundle.MANIFEST))) {
            boolean empty = false;
            if (Files.isDirectory(target)) {
                try (Stream<Path> entries = Files.list(target)) {
                    empty = entries.findAny().isEmpty();
                }
            }
            if (!empty) {
                throw new BadInputException(
                        target + ": exists and is no policy bundle; it is left as it is. Name" + " another folder.");
            }
        }
    }

    private static void writeThrough(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.delete(folder);
    }
}
