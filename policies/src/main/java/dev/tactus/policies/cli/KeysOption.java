package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.KeyStore;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The part of a command line that names the folder of keys. */
public final class KeysOption {
    @Option(
            names = "--keys",
            paramLabel = "FOLDER",
            description = "Folder with your signing.pem and trusted/*.pem (default: ~/.config/tactus).")
    private Optional<Path> folder = Optional.empty();

    /** Made by picocli. */
    public KeysOption() {}

    /**
     * The key store that the user named, or the user's own.
     *
     * @return the store
     */
    public KeyStore store() {
        return folder.map(KeyStore::new).orElseGet(KeyStore::ofUser);
    }
}
