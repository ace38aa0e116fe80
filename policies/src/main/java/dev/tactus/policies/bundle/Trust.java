package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.TactusHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which bundles may be used. A bundle inside the installation ({@code policies/bundles} of {@code tactus.home}) is as
 * trusted as the program itself; any other must be signed by a key of the user's {@link KeyStore}, unless the user
 * allows it by hand. A signature that does not fit its bundle is refused whatever the user allows.
 *
 * @param keys where trusted keys are
 * @param allowsUnsigned whether a bundle that nobody known has signed may be used all the same
 */
public record Trust(KeyStore keys, boolean allowsUnsigned) {

    /** Who vouches for a bundle. */
    public enum Voucher {
        /** The installation that it is a part of. */
        INSTALLATION,
        /** The owner of a trusted key. */
        TRUSTED_KEY,
        /** The owner of a key that is not trusted here. */
        UNKNOWN_KEY,
        /** Nobody: it is not signed. */
        NOBODY
    }

    /**
     * Who vouches for a bundle, and with which key.
     *
     * @param voucher who
     * @param key fingerprint of the key; empty if it is not signed
     */
    public record Origin(Voucher voucher, String key) {

        /**
         * Whether it may be used without the user's leave.
         *
         * @return whether somebody who is known vouches for it
         */
        public boolean trusted() {
            return voucher == Voucher.INSTALLATION || voucher == Voucher.TRUSTED_KEY;
        }

        /**
         * For people.
         *
         * @return a phrase
         */
        public String words() {
            return switch (voucher) {
                case INSTALLATION -> "part of this installation";
                case TRUSTED_KEY -> "signed by trusted key " + key;
                case UNKNOWN_KEY -> "signed by a key that is not trusted here, " + key;
                case NOBODY -> "not signed";
            };
        }
    }

    /**
     * Asks for a trusted signature.
     *
     * @return the rule that every command starts from
     */
    public static Trust required() {
        return new Trust(KeyStore.ofUser(), false);
    }

    /**
     * Takes a bundle whoever made it: to look at one, or because the user said so.
     *
     * @return the rule of {@code --allow-unsigned}
     */
    public static Trust any() {
        return new Trust(KeyStore.ofUser(), true);
    }

    Origin check(Path bundle, Optional<BundleSignature> signature) {
        Origin origin = origin(bundle, signature);
        if (!origin.trusted() && !allowsUnsigned) {
            throw new BadInputException(bundle + ": is " + origin.words() + "; only bundles signed by a key in "
                    + keys.trustedFolder() + " are used. If you know who made it, "
                    + (origin.voucher() == Voucher.NOBODY
                            ? "have it signed (./tactus policy sign), "
                            : "trust that key (./tactus policy trust KEY.pem), ")
                    + "or run once with --allow-unsigned.");
        }
        return origin;
    }

    private Origin origin(Path bundle, Optional<BundleSignature> signature) {
        String key = signature.map(BundleSignature::fingerprint).orElse("");
        if (installed(bundle)) {
            return new Origin(Voucher.INSTALLATION, key);
        }
        return new Origin(
                signature
                        .map(one -> keys.trusts(one.key()) ? Voucher.TRUSTED_KEY : Voucher.UNKNOWN_KEY)
                        .orElse(Voucher.NOBODY),
                key);
    }

    private static boolean installed(Path bundle) {
        String home = System.getProperty(TactusHome.PROPERTY, "");
        if (home.isEmpty()) {
            return false;
        }
        try {
            Path bundles = Path.of(home).resolve("policies/bundles");
            return Files.isDirectory(bundles) && bundle.toRealPath().startsWith(bundles.toRealPath());
        } catch (IOException e) {
            return false; // a path that cannot be followed is no part of the installation
        }
    }
}
