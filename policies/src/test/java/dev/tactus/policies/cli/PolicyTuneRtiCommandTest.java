package dev.tactus.policies.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.runner.ChunkLog;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.policies.scheme.IterationTuning;
import dev.tactus.policies.scheme.SchemeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyTuneRtiCommandTest {
    private static final double DEVIATION = 0.1;

    @TempDir
    Path folder;

    private PolicyBundle bundle;
    private Path log;

    @BeforeEach
    void aBundleAndTheLogOfARun() {
        bundle = TinyBundle.write(folder.resolve("bundle"));
        log = folder.resolve("chunks.csv");
        PolicySpec spec = bundle.spec();
        // independent samples of N(0.2, 0.1^2): two of them differ by 0.1 sqrt(2)
        VariancePreserving schedule = VariancePreserving.squaredCosine(100);
        try (Policy policy = new Policy(
                        spec,
                        batch -> new GaussianDenoiser(
                                schedule,
                                batch,
                                spec.horizon(),
                                spec.actionSize(),
                                spec.conditionSize(),
                                0.2,
                                DEVIATION),
                        SchemeOptions.named("full").withActionSteps(1),
                        System::nanoTime);
                ChunkLog chunks = new ChunkLog(log, spec)) {
            policy.log(chunks);
            for (int episode = 0; episode < 3; episode++) {
                policy.reset(episode);
                for (int tick = 0; tick < 30; tick++) {
                    policy.act(new float[2 * ReachPolicy.OBSERVATION], tick, 0, policy.newChunk());
                }
            }
        }
    }

    private int run(String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = folder.resolve("bundle").toString();
        arguments[1] = "--log";
        arguments[2] = log.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        CommandLine line = new CommandLine(new PolicyTuneRtiCommand());
        line.parseArgs(arguments);
        return ((PolicyTuneRtiCommand) line.getCommand()).call();
    }

    @Test
    void theFirstLevelIsTheLeastWhoseNoiseCoversWhatConsecutiveChunksDifferBy() throws Exception {
        Path json = folder.resolve("tune.json");
        assertEquals(0, run("--json", json.toString()));
        JsonNode report = new JsonMapper().readTree(Files.readString(json));
        assertEquals(3 * 29, report.get("pairs").asInt(), "no pair reaches over the end of an episode");
        assertEquals(
                DEVIATION * Math.sqrt(2), report.get("deviation_p50_normalised").asDouble(), 0.02);
        double d = report.get("deviation_p95_normalised").asDouble();
        int first = report.get("first_level").asInt();
        VariancePreserving schedule = VariancePreserving.squaredCosine(100);
        assertTrue(schedule.sigma(first) >= d && schedule.sigma(first - 1) < d);
        assertEquals(first, report.get("candidates").get(0).get("steps").get(0).asInt());
    }

    @Test
    void theDeviationIsThatOfTheShiftedGuess() {
        float[] before = {1, 2, 3, 4, 5, 6}; // three rows of two
        float[] after = {3, 4, 5, 6, 5, 8};
        assertEquals(Math.sqrt(4.0 / 6), IterationTuning.deviation(before, after, 1, 2), 1e-6);
        assertEquals(Math.sqrt((4 + 4 + 0 + 0 + 0 + 4) / 6.0), IterationTuning.deviation(before, after, 2, 2), 1e-6);
    }

    /** The products of the specification, section 1. */
    @Test
    void whatIsLeftOfAnErrorIsThePublishedProduct() {
        VariancePreserving schedule = VariancePreserving.squaredCosine(100);
        int[] levels = {2, 3, 5, 10, 20, 40};
        double[] left = {.188, .116, .057, .0187, .0054, .0014};
        for (int i = 0; i < levels.length; i++) {
            int first = levels[i];
            List<Integer> all =
                    IntStream.rangeClosed(0, first).map(k -> first - k).boxed().toList();
            assertEquals(left[i], IterationTuning.contraction(all, schedule), 6e-4 * (i < 3 ? 1 : 0.1));
        }
    }

    @Test
    void badLogsSayWhatIsWrong() throws Exception {
        List<String> lines = Files.readAllLines(log);
        Files.write(log, lines.subList(0, 10));
        assertRefused("8 pairs", "at least 20");
        Files.writeString(log, String.join("\n", lines.subList(0, 50)) + "\n3,0,0.1,0.");
        assertRefused("line 51", "log the run again");
        Files.writeString(log, "episode,tick,row0_0,row0_1\n0,0,0.1,0.2\n");
        assertRefused("no log of chunks of policy 'reach'", "16 rows of 4");
        Files.delete(log);
        assertRefused("chunks.csv cannot be read", "--log-chunks");
    }

    private void assertRefused(String... parts) {
        String message = assertThrows(BadInputException.class, this::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
