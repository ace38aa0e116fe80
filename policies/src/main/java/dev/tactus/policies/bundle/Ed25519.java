package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 (RFC 8032) with the Java platform's own implementation, keys as PEM. */
final class Ed25519 {
    private static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private Ed25519() {}

    static KeyPair newPair() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of this version has Ed25519", e);
        }
    }

    /** The public key of a private one, which the platform computes only while it makes a pair: so it is handed the seed. */
    static PublicKey publicOf(PrivateKey key) {
        byte[] seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new BadInputException("the private key cannot be read; use a key file in PEM"));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
                @Override
                public void nextBytes(byte[] bytes) {
                    System.arraycopy(seed, 0, bytes, 0, bytes.length);
                }
            });
            return generator.generateKeyPair().getPublic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of this version has Ed25519", e);
        }
    }

    static byte[] sign(byte[] message, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new BadInputException("the key cannot sign (" + e.getMessage() + "); it must be an Ed25519 key", e);
        }
    }

    static boolean verifies(byte[] message, byte[] signed, PublicKey key) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a signature that cannot even be read
        }
    }

    static PublicKey publicKey(byte[] encoded, String where) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw notKey(where, "public", e);
        }
    }

    static PublicKey readPublic(String pem, String where) {
        return publicKey(unwrapped(pem, PUBLIC, where), where);
    }

    static PrivateKey readPrivate(String pem, String where) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(unwrapped(pem, PRIVATE, where)));
        } catch (GeneralSecurityException e) {
            throw notKey(where, "private", e);
        }
    }

    static String pem(PublicKey key) {
        return wrapped(PUBLIC, key.getEncoded());
    }

    static String pem(PrivateKey key) {
        return wrapped(PRIVATE, key.getEncoded());
    }

    /** SHA-256 of the encoded public key, 64 hexadecimal digits. */
    static String fingerprint(PublicKey key) {
        return Manifest.sha256(key.getEncoded());
    }

    private static String wrapped(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }

    private static byte[] unwrapped(String pem, String what, String where) {
        String begin = "-----BEGIN " + what + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + what + "-----");
        if (from < 0 || to < from) {
            throw new BadInputException(where + ": has no '" + begin + "'; an Ed25519 key in PEM is expected, as"
                    + " './tactus policy sign' or 'openssl genpkey -algorithm ed25519' make it");
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw notKey(where, what, e);
        }
    }

    private static BadInputException notKey(String where, String what, Exception e) {
        return new BadInputException(
                where + ": is no Ed25519 " + what + " key (" + e.getMessage() + "). Name another file.", e);
    }
}
