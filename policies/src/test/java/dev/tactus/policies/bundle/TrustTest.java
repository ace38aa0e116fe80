package dev.tactus.policies.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.policies.bundle.Trust.Voucher;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.policies.fixture.TinyBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
    @TempDir
    private Path folder;

    private Path bundle;
    private KeyStore mine;
    private KeyStore theirs;

    @BeforeEach
    void write() {
        bundle = folder.resolve("reach");
        TinyBundle.write(bundle);
        mine = new KeyStore(folder.resolve("mine"));
        theirs = new KeyStore(folder.resolve("theirs"));
        mine.makeSigningKey();
        theirs.makeSigningKey();
    }

    private PolicyBundle load(KeyStore keys) {
        return PolicyBundle.load(bundle, new Trust(keys, false));
    }

    private static void assertSays(Runnable task, String... parts) {
        String message = assertThrows(BadInputException.class, task::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void anUnsignedBundleNeedsTheUsersLeave() {
        assertSays(() -> load(mine), "is not signed", "--allow-unsigned", "policy sign");
        PolicyBundle loaded = PolicyBundle.load(bundle, new Trust(mine, true));
        assertEquals(Voucher.NOBODY, loaded.origin().voucher());
    }

    @Test
    void whatIsSignedByATrustedKeyIsTakenAndKeepsItsIdentity() {
        String identity = PolicyBundle.load(bundle, Trust.any()).sha256();
        String key = PolicyBundle.sign(bundle, mine.signingKey());
        PolicyBundle loaded = load(mine);
        assertEquals(new Trust.Origin(Voucher.TRUSTED_KEY, key), loaded.origin());
        assertEquals(identity, loaded.sha256());
    }

    @Test
    void aKeyThatNobodyHereKnowsIsRefusedUntilItIsTrusted() throws IOException {
        String key = PolicyBundle.sign(bundle, theirs.signingKey());
        assertSays(() -> load(mine), "not trusted here", key, "policy trust");
        assertEquals(
                Voucher.UNKNOWN_KEY,
                PolicyBundle.load(bundle, new Trust(mine, true)).origin().voucher());
        assertEquals(key, mine.trust(theirs.trusted().get(key)));
        assertEquals(Voucher.TRUSTED_KEY, load(mine).origin().voucher());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MANIFEST", "SIGNATURE", "policy.yaml", "golden.json", "model.onnx"})
    void aSignedBundleWithAnyByteChangedIsRefusedWhateverIsAllowed(String name) throws IOException {
        PolicyBundle.sign(bundle, mine.signingKey());
        byte[] good = Files.readAllBytes(bundle.resolve(name));
        int stride = Math.max(1, good.length / 200);
        for (int i = 0; i < good.length; i += stride) {
            byte[] bad = good.clone();
            bad[i] ^= 4;
            Files.write(bundle.resolve(name), bad);
            assertThrows(BadInputException.class, () -> PolicyBundle.load(bundle, Trust.any()), name + " byte " + i);
        }
    }

    @Test
    void aForgedManifestWithAnOldSignatureIsNamed() throws IOException {
        PolicyBundle.sign(bundle, mine.signingKey());
        byte[] old = Files.readAllBytes(bundle.resolve("SIGNATURE"));
        PolicyBundle.write(
                bundle,
                PolicyBundle.load(bundle, Trust.any()).spec(),
                TinyBundle.network(0.25f),
                TinyBundle.golden(PolicyBundle.load(bundle, Trust.any()).spec(), 0.25f));
        Files.write(bundle.resolve("SIGNATURE"), old);
        assertSays(() -> PolicyBundle.load(bundle, Trust.any()), "does not sign this MANIFEST");
        PolicyBundle.sign(bundle, mine.signingKey());
        assertEquals(Voucher.TRUSTED_KEY, load(mine).origin().voucher(), "signed anew");
    }

    @Test
    void bundlesOfTheInstallationAreTrustedAndNoLinkOutOfItIs() throws IOException {
        Path shipped = TactusHome.path().resolve("policies/bundles/fr3-lift");
        assertEquals(
                Voucher.INSTALLATION,
                PolicyBundle.load(shipped, new Trust(mine, false)).origin().voucher());
        Path link = Files.createSymbolicLink(folder.resolve("link"), bundle);
        assertSays(() -> PolicyBundle.load(link, new Trust(mine, false)), "is not signed");
    }

    @Test
    void aPrivateKeyIsForItsOwnerAlone() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(mine.signingKey())));
        String before = Files.readString(mine.signingKey());
        assertTrue(mine.makeSigningKey().isEmpty(), "a key is made once");
        assertEquals(before, Files.readString(mine.signingKey()));
        Files.setPosixFilePermissions(mine.signingKey(), PosixFilePermissions.fromString("rw-r--r--"));
        assertSays(() -> PolicyBundle.sign(bundle, mine.signingKey()), "others than its owner", "chmod 600");
    }

    @Test
    void filesThatAreNoKeysAreSaid() throws IOException {
        Path file = folder.resolve("x.pem");
        assertSays(() -> mine.trust(file), "x.pem", "cannot be read");
        Files.writeString(file, "hello");
        assertSays(() -> mine.trust(file), "BEGIN PUBLIC KEY", "openssl");
        Files.writeString(file, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
        assertSays(() -> mine.trust(file), "no Ed25519 public key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertSays(() -> PolicyBundle.sign(bundle, file), "BEGIN PRIVATE KEY");
    }

    /** RFC 8032, section 7.1, test 2: secret key, public key, one byte of message, signature. */
    @Test
    void keysAndSignaturesAreThoseOfTheStandard() throws Exception {
        HexFormat hex = HexFormat.of();
        PrivateKey secret = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(
                        NamedParameterSpec.ED25519,
                        hex.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
        byte[] encoded = Ed25519.publicOf(secret).getEncoded();
        assertEquals(
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                hex.formatHex(encoded, encoded.length - 32, encoded.length));
        assertEquals(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                hex.formatHex(Ed25519.sign(new byte[] {0x72}, secret)));
        KeyPair pair = Ed25519.newPair();
        assertEquals(pair.getPublic(), Ed25519.publicOf(pair.getPrivate()));
        assertEquals(pair.getPublic(), Ed25519.readPublic(Ed25519.pem(pair.getPublic()), "k"));
        assertTrue(((EdECPrivateKey) Ed25519.readPrivate(Ed25519.pem(pair.getPrivate()), "k"))
                .getBytes()
                .isPresent());
    }

    @Test
    void openSslVerifiesASignature() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl"))),
                "needs openssl");
        String key = PolicyBundle.sign(bundle, mine.signingKey());
        String[] words = Files.readString(bundle.resolve("SIGNATURE")).strip().split(" ");
        Path signed = Files.write(folder.resolve("signed"), Base64.getDecoder().decode(words[2]));
        Process process = new ProcessBuilder(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-rawin",
                        "-pubin",
                        "-inkey",
                        mine.trusted().get(key).toString(),
                        "-in",
                        bundle.resolve("MANIFEST").toString(),
                        "-sigfile",
                        signed.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertNotEquals("", output);
    }
}
