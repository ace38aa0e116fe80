package dev.tactus.policies.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.NetworkSpec.Condition;
import dev.tactus.policies.bundle.NetworkSpec.Layout;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.denoiser.PolicyModel;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.scheme.SchemeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositionsTest {
    private static final PolicySpec SPEC = ReachPolicy.spec();

    @TempDir
    Path folder;

    private PolicyModel composed(PolicySpec spec, String yaml) {
        Path file = folder.resolve("compose.yaml");
        try {
            Files.writeString(file, "schema: 1\n" + yaml);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        DenoiserSource own = batch -> TinyBundle.closedForm(0.2f);
        return Compositions.read(spec, own, file, TinyBundle::open);
    }

    @Test
    void aFileComposesAPolicyWithBundlesAndHandsEachItsCondition() {
        TinyBundle.write(folder.resolve("other"));
        PolicyModel composed =
                composed(SPEC, "operator: linear\nweight: 0.3\nwith:\n  - {bundle: other, weight: 0.7}\n");
        assertEquals(2 * ReachPolicy.CONDITION, composed.spec().conditionSize());
        assertEquals(SPEC.observations(), composed.spec().observations());
        float[] latent = new float[ReachPolicy.LATENT];
        new GaussianNoise(1).fill(latent);
        float[] condition = new float[2 * ReachPolicy.CONDITION];
        for (int i = 0; i < ReachPolicy.CONDITION; i++) {
            condition[i] = 0.1f * i;
            condition[i + ReachPolicy.CONDITION] = -0.05f * i;
        }
        float[] clean = new float[latent.length];
        float[] one = new float[latent.length];
        float[] other = new float[latent.length];
        try (Denoiser denoiser = composed.source().open(1)) {
            denoiser.denoise(latent, 20, condition, clean);
        }
        TinyBundle.closedForm(0.2f).denoise(latent, 20, java.util.Arrays.copyOf(condition, ReachPolicy.CONDITION), one);
        TinyBundle.closedForm(TinyBundle.GAIN)
                .denoise(
                        latent,
                        20,
                        java.util.Arrays.copyOfRange(condition, ReachPolicy.CONDITION, condition.length),
                        other);
        for (int i = 0; i < latent.length; i++) {
            assertEquals(0.3 * one[i] + 0.7 * other[i], clean[i], 1e-4);
        }
    }

    @Test
    void aPolicyComposedWithItselfActsAsItDoesAlone() {
        PolicyBundle bundle = TinyBundle.write(folder.resolve("other"));
        Path file = folder.resolve("compose.yaml");
        composed(SPEC, "operator: and\nkappa_least: 0\nkappa_greatest: 1\nwith:\n  - {bundle: other}\n");
        PolicyModel both = Compositions.read(SPEC, DenoiserSource.of(bundle), file, TinyBundle::open);
        assertArrayEquals(acted(SPEC, DenoiserSource.of(bundle)), acted(both.spec(), both.source()), 1e-5);
    }

    private static double[] acted(PolicySpec spec, DenoiserSource source) {
        try (Policy policy = new Policy(spec, source, SchemeOptions.named("rti"), System::nanoTime)) {
            policy.reset(5);
            ActionChunk chunk = policy.newChunk();
            float[] window = {0.1f, -0.2f, 0.5f, 0.0f, 0.3f, 0.12f, -0.18f, 0.5f, 0.01f, 0.3f};
            assertEquals(Policy.Status.OK_NEW_CHUNK, policy.act(window, 0, 0, chunk));
            assertEquals(Policy.Status.OK_NEW_CHUNK, policy.act(window, 1, 0, chunk));
            double[] row = new double[spec.actionSize()];
            for (int i = 0; i < row.length; i++) {
                row[i] = chunk.get(0, i);
            }
            return row;
        }
    }

    @Test
    void whatOnlyOneOfThemSeesBecomesPartOfWhatTheyAllSee() {
        TinyBundle.write(folder.resolve("other"));
        ObservationTerm force = new ObservationTerm(
                "force", TermKind.TORQUE, 2, List.of(), "", "", "Nm", Rotation.NONE, 1, Normalisation.identity(2));
        PolicySpec own = SPEC.seeing(
                List.of(force), List.of(new Condition("force", List.of("force"), Layout.TERM_MAJOR, List.of(2))));
        PolicySpec all = composed(
                        own, "operator: or\ntemperature: 1\nweight: 1\nwith:\n  - {bundle: other, weight: 2}\n")
                .spec();
        assertEquals(2 + ReachPolicy.CONDITION, all.conditionSize());
        assertEquals(
                List.of("force", "joint_position", "target"),
                all.observations().stream().map(ObservationTerm::name).toList());
    }

    @Test
    void policiesThatDoNotGoTogetherAreRefusedWithWhatDiffers() {
        TinyBundle.write(folder.resolve("other"));
        String linear = "operator: linear\nweight: 0.3\nwith:\n  - {bundle: other, weight: 0.7}\n";
        assertMessage(ReachPolicy.spec(SPEC.requireRti().discrete(), 8), linear, "horizon 16");
        assertMessage(ReachPolicy.spec(SPEC.requireRti().discrete(), 32), linear, "tail: longest");
        assertMessage(
                ReachPolicy.spec(PolicySpec.DiscreteVariant.CLIP, 16), linear, "normalisation of 'gripper', scale");
        ObservationTerm changed = SPEC.observations()
                .get(1)
                .with(new Normalisation(1.0, -9.0, 9.0, new double[] {1.0, 1.0, 1.00001}, new double[3]));
        PolicySpec sees = SPEC.seeing(
                List.of(SPEC.observations().getFirst(), changed), SPEC.network().conditions());
        assertMessage(sees, linear, "normalisation of 'target'");
        assertMessage(SPEC, linear.replace("0.7", "0.6"), "must be 1");
        assertMessage(SPEC, linear.replace("linear", "xor"), "one of linear, or, and");
        assertMessage(SPEC, linear + "tails: longest\n", "unknown key");
    }

    @Test
    void aLongerPolicyTakesAShorterOneIfTheFileSaysSo() {
        TinyBundle.write(folder.resolve("other"));
        PolicySpec longer = ReachPolicy.spec(SPEC.requireRti().discrete(), 32);
        assertEquals(
                32,
                composed(
                                longer,
                                "operator: linear\nweight: 0.3\ntail: longest\nwith:\n  - {bundle: other, weight: 0.7}\n")
                        .spec()
                        .horizon());
    }

    private void assertMessage(PolicySpec spec, String yaml, String part) {
        String message = assertThrows(BadInputException.class, () -> composed(spec, yaml))
                .getMessage();
        assertTrue(message.contains(part), message);
    }
}
