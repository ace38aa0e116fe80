package dev.tactus.policies.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.TinyBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarFileTest {
    @TempDir
    private Path folder;

    private Path bundle;
    private Path tar;

    @BeforeEach
    void write() {
        bundle = folder.resolve("reach");
        tar = folder.resolve("reach.tar");
        TinyBundle.write(bundle);
    }

    private void pack(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    private void assertRefused(String... parts) {
        String message = assertThrows(BadInputException.class, () -> PolicyBundle.load(tar, Trust.any()))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v7", "ustar", "gnu", "posix"})
    void aTarOfAnyFormatIsTheSameBundleAsItsFolder(String format) throws IOException, InterruptedException {
        PolicyBundle expected = PolicyBundle.load(bundle, Trust.any());
        pack("tar", "--format=" + format, "-cf", "reach.tar", "-C", "reach", ".");
        PolicyBundle inPlace = PolicyBundle.load(tar, Trust.any());
        assertEquals(expected.sha256(), inPlace.sha256());
        assertArrayEquals(expected.model(), inPlace.model());
        pack("tar", "--format=" + format, "-cf", "reach.tar", "reach");
        assertEquals(expected.sha256(), PolicyBundle.load(tar, Trust.any()).sha256(), "a folder at the top");
    }

    @Test
    void somethingElseThanABundleIsSaid() throws IOException {
        Files.write(tar, new byte[0]);
        assertRefused("reach.tar", "no tar");
        Files.writeString(tar, "no tar at all".repeat(100));
        assertRefused("octal");
        Files.write(tar, new byte[10240]);
        assertRefused("MANIFEST is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../policy.yaml",
                "a/../policy.yaml",
                "/policy.yaml",
                "a/b/policy.yaml",
                "./../x",
                "..",
                ".",
                "a/.hidden"
            })
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        Files.write(tar, new Tar().add(name, '0', "x".getBytes()).end());
        assertRefused("'" + name + "'", "no name for a file of a bundle");
    }

    @Test
    void whatIsNoPlainFileIsRefused() throws IOException {
        Files.write(tar, new Tar().add("policy.yaml", '2', new byte[0]).end());
        assertRefused("'policy.yaml' is a link");
        Files.write(tar, new Tar().add("policy.yaml", '1', new byte[0]).end());
        assertRefused("is a link");
        Files.write(tar, new Tar().add("policy.yaml", '3', new byte[0]).end());
        assertRefused("is of type '3'");
        Files.write(tar, new Tar().add("x", 'L', "long".getBytes()).end());
        assertRefused("more than 100 characters");
        Files.write(
                tar, new Tar().add("x", 'x', "20 path=/etc/passwd\n".getBytes()).end());
        assertRefused("sets path");
        Files.write(tar, new Tar().add("x", 'x', "15 size=1000000\n".getBytes()).end());
        assertRefused("sets size");
    }

    @Test
    void aNameThatStandsTwiceIsRefused() throws IOException {
        byte[] one = "x".getBytes();
        Files.write(
                tar,
                new Tar()
                        .add("policy.yaml", '0', one)
                        .add("./policy.yaml", '0', one)
                        .end());
        assertRefused("'./policy.yaml' stands twice");
        Files.write(
                tar,
                new Tar()
                        .add("a/policy.yaml", '0', one)
                        .add("b/golden.json", '0', one)
                        .end());
        assertRefused("lies elsewhere");
    }

    @Test
    void aClaimOfTenGigabytesIsNotBelieved() throws IOException {
        byte[] claims = new Tar().claim("model.onnx", "77777777777").end();
        Files.write(tar, claims);
        assertRefused("claims 8589934591 bytes", "false claim");
        byte[] binary = new Tar()
                .claim("model.onnx", "\u0080\0\0\0\0\0\0\2\u0080\0\0\0")
                .end();
        Files.write(tar, binary);
        assertRefused("size is not an octal number");
    }

    @Test
    void aClaimThatIsTrueButTooLargeIsNotRead() throws IOException {
        byte[] header = Arrays.copyOf(new Tar().claim("MANIFEST", "60000000000").end(), 512);
        Files.write(tar, header);
        try (FileChannel channel = FileChannel.open(tar, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1024]), 512 + 0_60000000000L); // sparse: 6 GB that take no disk
        }
        assertRefused("MANIFEST", "has 6442450944 bytes", "at most");
    }

    @Test
    void aCompressedTarIsRefusedBeforeItCanGrow() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tar))) {
            out.write(new byte[1 << 20]);
        }
        assertRefused("is compressed", "Unpack it first");
    }

    @Test
    void anythingBetweenOrAfterTheFilesIsRefused() throws IOException, InterruptedException {
        pack("tar", "-cf", "reach.tar", "-C", "reach", ".");
        byte[] bytes = Files.readAllBytes(tar);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = 1;
        Files.write(tar, longer);
        assertRefused("something at byte");
    }

    /** Fuzz: a tar cut anywhere, and a tar with any one byte changed, is refused with a reason or is the same bundle. */
    @Test
    void aTarThatWasCutOrChangedIsRefusedOrTheSame() throws IOException, InterruptedException {
        pack("tar", "--format=posix", "-cf", "reach.tar", "-C", "reach", ".");
        byte[] good = Files.readAllBytes(tar);
        String identity = PolicyBundle.load(tar, Trust.any()).sha256();
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] bad = i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (i % 3 != 0) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(tar, bad);
            try {
                assertEquals(identity, PolicyBundle.load(tar, Trust.any()).sha256(), "round " + i);
            } catch (BadInputException e) {
                refused++;
                assertTrue(e.getMessage().length() > 20, e.getMessage());
            }
        }
        assertTrue(refused > 1200, refused + " of 1500 refused");
    }

    /** A tar being written, header by header. */
    private static final class Tar {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Tar add(String name, char type, byte[] content) {
            header(name, type, "%011o".formatted(content.length));
            out.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
            return this;
        }

        Tar claim(String name, String size) {
            header(name, '0', size);
            return this;
        }

        private void header(String name, char type, String size) {
            byte[] header = new byte[512];
            put(header, 0, name);
            put(header, 100, "0000644");
            put(header, 124, size);
            put(header, 257, "ustar");
            put(header, 263, "00");
            header[156] = (byte) type;
            Arrays.fill(header, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte b : header) {
                sum += b & 0xFF;
            }
            put(header, 148, "%06o\0 ".formatted(sum));
            out.writeBytes(header);
        }

        private static void put(byte[] header, int at, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, header, at, bytes.length);
        }

        byte[] end() {
            out.writeBytes(new byte[1024]);
            return out.toByteArray();
        }
    }
}
