package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.config.UserFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A user's keys: {@code signing.pem}, the Ed25519 key that signs bundles, readable by its owner alone, and {@code
 * trusted/*.pem}, the public keys whose bundles are run. They lie in {@code $XDG_CONFIG_HOME/tactus} (else {@code
 * ~/.config/tactus}), or where the system property {@value #PROPERTY} says.
 */
public final class KeyStore {
    /** The system property that names the folder. */
    public static final String PROPERTY = "tactus.keys";

    private static final String SIGNING = "signing.pem";
    private static final String TRUSTED = "trusted";

    private final Path folder;

    /**
     * A store in a folder, which need not exist.
     *
     * @param folder the folder
     */
    public KeyStore(Path folder) {
        this.folder = folder;
    }

    /**
     * The user's own store.
     *
     * @return the store
     */
    public static KeyStore ofUser() {
        String named = System.getProperty(PROPERTY, "");
        if (!named.isEmpty()) {
            return new KeyStore(Path.of(named));
        }
        return new KeyStore(UserFolder.CONFIG.path());
    }

    /**
     * Where the signing key is, or would be.
     *
     * @return the file
     */
    public Path signingKey() {
        return folder.resolve(SIGNING);
    }

    /**
     * Where the trusted public keys are, or would be.
     *
     * @return the folder
     */
    public Path trustedFolder() {
        return folder.resolve(TRUSTED);
    }

    /**
     * Makes a signing key if there is none, and trusts it: what a user signs, the same user may run.
     *
     * @return the fingerprint of the new key; empty if there was a key already
     * @throws MissingPartException if the folder cannot be written
     */
    public Optional<String> makeSigningKey() {
        if (Files.exists(signingKey())) {
            return Optional.empty();
        }
        KeyPair pair = Ed25519.newPair();
        try {
            Files.createDirectories(folder);
            Files.createFile(
                    signingKey(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(signingKey(), Ed25519.pem(pair.getPrivate()), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unwritable(e);
        }
        return Optional.of(trust(pair.getPublic()));
    }

    /**
     * Adds a public key to those that are trusted.
     *
     * @param file the key in PEM
     * @return its fingerprint
     */
    public String trust(Path file) {
        return trust(Ed25519.readPublic(read(file), file.toString()));
    }

    private String trust(PublicKey key) {
        String fingerprint = Ed25519.fingerprint(key);
        try {
            Files.createDirectories(trustedFolder());
            Files.writeString(trustedFolder().resolve(fingerprint + ".pem"), Ed25519.pem(key));
        } catch (IOException e) {
            throw unwritable(e);
        }
        return fingerprint;
    }

    /**
     * Reads a private key.
     *
     * @param file the private key in PEM, readable by its owner alone
     * @return the key
     * @throws BadInputException if it is no such key, or others can read it
     */
    static PrivateKey privateKey(Path file) {
        String pem = read(file);
        try {
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            others.remove(PosixFilePermission.OWNER_READ);
            others.remove(PosixFilePermission.OWNER_WRITE);
            others.remove(PosixFilePermission.OWNER_EXECUTE);
            if (!others.isEmpty()) {
                throw new BadInputException(file + ": others than its owner may use this private key ("
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        + "). If nobody did, run 'chmod 600 " + file + "'; if in doubt, make a new one.");
            }
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read (" + e + "). Check its permissions.", e);
        }
        return Ed25519.readPrivate(pem, file.toString());
    }

    /** Whether a key is among the trusted ones. */
    boolean trusts(PublicKey key) {
        return trusted().containsKey(Ed25519.fingerprint(key));
    }

    /**
     * The trusted keys. The file's name is of no account; what it holds decides.
     *
     * @return fingerprint to file
     */
    public Map<String, Path> trusted() {
        Map<String, Path> keys = new TreeMap<>();
        if (!Files.isDirectory(trustedFolder())) {
            return keys;
        }
        try (Stream<Path> files = Files.list(trustedFolder())) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".pem")) {
                    keys.put(Ed25519.fingerprint(Ed25519.readPublic(read(file), file.toString())), file);
                }
            }
        } catch (IOException e) {
            throw new BadInputException(trustedFolder() + ": cannot be listed (" + e + "). Check its permissions.", e);
        }
        return keys;
    }

    private static String read(Path file) {
        try {
            BundleSource.requireSize(file.toString(), Files.size(file), 1 << 16);
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadInputException(
                    file + ": cannot be read (" + e + "). Name a key file in PEM that you may read.", e);
        }
    }

    private MissingPartException unwritable(IOException e) {
        return new MissingPartException(
                folder + ": keys cannot be written there (" + e + "). Make the folder writable, or name another with -D"
                        + PROPERTY + "=FOLDER.",
                e);
    }
}
