package dev.tactus.policies.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorePinTest {
    private static String coresOfThisThread() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void holdsThreadAndProgramOnOneCoreUntilClosed() throws IOException {
        String before = coresOfThisThread();
        try (CorePin pin = CorePin.pinThread().orElseThrow()) {
            String core = Integer.toString(pin.core());
            assertEquals(core, coresOfThisThread());
            Process grep =
                    new ProcessBuilder(pin.command(List.of("grep", "Cpus_allowed_list", "/proc/self/status"))).start();
            String said = new String(grep.getInputStream().readAllBytes());
            assertEquals(core, said.substring(said.indexOf(':') + 1).strip());
        }
        assertEquals(before, coresOfThisThread());
    }
}
