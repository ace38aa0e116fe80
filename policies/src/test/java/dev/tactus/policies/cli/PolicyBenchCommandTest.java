package dev.tactus.policies.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.scheme.Schemes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyBenchCommandTest {
    @TempDir
    private Path folder;

    private static int run(String... words) {
        return CommandLine.populateCommand(new PolicyBenchCommand(), words).call();
    }

    @Test
    void reportsEveryNetworkSchemeAndThePeriodicRun() throws IOException {
        TinyBundle.write(folder.resolve("b"));
        Path json = folder.resolve("bench.json");
        assertEquals(
                0,
                run(
                        "--quick",
                        "--network",
                        "mlp_4x64",
                        "--allow-unsigned",
                        "--json",
                        json.toString(),
                        folder.resolve("b").toString()));
        JsonNode report = new JsonMapper().readTree(Files.readString(json));
        assertEquals(List.of("mlp_4x64", "reach"), names(report.get("networks"), "name"));
        for (JsonNode network : report.get("networks")) {
            assertEquals(3, network.get("evaluations_per_cycle").asInt(), "a steady cycle has three levels");
            assertTrue(network.get("network_us").asDouble() > 0);
            assertTrue(network.get("network_p99_us").asDouble()
                    >= network.get("network_us").asDouble());
            assertTrue(network.get("sampler_overhead_us").asDouble() > 0);
            assertEquals(
                    network.get("sampler_overhead_us").asDouble()
                            / network.get("network_us").asDouble(),
                    network.get("sampler_overhead_ratio").asDouble(),
                    1e-9);
            assertTrue(network.get("heap_bytes_per_cycle").asDouble() >= 0);
        }
        assertEquals(Schemes.ofAnyNetwork(), names(report.get("schemes"), "scheme"));
        assertEquals(200, report.get("periodic").get("rate_hz").asInt());
        assertEquals(100, report.get("periodic").get("cycles").asInt());
    }

    private static List<String> names(JsonNode rows, String key) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.get(key).asString()));
        return names;
    }

    @Test
    void aNetworkThatDoesNotExistIsNamedBesideThoseThatDo() {
        var problem = assertThrows(BadInputException.class, () -> run("--network", "unet_9g"));
        assertTrue(
                problem.getMessage().contains("unet_9g") && problem.getMessage().contains("unet_66m"));
    }
}
