package dev.tactus.policies.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyCommandsTest {
    @TempDir
    private Path folder;

    private static int run(TactusCommand command, Object... args) {
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        return new CommandLine(command)
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    throw exception;
                })
                .execute(words);
    }

    @Test
    void aBundleThatAnswersAsRecordedPasses() throws IOException {
        TinyBundle.write(folder.resolve("b"));
        Path json = folder.resolve("v.json");
        assertEquals(0, run(new PolicyInfoCommand(), folder.resolve("b")));
        assertEquals(0, run(new PolicyVerifyCommand(), folder.resolve("b"), "--json", json));
        JsonNode report = new JsonMapper().readTree(Files.readString(json));
        assertEquals(
                Files.getPosixFilePermissions(Files.createFile(folder.resolve("other"))),
                Files.getPosixFilePermissions(json),
                "whoever may read other files may read a report");
        assertTrue(report.get("passed").asBoolean());
        assertEquals(2, report.get("cases").asInt());
        double error = report.get("largest_error_normalised").asDouble();
        assertTrue(error >= 0.0 && error < 1e-5, "error " + error);
    }

    @Test
    void aNetworkThatIsNotTheRecordedOneFails() throws IOException {
        PolicySpec spec = ReachPolicy.spec();
        PolicyBundle.write(folder.resolve("b"), spec, TinyBundle.network(0.501f), TinyBundle.golden(spec, 0.5f));
        Path json = folder.resolve("v.json");
        assertEquals(1, run(new PolicyVerifyCommand(), folder.resolve("b"), "--json", json));
        JsonNode report = new JsonMapper().readTree(Files.readString(json));
        assertTrue(report.get("largest_error_normalised").asDouble() > 1e-4);
    }

    @Test
    void aNetworkThatReturnsNanFails() {
        PolicySpec spec = ReachPolicy.spec();
        PolicyBundle.write(folder.resolve("b"), spec, TinyBundle.network(Float.NaN), TinyBundle.golden(spec, 0.5f));
        assertEquals(1, run(new PolicyVerifyCommand(), folder.resolve("b")));
    }

    @Test
    void aFolderThatIsNotThereIsBadInput() {
        CommandLine line = new CommandLine(new PolicyInfoCommand());
        Exception[] seen = new Exception[1];
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            seen[0] = exception;
            return 2;
        });
        assertEquals(2, line.execute(folder.resolve("none").toString()));
        assertTrue(seen[0] instanceof BadInputException, String.valueOf(seen[0]));
    }

    @Test
    void theCommandsAreFoundInTheirGroup() {
        List<String> found = ServiceLoader.load(TactusCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(command -> command.group().equals("policy"))
                .map(command -> command.getClass().getAnnotation(Command.class).name())
                .toList();
        assertTrue(found.containsAll(List.of("info", "verify", "bench", "sign", "trust")), found.toString());
    }
}
