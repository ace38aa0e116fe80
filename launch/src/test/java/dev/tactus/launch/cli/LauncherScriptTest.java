package dev.tactus.launch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.config.TactusHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script in the repository's root, on machines that lack something. */
class LauncherScriptTest {
    private static final List<String> TOOLS = List.of(
            "sh",
            "dirname",
            "readlink",
            "sed",
            "head",
            "cat",
            "mkdir",
            "find",
            "touch",
            "grep",
            "awk",
            "tee",
            "rm",
            "sleep");

    @TempDir
    private Path folder;

    private Path bin;

    @BeforeEach
    void aCloneWithFewTools() throws IOException {
        Files.copy(TactusHome.path().resolve("tactus"), folder.resolve("tactus"));
        assertTrue(folder.resolve("tactus").toFile().setExecutable(true));
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path path = bin.resolve(tool);
            Files.writeString(path, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
            assertTrue(path.toFile().setExecutable(true));
        }
    }

    @Test
    void saysWhatToInstallWithoutMaven() throws Exception {
        Ended ended = tactus(Map.of("TACTUS_JAVA_HOME", System.getProperty("java.home")), "run");
        assertEquals(3, ended.exitCode, ended.printed);
        assertTrue(ended.printed.contains("Maven is missing"), ended.printed);
        assertTrue(ended.printed.contains("apt-get install maven"), ended.printed);
    }

    @Test
    void refusesAJavaHomeThatIsNoJdk() throws Exception {
        Ended ended = tactus(Map.of("TACTUS_JAVA_HOME", folder.toString()), "doctor");
        assertEquals(3, ended.exitCode, ended.printed);
        assertTrue(ended.printed.contains("is no JDK 25 or newer (found: none)"), ended.printed);
    }

    @Test
    void refusesAJdkThatIsTooOldAndSaysWhichItIs() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk-17/bin"));
        for (String tool : new String[] {"java", "javac"}) {
            Files.writeString(old.resolve(tool), "#!/bin/sh\n");
            assertTrue(old.resolve(tool).toFile().setExecutable(true));
        }
        Files.writeString(old.resolveSibling("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Ended ended = tactus(Map.of("TACTUS_JAVA_HOME", old.getParent().toString()), "doctor");
        assertEquals(3, ended.exitCode, ended.printed);
        assertTrue(ended.printed.contains("(found: 17)"), ended.printed);
    }

    @Test
    void aProcessThatHoldsDeadlinesHasAllOfItsHeapFromTheStart() throws Exception {
        Path jdk = Files.createDirectories(folder.resolve("jdk-25/bin"));
        for (String tool : new String[] {"java", "javac"}) {
            Files.writeString(jdk.resolve(tool), "#!/bin/sh\necho \"$@\"\n");
            assertTrue(jdk.resolve(tool).toFile().setExecutable(true));
        }
        Files.writeString(jdk.resolveSibling("release"), "JAVA_VERSION=\"25.0.3\"\n");
        Files.writeString(folder.resolve("pom.xml"), "");
        Path target = Files.createDirectories(folder.resolve("launch/target"));
        Files.writeString(target.resolve("classpath-sim"), "some.jar");
        Files.writeString(target.resolve("built-sim"), "");
        Map<String, String> environment =
                Map.of("TACTUS_JAVA_HOME", jdk.getParent().toString());
        String loop = tactus(environment, "bench", "loop").printed;
        assertTrue(loop.contains("-XX:+UseZGC -Xms1g -Xmx1g -XX:+AlwaysPreTouch"), loop);
        String physics = tactus(environment, "bench", "physics").printed;
        assertTrue(physics.contains("-Xms256m -XX:SoftMaxHeapSize=1g") && !physics.contains("-Xmx1g"), physics);
    }

    private Ended tactus(Map<String, String> environment, String... args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("tactus").toString());
        builder.command().addAll(List.of(args));
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", bin.toString(), "HOME", folder.toString()));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    private record Ended(int exitCode, String printed) {}
}
