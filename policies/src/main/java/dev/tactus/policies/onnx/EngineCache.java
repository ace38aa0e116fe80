package dev.tactus.policies.onnx;

import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.config.UserFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * TensorRT engines that were built ahead, one folder a {@link Key}, under {@code ~/.cache/tactus/engines} or
 * {@code -Dtactus.engine.cache}. An engine takes minutes to build, so nothing builds one while a robot waits: a session
 * takes a whole entry or none. A file {@value #SEAL} holds the key and the sums of the others, and is written last.
 */
public final class EngineCache {
    /** System property with the cache's folder. */
    public static final String PROPERTY = "tactus.engine.cache";

    private static final String SEAL = "ENTRY";

    private final Path root;

    /**
     * What an engine holds for: another value of any of these needs another engine.
     *
     * @param modelSha256 sum of the model and its weight files
     * @param shapes the fixed shapes of its inputs
     * @param gpu the GPU's name
     * @param driver the GPU driver's version
     * @param runtime ONNX Runtime's version
     * @param tensorRt TensorRT's version
     */
    public record Key(String modelSha256, String shapes, String gpu, String driver, String runtime, String tensorRt) {
        String text() {
            return String.join(
                    "\n",
                    "model " + modelSha256,
                    "shapes " + shapes,
                    "gpu " + gpu,
                    "driver " + driver,
                    "onnxruntime " + runtime,
                    "tensorrt " + tensorRt,
                    "");
        }
    }

    /** What the cache holds for a key. */
    public enum State {
        /** A whole entry. */
        READY,
        /** No entry. */
        ABSENT,
        /** An entry with a file that was changed, cut short, added or lost. */
        CORRUPT
    }

    /** Fills a folder with engines. */
    @FunctionalInterface
    public interface Builder {
        /**
         * Builds.
         *
         * @param folder empty folder for the engines
         * @throws IOException if the disk does not take them
         */
        void build(Path folder) throws IOException;
    }

    /**
     * A cache in a folder.
     *
     * @param root the folder; made when something is built
     */
    public EngineCache(Path root) {
        this.root = root;
    }

    /**
     * The cache of this user, or of {@code -Dtactus.engine.cache}.
     *
     * @return the cache
     */
    public static EngineCache standard() {
        String named = System.getProperty(PROPERTY, "");
        return new EngineCache(named.isEmpty() ? UserFolder.CACHE.path().resolve("engines") : Path.of(named));
    }

    /**
     * Where a key's entry is, or would be.
     *
     * @param key the key
     * @return the folder
     */
    public Path folder(Key key) {
        return root.resolve(hash(key.text().getBytes(StandardCharsets.UTF_8)).substring(0, 32));
    }

    /**
     * Reads an entry whole and says what it is worth.
     *
     * @param key the key
     * @return its state
     */
    public State state(Key key) {
        Path folder = folder(key);
        if (!Files.isDirectory(folder)) {
            return State.ABSENT;
        }
        try {
            return Files.readString(folder.resolve(SEAL)).equals(seal(folder, key)) ? State.READY : State.CORRUPT;
        } catch (IOException e) {
            return State.CORRUPT;
        }
    }

    /**
     * Builds an entry beside its place and puts it there whole; what was there is gone afterwards. Not while a robot
     * waits.
     *
     * @param key the key
     * @param builder fills the entry
     * @throws MissingPartException if the disk does not take it, or the builder leaves nothing
     */
    public void build(Key key, Builder builder) {
        Path target = folder(key);
        try {
            Files.createDirectories(root);
            Path fresh = Files.createTempDirectory(root, ".building");
            try {
                builder.build(fresh);
                if (files(fresh).isEmpty()) {
                    throw new MissingPartException("no TensorRT engine came of it: none of the network's operators"
                            + " runs there. Use --provider cuda.");
                }
                Files.writeString(fresh.resolve(SEAL), seal(fresh, key));
                delete(target);
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(fresh);
            }
        } catch (IOException e) {
            throw new MissingPartException(
                    "the engine cache " + root + " cannot be written (" + e + "). Free some space, or name another"
                            + " folder by -D" + PROPERTY + "=FOLDER.",
                    e);
        }
    }

    private static String seal(Path folder, Key key) throws IOException {
        StringBuilder text = new StringBuilder(key.text());
        for (Path file : files(folder)) {
            text.append(hash(file)).append("  ").append(file.getFileName()).append('\n');
        }
        return text.toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().equals(SEAL))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(folder);
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
