package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.KeyStore;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./tactus policy trust [KEY.pem]}: adds somebody's public key to those whose bundles are run, or lists them. */
@Command(
        name = "trust",
        description = "Trust a public key, so that bundles signed by it are run; without one, list them.")
public final class PolicyTrustCommand implements TactusCommand {
    @Parameters(paramLabel = "KEY", arity = "0..1", description = "Public key, Ed25519 in PEM.")
    private Optional<Path> key = Optional.empty();

    @Mixin
    private KeysOption keysOption;

    /** Made by ServiceLoader. */
    public PolicyTrustCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Override
    public Integer call() {
        KeyStore keys = keysOption.store();
        if (key.isPresent()) {
            System.out.printf("trusted from now on: %s, in %s%n", keys.trust(key.get()), keys.trustedFolder());
            return ExitCode.DONE;
        }
        keys.trusted().forEach((fingerprint, file) -> System.out.printf("%s  %s%n", fingerprint, file));
        System.out.printf("%d trusted keys in %s%n", keys.trusted().size(), keys.trustedFolder());
        return ExitCode.DONE;
    }
}
