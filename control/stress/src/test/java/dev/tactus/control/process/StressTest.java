package dev.tactus.control.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs every stress test of this package. How long is in the system property {@code jcstress.arguments}; the whole test
 * suite takes some seconds.
 */
class StressTest {

    @Test
    void noForbiddenOutcomeIsSeen() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "jcstress"));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command(System.getProperty("jcstress.arguments")))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> "jcstress; its log is " + log.toAbsolutePath());
    }

    private static List<String> command(String arguments) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absolute(classPath),
                "org.openjdk.jcstress.Main",
                "-t",
                "dev.tactus.control",
                "-r",
                "report"));
        command.addAll(List.of(arguments.split(" ")));
        return command;
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }
}
