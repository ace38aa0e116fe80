package dev.tactus.policies.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.Golden;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.runner.GoldenReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exports checkpoints that LeRobot, and torch in the form of diffusion_policy, saved (policies/tools/
 * make_export_fixtures.py), runs them here, and compares a whole denoise with what their makers' code answered. The
 * exporter's Python packages (25 MB) are fetched into the module's build folder once.
 */
class ExportPolicyTest {
    private static final double TOLERANCE = 1e-5;
    private static final Path TOOLS =
            TactusHome.path().resolve("policies").resolve("tools").toAbsolutePath();
    private static final Path PACKAGES =
            TactusHome.path().resolve("policies").resolve("target").resolve("export-python");
    private static final Path CHECKPOINTS = TactusHome.path()
            .resolve("policies/src/test/resources/dev/tactus/policies/export")
            .toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeAll
    static void fetchPackages() throws IOException {
        Path made = PACKAGES.resolve("made");
        if (!Files.exists(made)) {
            Run pip = run(
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--upgrade",
                    "--target",
                    PACKAGES.toString(),
                    "--requirement",
                    TOOLS.resolve("requirements.txt").toString());
            assertEquals(0, pip.code(), pip.said());
            Files.createFile(made);
        }
    }

    private record Run(int code, String said) {}

    private static Run run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONPATH", PACKAGES.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        return new Run(process.onExit().join().exitValue(), said);
    }

    private static Run export(Path checkpoint, Path robot, Path out) throws IOException {
        return run(
                TOOLS.resolve("export_policy.py").toString(),
                checkpoint.toString(),
                "--robot",
                robot.toString(),
                "--out",
                out.toString());
    }

    private static Path robot() {
        return CHECKPOINTS.resolve("robot.yaml");
    }

    private static void assertAnswersAs(Path expected, Path exported) throws IOException {
        PolicyBundle bundle = PolicyBundle.load(exported, Trust.any());
        Golden makers = new JsonMapper().readValue(Files.readString(expected), Golden.class);
        try (Denoiser denoiser = DenoiserSource.of(bundle).open(1)) {
            double[] againstMakers = GoldenReplay.errors(bundle.spec(), makers, denoiser);
            double[] againstExporter = GoldenReplay.errors(bundle.spec(), bundle.golden(), denoiser);
            assertEquals(3, againstMakers.length);
            for (double error : againstMakers) {
                assertTrue(error <= TOLERANCE, "differs from its makers' code by " + Arrays.toString(againstMakers));
            }
            for (double error : againstExporter) {
                assertTrue(error <= TOLERANCE, "differs from NumPy by " + Arrays.toString(againstExporter));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lerobot", "lerobot_old"})
    void aCheckpointOfLeRobotAnswersAsInLeRobot(String name) throws IOException {
        Run run = export(CHECKPOINTS.resolve(name), robot(), folder.resolve("b"));
        assertEquals(0, run.code(), run.said());
        assertAnswersAs(CHECKPOINTS.resolve(name).resolve("expected.json"), folder.resolve("b"));
    }

    @Test
    void aCheckpointOfDiffusionPolicyAnswersWithItsAveragedWeights() throws IOException {
        Path checkpoint = CHECKPOINTS.resolve("diffusion_policy");
        Run run = export(checkpoint.resolve("latest.ckpt"), ofOneFeature(robot()), folder.resolve("b"));
        assertEquals(0, run.code(), run.said());
        assertAnswersAs(checkpoint.resolve("expected.json"), folder.resolve("b"));
    }

    @Test
    void whatTheUsersFileDoesNotSayIsAnErrorThatNamesIt() throws IOException {
        Path robot = folder.resolve("robot.yaml");
        Files.writeString(robot, Files.readString(robot()).replace("control_period: 100 ms\n", ""));
        assertRefused("control_period", CHECKPOINTS.resolve("lerobot"), robot);
        Files.writeString(robot, Files.readString(robot()).replace("size: 2, joints: [shoulder, elbow]", "size: 1"));
        assertRefused("add up to 6", CHECKPOINTS.resolve("diffusion_policy/latest.ckpt"), ofOneFeature(robot));
    }

    /** The same robot for a checkpoint that has one observation feature. */
    private Path ofOneFeature(Path robot) throws IOException {
        String text = Files.readString(robot)
                .replace("  observation.state:\n", "  obs:\n")
                .replace("  observation.environment_state:\n", "");
        return Files.writeString(folder.resolve("robot-of-one.yaml"), text);
    }

    @Test
    void aCheckpointWithoutStatisticsIsRefused() throws IOException {
        Path checkpoint = copy("lerobot");
        Files.delete(checkpoint.resolve("policy_preprocessor.json"));
        assertRefused("the normalisation is unknown", checkpoint, robot());
    }

    @Test
    void aPolicyThatSeesPicturesIsRefused() throws IOException {
        Path checkpoint = copy("lerobot");
        Path config = checkpoint.resolve("config.json");
        String text = Files.readString(config).replaceFirst("\"type\": \"STATE\"", "\"type\": \"VISUAL\"");
        Files.writeString(config, text);
        assertRefused("pictures", checkpoint, robot());
    }

    @Test
    void aPickleThatWouldRunSomethingRunsNothing() throws IOException {
        Path evil = folder.resolve("evil.ckpt");
        Path trace = folder.resolve("trace");
        Run made = run("-c", """
                import os, pickle, sys, zipfile
                class Evil:
                    def __reduce__(self):
                        return os.system, (f"touch '{sys.argv[2]}'",)
                with zipfile.ZipFile(sys.argv[1], "w") as archive:
                    archive.writestr("evil/data.pkl", pickle.dumps({"cfg": Evil(), "state_dicts": {"model": {}}}))
                """, evil.toString(), trace.toString());
        assertEquals(0, made.code(), made.said());
        assertRefused("policy", evil, robot());
        assertFalse(Files.exists(trace));
    }

    @ParameterizedTest
    @CsvSource({"'(0, (4, 2), (2, 1))', reaches beyond", "'(-1, (2,), (1,))', reaches beyond"})
    void aTensorThatReachesOutOfItsStorageIsRefused(String view, String reason) throws IOException {
        assertRefused(reason, checkpointOfOneTensor(view, "ZIP_STORED"), robot());
    }

    @Test
    void aCompressedCheckpointIsRefusedUnread() throws IOException {
        assertRefused("compressed", checkpointOfOneTensor("(0, (2,), (1,))", "ZIP_DEFLATED"), robot());
    }

    /** A checkpoint with one tensor, by offset, shape and strides, over a storage of six numbers. */
    private Path checkpointOfOneTensor(String view, String compression) throws IOException {
        Path made = folder.resolve("made.ckpt");
        Run run = run("-c", """
                import io, pickle, sys, types, zipfile
                torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
                sys.modules.update({"torch": torch, "torch._utils": utils})
                FloatStorage = torch.FloatStorage = type("FloatStorage", (), {"__module__": "torch"})
                def _rebuild_tensor_v2(*_): pass
                _rebuild_tensor_v2.__module__ = "torch._utils"
                utils._rebuild_tensor_v2 = _rebuild_tensor_v2
                class Storage: pass
                class Tensor:
                    def __reduce__(self):
                        return _rebuild_tensor_v2, (Storage(), *eval(sys.argv[2]))
                class Pickler(pickle.Pickler):
                    def persistent_id(self, thing):
                        return ("storage", FloatStorage, "0", "cpu", 6) if isinstance(thing, Storage) else None
                data = io.BytesIO()
                Pickler(data).dump({"cfg": {}, "state_dicts": {"model": {"w": Tensor()}}})
                with zipfile.ZipFile(sys.argv[1], "w", getattr(zipfile, sys.argv[3])) as archive:
                    archive.writestr("x/data.pkl", data.getvalue())
                    archive.writestr("x/data/0", bytes(24))
                """, made.toString(), view, compression);
        assertEquals(0, run.code(), run.said());
        return made;
    }

    private void assertRefused(String reason, Path checkpoint, Path robot) throws IOException {
        Run run = export(checkpoint, robot, folder.resolve("refused"));
        assertEquals(2, run.code(), run.said());
        assertTrue(run.said().startsWith("export_policy: ") && run.said().contains(reason), run.said());
        assertFalse(Files.exists(folder.resolve("refused")));
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (var files = Files.list(CHECKPOINTS.resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }
}
