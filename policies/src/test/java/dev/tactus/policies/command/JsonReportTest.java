package dev.tactus.policies.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {
    @TempDir
    private Path folder;

    @Test
    void writesWholeAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("out.json");
        JsonReport.write(file, Map.of("success_rate", 0.5));
        JsonReport.write(file, Map.of("success_rate", 1.0));
        assertEquals("{\n  \"success_rate\" : 1.0\n}\n", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aReportIsAsReadableAsAnyOtherFile() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{}");
        Path file = folder.resolve("out.json");
        JsonReport.write(file, Map.of());
        assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(file));
    }

    @Test
    void aLinkIsFollowedAndStays() throws IOException {
        Path file = Files.writeString(folder.resolve("real.json"), "{}");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        JsonReport.write(link, Map.of("a", 1));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(file).contains("\"a\""));
    }

    @Test
    void whatIsNoOrdinaryFileIsWrittenToAsItIs() {
        Path link = folder.resolve("null.json");
        try {
            Files.createSymbolicLink(link, Path.of("/dev/null"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        JsonReport.write(link, Map.of("a", 1));
        assertTrue(Files.isSymbolicLink(link) && !Files.isRegularFile(link));
    }

    @Test
    void aFolderThatIsNotThereIsRefusedBeforeTheWork() {
        assertThrows(BadInputException.class, () -> JsonReport.requireWritable(folder.resolve("nowhere/out.json")));
        assertThrows(BadInputException.class, () -> JsonReport.requireWritable(folder));
    }
}
