package dev.tactus.policies.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.MissingPartException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for Python, since the real one would fetch a gigabyte. */
class TorchEnvironmentTest {
    @TempDir
    private Path folder;

    private Path requirements;

    @BeforeEach
    void writeRequirements() throws IOException {
        requirements = folder.resolve("requirements.txt");
        Files.writeString(requirements, "torch==2.13.0\n");
    }

    /** Notes its calls; as "-m venv" it puts an interpreter there that ends with {@code pipCode}. */
    private Path python(int pipCode) throws IOException {
        Path python = folder.resolve("python");
        Files.writeString(python, """
                #!/bin/sh
                echo "$2" >>'%1$s/calls'
                for last; do :; done
                mkdir -p "$last/bin"
                printf '#!/bin/sh\\necho "$2" >>%1$s/calls\\necho no room\\nexit %2$d\\n' >"$last/bin/python"
                chmod +x "$last/bin/python"
                """.formatted(folder, pipCode));
        return Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    }

    private TorchEnvironment environment(Path python) {
        return new TorchEnvironment(folder.resolve("cache"), requirements, python.toString());
    }

    private static PrintStream nowhere() {
        return new PrintStream(PrintStream.nullOutputStream());
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    @Test
    void isMadeOnceAndAgainForOtherRequirements() throws IOException {
        TorchEnvironment environment = environment(python(0));
        Path interpreter = environment.interpreter(nowhere());
        assertTrue(Files.isExecutable(interpreter));
        assertEquals(interpreter, environment.interpreter(nowhere()));
        assertEquals(List.of("venv", "pip"), calls());
        Files.writeString(requirements, "torch==2.14.0\n");
        environment.interpreter(nowhere());
        assertEquals(List.of("venv", "pip", "venv", "pip"), calls());
    }

    @Test
    void anInstallationThatFailedIsSaidAndTriedAgain() throws IOException {
        TorchEnvironment environment = environment(python(1));
        for (int i = 0; i < 2; i++) {
            var problem = assertThrows(MissingPartException.class, () -> environment.interpreter(nowhere()));
            assertTrue(problem.getMessage().contains("no room"), problem.getMessage());
        }
        assertEquals(List.of("venv", "pip", "venv", "pip"), calls());
    }

    @Test
    void aMachineWithoutPythonIsToldHowToGetIt() {
        TorchEnvironment environment = environment(folder.resolve("absent"));
        var problem = assertThrows(MissingPartException.class, () -> environment.interpreter(nowhere()));
        assertTrue(problem.getMessage().contains("apt-get install"), problem.getMessage());
    }
}
