package dev.tactus.policies.cli;

import dev.tactus.policies.bundle.KeyStore;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./tactus policy sign BUNDLE}: vouches for a bundle with the user's key, which is made on first use. */
@Command(
        name = "sign",
        description = {
            "Sign a policy bundle with your key (Ed25519). Without --key: the one in ~/.config/tactus, made on first use."
        })
public final class PolicySignCommand implements TactusCommand {
    @Parameters(paramLabel = "BUNDLE", description = "Folder of the bundle.")
    private Path bundle;

    @Option(names = "--key", paramLabel = "FILE", description = "Private key, Ed25519 in PEM.")
    private Optional<Path> key = Optional.empty();

    @Mixin
    private KeysOption keysOption;

    /** Made by ServiceLoader. */
    public PolicySignCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Override
    public Integer call() {
        KeyStore keys = keysOption.store();
        if (key.isEmpty()) {
            keys.makeSigningKey()
                    .ifPresent(made -> System.out.printf(
                            "made a key: %s, readable by you alone; its public half is %s%n",
                            keys.signingKey(), keys.trustedFolder().resolve(made + ".pem")));
        }
        String fingerprint = PolicyBundle.sign(bundle, key.orElseGet(keys::signingKey));
        System.out.printf("%s: signed by key %s%n", bundle, fingerprint);
        return ExitCode.DONE;
    }
}
