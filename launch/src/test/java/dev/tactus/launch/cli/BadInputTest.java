package dev.tactus.launch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.config.TactusHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's mistake ends with exit code 2 and a message that says what, where and how to fix it; never a stack trace. */
class BadInputTest {
    @TempDir
    private Path folder;

    @Test
    void unknownTaskNamesTheKnownOnes() {
        assertRefused(Printed.by("run", "fr3-lit"), "unknown task 'fr3-lit'", "fr3-lift");
        assertRefused(Printed.by("demos", "fr3-lit"), "'fr3-lit' is not known", "fr3-lift");
    }

    @Test
    void unknownSchemeAndClockNameTheKnownOnes() {
        assertRefused(Printed.by("run", "--scheme", "rtti"), "'rtti'", "rti", "full", "ddim");
        assertRefused(Printed.by("run", "--clock", "sundial"), "sundial", "lockstep", "wall");
    }

    @Test
    void noEpisodesAreRefused() {
        assertRefused(Printed.by("run", "--episodes", "0"), "--episodes 0", "at least 1");
    }

    @Test
    void anActionCountThatTheChunkDoesNotHoldIsRefused() {
        assertRefused(Printed.by("run", "--scheme", "full", "--action-steps", "99"), "99 action steps");
        assertRefused(Printed.by("run", "--action-steps", "8"), "scheme rti");
    }

    @Test
    void aBundleThatIsNotThereIsNamed() {
        Path nowhere = folder.resolve("nowhere");
        assertRefused(Printed.by("run", "--policy", nowhere.toString()), nowhere.toString());
    }

    @Test
    void aTruncatedNetworkIsRefusedByName() throws IOException {
        Path bundle = copyOfTheShippedBundle();
        byte[] model = Files.readAllBytes(bundle.resolve("model.onnx"));
        Files.write(bundle.resolve("model.onnx"), java.util.Arrays.copyOf(model, model.length / 2));
        assertRefused(Printed.by("run", "--allow-unsigned", "--policy", bundle.toString()), "model.onnx");
    }

    @Test
    void aFlippedBitIsRefusedByName() throws IOException {
        Path bundle = copyOfTheShippedBundle();
        byte[] model = Files.readAllBytes(bundle.resolve("model.onnx"));
        model[model.length / 2] ^= 4;
        Files.write(bundle.resolve("model.onnx"), model);
        assertRefused(Printed.by("run", "--allow-unsigned", "--policy", bundle.toString()), "model.onnx");
    }

    @Test
    void jointsThatDoNotFitTheRobotAreNamed() throws Exception {
        Path bundle = copyOfTheShippedBundle();
        edit(bundle, "\"fr3_joint1\", \"fr3_joint2\"", "\"fr3_joint2\", \"fr3_joint1\"");
        assertRefused(
                Printed.by("run", "--allow-unsigned", "--policy", bundle.toString()),
                "[fr3_joint2, fr3_joint1,",
                "[fr3_joint1, fr3_joint2,");
    }

    @Test
    void gainsThatThePolicyWasNotTrainedWithAreNamed() throws Exception {
        Path bundle = copyOfTheShippedBundle();
        edit(bundle, "stiffness_nm_per_rad: \\[600.0", "stiffness_nm_per_rad: [900.0");
        assertRefused(
                Printed.by("run", "--allow-unsigned", "--policy", bundle.toString()),
                "stiffness",
                "[900.0, 600.0",
                "[600.0, 600.0");
    }

    @Test
    void aHorizonThatTheNetworkDoesNotHaveIsRefusedWithBothNumbers() throws Exception {
        Path bundle = copyOfTheShippedBundle();
        edit(bundle, "horizon: 16", "horizon: 12");
        assertRefused(Printed.by("run", "--allow-unsigned", "--policy", bundle.toString()), "12", "16");
    }

    @Test
    void aMalformedSceneIsRefusedInMujocosWordsWithFileAndLine() throws IOException {
        Path scene = folder.resolve("scene.xml");
        Files.writeString(
                scene, "<mujoco>\n  <worldbody>\n    <geom type=\"spere\" size=\"1\"/>\n  </worldbody>\n</mujoco>\n");
        assertRefused(Printed.by("bench", "physics", "--model", scene.toString()), "scene.xml:3", "spere");
    }

    @Test
    void aRecipeWithAnUnknownKeyIsRefusedWithItsLine() throws IOException {
        Path recipe = folder.resolve("recipe.yaml");
        String text = Files.readString(TactusHome.path().resolve("training/recipes/fr3-lift.yaml"));
        Files.writeString(recipe, text.replace("  batch: 256", "  bach: 256"));
        assertRefused(Printed.by("train", recipe.toString()), "recipe.yaml:", "batch");
    }

    @Test
    void aReportThatCannotBeWrittenIsRefused() {
        Path file = folder.resolve("no/such/folder/out.json");
        assertRefused(Printed.by("doctor", "--json", file.toString()), file.toString());
        assertRefused(Printed.by("run", "--json", file.toString()), file.toString(), "does not exist");
        assertRefused(Printed.by("bench", "schemes", "--json", folder.toString()), folder.toString(), "is a folder");
    }

    private Path copyOfTheShippedBundle() throws IOException {
        Path from = TactusHome.path().resolve("policies/bundles/fr3-lift");
        Path to = Files.createDirectory(folder.resolve("bundle"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    /** Changes policy.yaml ({@code before} is a pattern) and mends its sum in the manifest, as somebody who edits a bundle by hand would. */
    private static void edit(Path bundle, String before, String after) throws Exception {
        Path policy = bundle.resolve("policy.yaml");
        String old = Files.readString(policy);
        assertTrue(Pattern.compile(before).matcher(old).find(), old);
        String manifest = Files.readString(bundle.resolve("MANIFEST"));
        String oldSum = sha256(Files.readAllBytes(policy));
        Files.writeString(policy, old.replaceFirst(before, after));
        Files.writeString(bundle.resolve("MANIFEST"), manifest.replace(oldSum, sha256(Files.readAllBytes(policy))));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void assertRefused(Printed printed, String... parts) {
        assertEquals(2, printed.exitCode(), printed.out() + printed.err());
        for (String part : parts) {
            assertTrue(printed.err().contains(part), "'" + part + "' is not in: " + printed.err());
        }
        assertFalse(printed.err().contains("\tat "), printed.err());
    }
}
