package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.Trust;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The part of a command line that says whose bundles are taken; for commands that run one. */
public final class TrustOptions {
    @Option(
            names = "--allow-unsigned",
            description = "Take a bundle that is not signed, or signed by a key that is not trusted.")
    private boolean allowUnsigned;

    @Mixin
    private KeysOption keys;

    /** Made by picocli. */
    public TrustOptions() {}

    /**
     * What the user said.
     *
     * @return whose bundles are taken
     */
    public Trust trust() {
        return new Trust(keys.store(), allowUnsigned);
    }
}
