package dev.tactus.policies.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBundleTest {
    @TempDir
    private Path folder;

    private Path bundle;

    @BeforeEach
    void write() {
        bundle = folder.resolve("reach");
        TinyBundle.write(bundle);
    }

    private void assertRefused(String... parts) {
        assertSays(() -> PolicyBundle.load(bundle, Trust.any()), parts);
    }

    private static void assertSays(Runnable task, String... parts) {
        String message = assertThrows(BadInputException.class, task::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        PolicyBundle loaded = PolicyBundle.load(bundle, Trust.any());
        PolicySpec expected = ReachPolicy.spec();
        assertEquals(PolicyYamlWriter.write(expected), PolicyYamlWriter.write(loaded.spec()));
        assertEquals(
                expected.observations().getFirst().joints(),
                loaded.spec().observations().getFirst().joints());
        assertEquals(expected.task(), loaded.spec().task());
        assertEquals(expected.controlPeriodNs(), loaded.spec().controlPeriodNs());
        assertArrayEquals(TinyBundle.network(TinyBundle.GAIN), loaded.model());
        assertEquals(2, loaded.golden().cases().size());
        assertEquals(64, loaded.sha256().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {PolicyBundle.MODEL, PolicyBundle.POLICY, PolicyBundle.GOLDEN})
    void anyFlippedBitIsRefused(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(bundle.resolve(name));
        bytes[bytes.length / 2] ^= 1;
        Files.write(bundle.resolve(name), bytes);
        assertRefused(name, "changed or cut short", "SHA-256", "Copy the bundle again");
    }

    @ParameterizedTest
    @ValueSource(strings = {PolicyBundle.MODEL, PolicyBundle.POLICY, PolicyBundle.GOLDEN})
    void aTruncatedFileIsRefused(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(bundle.resolve(name));
        Files.write(bundle.resolve(name), Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(name, "cut short");
    }

    @ParameterizedTest
    @ValueSource(strings = {PolicyBundle.MODEL, PolicyBundle.POLICY, PolicyBundle.GOLDEN, PolicyBundle.MANIFEST})
    void aMissingFileIsRefused(String name) throws IOException {
        Files.delete(bundle.resolve(name));
        assertRefused(name + " is missing");
    }

    @Test
    void aFileThatTheManifestDoesNotListIsRefused() throws IOException {
        Files.writeString(bundle.resolve("extra.bin"), "x");
        assertRefused("extra.bin", "does not belong");
    }

    @Test
    void aManifestThatPointsOutsideIsRefused() throws IOException {
        Files.writeString(bundle.resolve(PolicyBundle.MANIFEST), "0".repeat(64) + "  ../../etc/passwd\n");
        assertRefused("MANIFEST:1", "not a line of a manifest");
    }

    @Test
    void aManifestWithoutTheNetworkIsRefused() throws IOException {
        List<String> lines = Files.readAllLines(bundle.resolve(PolicyBundle.MANIFEST));
        Files.write(
                bundle.resolve(PolicyBundle.MANIFEST),
                lines.stream()
                        .filter(line -> !line.endsWith(PolicyBundle.MODEL))
                        .toList());
        assertRefused("a bundle has", PolicyBundle.MODEL);
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        try (var channel = java.nio.channels.FileChannel.open(
                bundle.resolve(PolicyBundle.POLICY), java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[1]), 10L << 30); // sparse
        }
        assertRefused(PolicyBundle.POLICY, "at most");
    }

    @Test
    void theManifestIsWhatSha256sumChecks() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sha256sum", "--check", "--strict", PolicyBundle.MANIFEST)
                .directory(bundle.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }

    @Test
    void somethingThatIsNoFolderIsRefused() {
        assertSays(
                () -> PolicyBundle.load(folder.resolve("nothing"), Trust.any()),
                "is not a folder and no file",
                PolicyBundle.MODEL);
    }

    @Test
    void aRobotThatDoesNotFitIsNamed() {
        PolicyBundle loaded = PolicyBundle.load(bundle, Trust.any());
        List<String> joints = List.of("shoulder", "elbow");
        loaded.requireFits("two_joints", joints, 50_000_000L);
        assertSays(() -> loaded.requireFits("other", joints, 50_000_000L), "'two_joints'", "'other'");
        assertSays(
                () -> loaded.requireFits("two_joints", List.of("shoulder", "wrist"), 50_000_000L), "'elbow'", "wrist");
        assertSays(
                () -> loaded.requireFits("two_joints", List.of("elbow", "shoulder"), 50_000_000L), "[elbow, shoulder]");
        assertSays(() -> loaded.requireFits("two_joints", joints, 20_000_000L), "50.0 ms", "20.0 ms");
    }

    @Test
    void anOlderBundleIsReplacedWholeAndNothingIsLeftBeside() throws IOException {
        String before = PolicyBundle.load(bundle, Trust.any()).sha256();
        PolicySpec spec = ReachPolicy.spec();
        PolicyBundle.write(bundle, spec, TinyBundle.network(0.25f), TinyBundle.golden(spec, 0.25f));
        assertNotEquals(before, PolicyBundle.load(bundle, Trust.any()).sha256());
        try (Stream<Path> entries = Files.list(folder)) {
            assertEquals(List.of(bundle), entries.toList());
        }
    }

    @Test
    void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
        Path other = Files.createDirectory(folder.resolve("notes"));
        Files.writeString(other.resolve("diary.txt"), "dear");
        PolicySpec spec = ReachPolicy.spec();
        assertSays(
                () -> PolicyBundle.write(other, spec, new byte[] {1}, TinyBundle.golden(spec, 1.0f)),
                "no policy bundle");
        assertEquals("dear", Files.readString(other.resolve("diary.txt")));
    }

    @Test
    void goldenVectorsOfAnotherShapeAreRefused() {
        PolicySpec spec = ReachPolicy.spec();
        Golden wrong = new Golden(10, List.of(new Golden.Case(new float[3], new float[64], new double[64])));
        assertSays(
                () -> PolicyBundle.write(bundle, spec, new byte[] {1}, wrong),
                "cases[0].observation",
                "3 numbers",
                "asks for 10");
    }
}
