package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where the files of a bundle are read from: a folder or a tar. Names are plain file names in either. */
sealed interface BundleSource extends AutoCloseable permits BundleSource.Folder, TarFile {

    /** Opens a bundle's place, whichever it is. */
    static BundleSource open(Path path) {
        if (Files.isDirectory(path)) {
            return new Folder(path);
        }
        if (Files.isRegularFile(path)) {
            return TarFile.open(path);
        }
        throw new BadInputException(path + ": is not a folder and no file; a policy bundle is a folder, or a tar of a"
                + " folder, with " + PolicyBundle.POLICY + ", " + PolicyBundle.MODEL + ", " + PolicyBundle.GOLDEN
                + " and " + PolicyBundle.MANIFEST);
    }

    /** The names of all files. */
    Set<String> names();

    /** How messages call a file. */
    String called(String name);

    /** All bytes of a file that is among {@link #names}. */
    byte[] read(String name, long limit);

    @Override
    void close();

    /** A folder. */
    final class Folder implements BundleSource {
        private final Path path;
        private final Set<String> names = new TreeSet<>();

        private Folder(Path path) {
            this.path = path;
            try (Stream<Path> entries = Files.list(path)) {
                entries.forEach(entry -> names.add(entry.getFileName().toString()));
            } catch (IOException e) {
                throw new BadInputException(path + ": cannot be listed (" + e + "). Check its permissions.", e);
            }
        }

        @Override
        public Set<String> names() {
            return names;
        }

        @Override
        public String called(String name) {
            return path.resolve(name).toString();
        }

        @Override
        public byte[] read(String name, long limit) {
            Path file = path.resolve(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new BadInputException(
                        file + ": is a folder, a link or a device, not a plain file. " + PolicyBundle.RECOPY);
            }
            try {
                requireSize(file.toString(), Files.size(file), limit);
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new BadInputException(file + ": cannot be read (" + e + "). Check its permissions.", e);
            }
        }

        @Override
        public void close() {}
    }

    /** Refuses a file that is too large before a byte of it is read. */
    static void requireSize(String name, long size, long limit) {
        if (size > limit) {
            throw new BadInputException(
                    name + ": has " + size + " bytes; at most " + limit + " are allowed. " + PolicyBundle.RECOPY);
        }
    }
}
