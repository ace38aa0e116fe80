package dev.tactus.policies.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.onnx.EngineCache.Key;
import dev.tactus.policies.onnx.EngineCache.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCacheTest {
    private static final Key KEY = new Key("aa", "[1, 16, 4]", "NVIDIA H200", "580.1", "1.29.0", "101302");

    @TempDir
    Path root;

    private static void engine(Path folder) throws IOException {
        Files.write(folder.resolve("graph.engine"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("graph.profile"), new byte[] {4});
    }

    @Test
    void anEntryIsReadyForItsVeryKeyOnly() {
        EngineCache cache = new EngineCache(root.resolve("new"));
        assertEquals(State.ABSENT, cache.state(KEY));
        cache.build(KEY, EngineCacheTest::engine);
        assertEquals(State.READY, cache.state(KEY));
        for (Key other : List.of(
                new Key("ab", KEY.shapes(), KEY.gpu(), KEY.driver(), KEY.runtime(), KEY.tensorRt()),
                new Key("aa", "[2, 16, 4]", KEY.gpu(), KEY.driver(), KEY.runtime(), KEY.tensorRt()),
                new Key("aa", KEY.shapes(), "Orin", KEY.driver(), KEY.runtime(), KEY.tensorRt()),
                new Key("aa", KEY.shapes(), KEY.gpu(), "580.2", KEY.runtime(), KEY.tensorRt()),
                new Key("aa", KEY.shapes(), KEY.gpu(), KEY.driver(), "1.30.0", KEY.tensorRt()),
                new Key("aa", KEY.shapes(), KEY.gpu(), KEY.driver(), KEY.runtime(), "101400"))) {
            assertEquals(State.ABSENT, cache.state(other), other.toString());
        }
    }

    @Test
    void anyDamageIsSeenAndBuildingAgainMendsIt() throws IOException {
        EngineCache cache = new EngineCache(root);
        cache.build(KEY, EngineCacheTest::engine);
        Path folder = cache.folder(KEY);
        Map<String, Damage> damages = Map.of(
                "changed", () -> Files.write(folder.resolve("graph.engine"), new byte[] {1, 2, 4}),
                "cut short", () -> Files.write(folder.resolve("graph.engine"), new byte[] {1, 2}),
                "lost", () -> Files.delete(folder.resolve("graph.profile")),
                "added", () -> Files.write(folder.resolve("other.engine"), new byte[] {1}),
                "not sealed", () -> Files.delete(folder.resolve("ENTRY")),
                "sealed for another", () -> Files.writeString(folder.resolve("ENTRY"), "model bb\n"));
        for (Map.Entry<String, Damage> damage : damages.entrySet()) {
            damage.getValue().happen();
            assertEquals(State.CORRUPT, cache.state(KEY), damage.getKey());
            cache.build(KEY, EngineCacheTest::engine);
            assertEquals(State.READY, cache.state(KEY), damage.getKey());
        }
    }

    /** Something that happens to a file. */
    private interface Damage {
        void happen() throws IOException;
    }

    @Test
    void aBuildThatFailsOrLeavesNothingChangesNothing() throws IOException {
        EngineCache cache = new EngineCache(root);
        cache.build(KEY, EngineCacheTest::engine);
        assertThrows(
                MissingPartException.class,
                () -> cache.build(KEY, folder -> {
                    throw new IOException("disk full");
                }));
        assertThrows(MissingPartException.class, () -> cache.build(KEY, folder -> {}));
        assertEquals(State.READY, cache.state(KEY));
        try (Stream<Path> entries = Files.list(root)) {
            assertEquals(1, entries.count());
        }
    }

    @Test
    void aSessionWithoutAnEngineIsRefusedWithTheCommandThatBuildsOne() {
        String absent = TensorRtEngines.refusal(KEY, State.ABSENT);
        assertTrue(absent.contains("NVIDIA H200") && absent.contains("580.1"), absent);
        assertTrue(absent.contains("./tactus policy build BUNDLE --provider tensorrt"), absent);
        assertNotEquals(absent, TensorRtEngines.refusal(KEY, State.CORRUPT));
    }

    @Test
    void enginesCannotBeBuiltWhereTheRuntimeHasNoTensorRt() {
        String message = assertThrows(
                        MissingPartException.class,
                        () -> TensorRtEngines.build(
                                GraphSessionTest.tiny(), GraphSessionTest.shapes(1), new EngineCache(root)))
                .getMessage();
        assertTrue(message.contains("tiny.onnx") && message.contains("onnxruntime.native.path"), message);
    }
}
