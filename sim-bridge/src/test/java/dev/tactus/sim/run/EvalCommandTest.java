package dev.tactus.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.config.TactusHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvalCommandTest {
    private static final String BUNDLE =
            TactusHome.path().resolve("policies/bundles/fr3-lift").toString();

    @TempDir
    private Path folder;

    private static int call(TactusCommand command, String... arguments) throws Exception {
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    @Test
    void theReportHasSuccessWithItsIntervalLatencyEvaluationsAndSmoothness() throws Exception {
        Path json = folder.resolve("e.json");
        assertEquals(
                ExitCode.DONE,
                call(
                        new EvalCommand(),
                        BUNDLE,
                        "--task=fr3-lift",
                        "--scheme=rti",
                        "--delay-ms=100",
                        "--episodes=2",
                        "--seed=5",
                        "--json=" + json));
        JsonNode report = JsonMapper.shared().readTree(json);
        for (String key : List.of(
                "success_rate",
                "success_ci95_low",
                "success_ci95_high",
                "infer_p50_us",
                "infer_p99_us",
                "infer_per_action_mean_us",
                "observation_age_p99_ms",
                "nfe_per_cycle",
                "nfe_mean",
                "jerk_rms_rad_per_s3",
                "jerk_p99_rad_per_s3",
                "joint_path_per_episode_rad")) {
            assertTrue(report.path(key).isNumber(), key + " in " + report);
        }
        assertEquals("lockstep", report.path("clock").asString());
        assertEquals(100, report.path("delay_ms").asDouble());
        assertEquals(2, report.path("episodes").asInt());
        assertEquals(5, report.path("results").get(0).path("seed").asInt());
        assertTrue(report.path("policy_ticks_missed").asInt() > 0, "100 ms are two ticks");
        JsonNode pose = report.path("handover_step").path("end_effector_pose");
        assertTrue(pose.path("p95_mm").asDouble() >= pose.path("p50_mm").asDouble());
        assertTrue(pose.path("max_mm").asDouble() >= pose.path("p95_mm").asDouble());
        assertTrue(report.path("handover_step")
                .path("gripper")
                .path("p50_normalised_rms")
                .isNumber());
    }

    @Test
    void theOptionsOfASchemeReachIt() throws Exception {
        Path json = folder.resolve("e.json");
        call(new EvalCommand(), BUNDLE, "--scheme=rti:steps=2/1/0", "--episodes=1", "--json=" + json);
        assertEquals(3, JsonMapper.shared().readTree(json).path("nfe_per_cycle").asDouble());
        call(new EvalCommand(), BUNDLE, "--scheme=ddim:steps=4", "--action-steps=2", "--episodes=1", "--json=" + json);
        JsonNode report = JsonMapper.shared().readTree(json);
        assertEquals(2.0, report.path("nfe_per_cycle").asDouble(), 0.1, "4 evaluations for 2 actions");
    }

    @Test
    void guidanceOutOfAFileReachesTheSampler() throws Exception {
        Path file = folder.resolve("low.yaml");
        Files.writeString(file, """
                schema: 1
                guidance:
                  - type: inpainting
                    term: end_effector_pose
                    elements: [0, 1, 2]
                    unit: m
                    rows:
                      - {row: 0, at: [0.5, 0.0, 0.3]}
                """);
        Path json = folder.resolve("e.json");
        call(new EvalCommand(), BUNDLE, "--scheme=ddim", "--guidance=" + file, "--episodes=1", "--json=" + json);
        JsonNode guided = JsonMapper.shared().readTree(json);
        assertEquals(file.toString(), guided.path("guidance").asString());
        call(new EvalCommand(), BUNDLE, "--scheme=ddim", "--episodes=1", "--json=" + json);
        JsonNode free = JsonMapper.shared().readTree(json);
        assertTrue(free.path("guidance").isNull());
        assertNotEquals(free.path("trajectory_sha256"), guided.path("trajectory_sha256"));
    }

    @Test
    void aPolicyComposedWithItselfDoesTheSameAtTwiceTheCost() throws Exception {
        Path file = folder.resolve("compose.yaml");
        Files.writeString(file, """
                schema: 1
                operator: linear
                weight: 0.5
                with:
                  - {bundle: %s, weight: 0.5}
                """.formatted(Path.of(BUNDLE).toAbsolutePath()));
        Path json = folder.resolve("e.json");
        call(new EvalCommand(), BUNDLE, "--scheme=ddim", "--compose=" + file, "--episodes=1", "--json=" + json);
        JsonNode composed = JsonMapper.shared().readTree(json);
        call(new EvalCommand(), BUNDLE, "--scheme=ddim", "--episodes=1", "--json=" + json);
        JsonNode alone = JsonMapper.shared().readTree(json);
        assertEquals(file.toString(), composed.path("composition").asString());
        assertTrue(alone.path("composition").isNull());
        assertEquals(
                2.0 * alone.path("nfe_per_cycle").asDouble(),
                composed.path("nfe_per_cycle").asDouble());
        assertEquals(alone.path("trajectory_sha256"), composed.path("trajectory_sha256"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--episodes=0",
                "--delay-ms=-1",
                "--clock=wall --delay-ms=20",
                "--scheme=best",
                "--scheme=rti:steps=1/3/0"
            })
    void whatCannotBeIsRefused(String arguments) {
        String[] all = (BUNDLE + " " + arguments).split(" ");
        assertThrows(BadInputException.class, () -> call(new EvalCommand(), all));
    }

    @Test
    void theComparisonPairsSeedsWithTheFirstSchemeOfTheSameDelay() throws Exception {
        Path json = folder.resolve("s.json");
        assertEquals(
                ExitCode.DONE, call(new BenchSchemesCommand(), "--episodes=1", "--delay-ms=0,50", "--json=" + json));
        JsonNode schemes = JsonMapper.shared().readTree(json).path("schemes");
        assertEquals(10, schemes.size(), "five schemes under two delays");
        for (int first : new int[] {0, 5}) {
            assertEquals("rti", schemes.get(first).path("scheme").asString());
            assertEquals(0, schemes.get(first).path("first_minus_this").asDouble());
            assertEquals(1, schemes.get(first).path("infer_p50_over_first").asDouble());
            assertEquals(first * 10, schemes.get(first + 4).path("delay_ms").asInt());
        }
    }
}
