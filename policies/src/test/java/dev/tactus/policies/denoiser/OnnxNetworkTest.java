package dev.tactus.policies.denoiser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.bundle.NetworkSpec.Level;
import dev.tactus.policies.bundle.NetworkSpec.LevelPer;
import dev.tactus.policies.bundle.NetworkSpec.LevelType;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.DoctorCheck;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.fixture.TinyNetwork;
import dev.tactus.policies.onnx.OnnxRuntimeCheck;
import dev.tactus.policies.sampler.GaussianNoise;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxNetworkTest {
    private static final int H = ReachPolicy.HORIZON;
    private static final int D = ReachPolicy.ACTION;
    private static final int C = ReachPolicy.CONDITION;

    @ParameterizedTest
    @CsvSource({"1, true", "3, true", "1, false"})
    void theNetworkSaysWhatItsClosedFormSays(int batch, boolean wholeLevels) {
        NetworkSpec roles = roles("latent", "prediction", wholeLevels ? LevelType.INT64 : LevelType.FLOAT32);
        PolicySpec spec = ReachPolicy.spec(DiscreteVariant.SCALE, roles, H);
        float[] latent = new float[batch * H * D];
        float[] condition = new float[batch * C];
        float[] prediction = new float[batch * H * D];
        GaussianNoise noise = new GaussianNoise(5);
        try (OnnxNetwork network =
                OnnxNetwork.open(spec, TinyNetwork.onnx(0.5f, H, D, C, wholeLevels), "model.onnx", batch)) {
            for (int k : new int[] {0, 7, 99}) {
                noise.fill(latent);
                noise.fill(condition);
                network.evaluate(latent, k, condition, prediction);
                for (int i = 0; i < latent.length; i++) {
                    int from = i / (H * D) * C;
                    assertEquals(
                            TinyNetwork.formula(0.5, latent[i], k, condition, from, C, i % D), prediction[i], 1e-5);
                }
            }
        }
    }

    private static NetworkSpec roles(String latent, String prediction, LevelType type) {
        NetworkSpec standard = NetworkSpec.standard(H, D, ReachPolicy.observations());
        return new NetworkSpec(
                standard.chunkShape(),
                Optional.of(latent),
                Optional.of(new Level("timestep", type, LevelPer.CHUNK)),
                Optional.empty(),
                standard.conditions(),
                Optional.of(prediction),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static void assertRefused(PolicySpec spec, byte[] model, String... parts) {
        String message = assertThrows(BadInputException.class, () -> OnnxNetwork.open(spec, model, "m.onnx", 1))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void aHorizonThatTheNetworkDoesNotHaveIsSaidWithBothNumbers() {
        PolicySpec longer = ReachPolicy.spec(DiscreteVariant.SCALE, 24);
        assertRefused(longer, TinyBundle.network(0.5f), "horizon 16", "policy.yaml says 24");
    }

    @Test
    void otherSizesAndTypesAreSaid() {
        PolicySpec spec = ReachPolicy.spec();
        assertRefused(spec, TinyNetwork.onnx(1f, H, D + 1, C, true), "action size 5", "says 4");
        assertRefused(spec, TinyNetwork.onnx(1f, H, D, C + 3, true), "condition size 13", "says 10");
        assertRefused(spec, TinyNetwork.onnx(1f, H, D, C, false), "'timestep'", "FLOAT", "INT64");
        NetworkSpec inputs = roles("x", "prediction", LevelType.INT64);
        assertRefused(ReachPolicy.spec(DiscreteVariant.SCALE, inputs, H), TinyBundle.network(1f), "inputs", "latent");
        NetworkSpec output = roles("latent", "noise", LevelType.INT64);
        assertRefused(ReachPolicy.spec(DiscreteVariant.SCALE, output, H), TinyBundle.network(1f), "outputs", "noise");
    }

    @Test
    void aNetworkThatCannotRunWithTheseShapesIsRefusedBeforeItCounts() {
        assertRefused(ReachPolicy.spec(), TinyNetwork.withOpenCondition(H, D, C + 1), "m.onnx", "MatMul");
    }

    @Test
    void bytesThatAreNoNetworkAreRefused() {
        byte[] model = TinyBundle.network(0.5f);
        assertRefused(ReachPolicy.spec(), Arrays.copyOf(model, model.length / 2), "m.onnx", "cannot be read");
        assertRefused(ReachPolicy.spec(), "not a network".getBytes(), "cannot be read");
        assertRefused(ReachPolicy.spec(), new byte[0], "m.onnx");
    }

    @Test
    void anEvaluationLeavesNoGarbage() {
        try (OnnxNetwork network = OnnxNetwork.open(ReachPolicy.spec(), TinyBundle.network(0.5f), "model.onnx", 2)) {
            float[] latent = new float[2 * H * D];
            float[] condition = new float[2 * C];
            float[] prediction = new float[2 * H * D];
            assertEquals(0, Allocation.bytesOfThousandRuns(() -> network.evaluate(latent, 3, condition, prediction)));
        }
    }

    @Test
    void closingTwiceIsHarmless() {
        OnnxNetwork network = OnnxNetwork.open(ReachPolicy.spec(), TinyBundle.network(0.5f), "model.onnx", 1);
        network.close();
        network.close();
    }

    @Test
    void doctorFindsTheRuntime() {
        DoctorCheck.Finding finding = new OnnxRuntimeCheck().look();
        assertEquals(DoctorCheck.State.PRESENT, finding.state());
        assertFalse(finding.detail().isEmpty());
        assertTrue(finding.detail().contains("CPU"), finding.detail());
    }
}
