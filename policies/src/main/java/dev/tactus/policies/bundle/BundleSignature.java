package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/** The file {@code SIGNATURE}: one line with {@code ed25519}, the public key and the signature of {@code MANIFEST}. */
record BundleSignature(PublicKey key, byte[] signed) {
    private static final String PREFIX = "ed25519 ";

    static BundleSignature of(byte[] manifest, PrivateKey key, PublicKey publicKey) {
        return new BundleSignature(publicKey, Ed25519.sign(manifest, key));
    }

    static BundleSignature parse(byte[] bytes, String where) {
        String[] words = new String(bytes, StandardCharsets.US_ASCII).strip().split(" ");
        if (words.length != 3) {
            throw damaged(where);
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            BundleSignature signature =
                    new BundleSignature(Ed25519.publicKey(base64.decode(words[1]), where), base64.decode(words[2]));
            if (!Arrays.equals(bytes, signature.bytes())) { // base64 and blanks leave bits that decide nothing
                throw damaged(where);
            }
            return signature;
        } catch (IllegalArgumentException e) {
            throw damaged(where);
        }
    }

    private static BadInputException damaged(String where) {
        return new BadInputException(where + ": is no signature, or was changed; one line with 'ed25519', a public key"
                + " and a signature is expected. " + PolicyBundle.RECOPY);
    }

    byte[] bytes() {
        Base64.Encoder base64 = Base64.getEncoder();
        String line = PREFIX + base64.encodeToString(key.getEncoded()) + " " + base64.encodeToString(signed) + "\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /** Refuses a signature that is not the key's signature of this manifest: something was changed. */
    void requireSigns(byte[] manifest, String where) {
        if (!Ed25519.verifies(manifest, signed, key)) {
            throw new BadInputException(where + ": does not sign this " + PolicyBundle.MANIFEST
                    + ": one of the two was changed after key " + fingerprint() + " had signed. "
                    + PolicyBundle.RECOPY);
        }
    }

    String fingerprint() {
        return Ed25519.fingerprint(key);
    }
}
