package dev.tactus.training.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.KeyStore;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.training.data.LeRobotDataset;
import dev.tactus.training.data.SyntheticReach;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
    private static final int FOREVER = 1_000_000;

    @TempDir
    private Path folder;

    /** Another process's way in. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TrainCommand()).execute(arguments));
    }

    @AfterEach
    void forgetKeys() {
        System.clearProperty(KeyStore.PROPERTY);
    }

    @Test
    void aRecipeBecomesABundleAndItsDemonstrationsAreMadeOnce() throws IOException {
        Path recipe = recipe(150);
        KeyStore keys = new KeyStore(folder.resolve("keys"));
        keys.makeSigningKey();
        System.setProperty(KeyStore.PROPERTY, folder.resolve("keys").toString());
        assertEquals(0, run(recipe, "--json", folder.resolve("report.json").toString()));
        PolicyBundle bundle = PolicyBundle.load(folder.resolve("run/bundle"), new Trust(keys, false));
        assertEquals(Trust.Voucher.TRUSTED_KEY, bundle.origin().voucher(), "signed by the user's key");
        assertEquals("small", bundle.spec().name());
        assertTrue(Files.readString(folder.resolve("report.json")).contains("\"steps_per_s\""));
        assertTrue(Files.readString(folder.resolve("run/loss.csv")).startsWith("step,loss\n100,"));
        BadInputException begun = assertThrows(BadInputException.class, () -> run(recipe));
        assertTrue(begun.getMessage().contains("--resume"), begun.getMessage());
        long made = Files.getLastModifiedTime(folder.resolve("set")).toMillis();
        assertEquals(0, run(recipe, "--resume"));
        assertEquals(made, Files.getLastModifiedTime(folder.resolve("set")).toMillis());
    }

    @Test
    void aTimeLimitStopsAndKeepsTheCheckpoint() throws IOException {
        Path recipe = recipe(FOREVER);
        Files.writeString(recipe, Files.readString(recipe) + "  max_minutes: 0.01\n");
        assertEquals(0, run(recipe));
        assertTrue(Files.exists(folder.resolve("run").resolve(TrainingRun.CHECKPOINT)));
        assertTrue(Files.notExists(folder.resolve("run/bundle")));
        assertEquals(0, run(recipe, "--resume"));
    }

    @Test
    void resumingWithoutACheckpointAndUnknownTasksAreBadInput() throws IOException {
        Path recipe = recipe(10);
        assertThrows(BadInputException.class, () -> run(recipe, "--resume"));
        BadInputException unknown =
                assertThrows(BadInputException.class, () -> run(recipe, "--set", "demonstrations.task=juggle"));
        assertTrue(unknown.getMessage().contains("known tasks: "), unknown.getMessage());
    }

    @Test
    void controlCKeepsACheckpointAndSaysHowToGoOn() throws Exception {
        Path recipe = recipe(FOREVER);
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dtactus.home=" + System.getProperty("tactus.home"),
                "-cp",
                System.getProperty("java.class.path"),
                TrainCommandTest.class.getName()));
        command.addAll(arguments(recipe, "--set", "training.checkpoint_every_steps=20"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        while (process.isAlive() && Files.notExists(folder.resolve("run").resolve(TrainingRun.CHECKPOINT))) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> output.append(line).append('\n'));
        }
        assertEquals(130, process.waitFor(), output.toString());
        assertTrue(output.toString().contains("Go on with: ./tactus train"), output.toString());
        TrainingRun again = new TrainingRun(
                Recipe.read(recipe, List.of()),
                new SyntheticReach().policyInterface(),
                LeRobotDataset.read(folder.resolve("set")),
                folder.resolve("run"));
        again.resume();
        assertTrue(output.toString().contains("stopped at step " + again.steps() + " of"), output.toString());
    }

    private Path recipe(int steps) throws IOException {
        Path file = folder.resolve("small.yaml");
        Files.writeString(file, SmallRun.recipe(folder.resolve("set"), 1, steps));
        return file;
    }

    private List<String> arguments(Path recipe, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of(recipe.toString(), "--out", folder.resolve("run").toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private int run(Path recipe, String... more) {
        CommandLine line = new CommandLine(new TrainCommand());
        line.setOut(new PrintWriter(new StringWriter()));
        line.parseArgs(arguments(recipe, more).toArray(String[]::new));
        return line.<TrainCommand>getCommand().call();
    }
}
