package dev.tactus.policies.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.Golden;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.Network;
import dev.tactus.policies.denoiser.NetworkDenoiser;
import dev.tactus.policies.fixture.KindPolicies;
import dev.tactus.policies.fixture.ReachPolicy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenReplayTest {
    private static final int OBSERVATION = ReachPolicy.CONDITION;

    /** {@code prediction = gain * latent + 0.1 * level-ish + sum of the condition}; answers alike for every kind. */
    private record Affine(float gain) implements Network {
        @Override
        public int batch() {
            return 1;
        }

        @Override
        public int horizon() {
            return ReachPolicy.HORIZON;
        }

        @Override
        public int actionSize() {
            return ReachPolicy.ACTION;
        }

        @Override
        public int conditionSize() {
            return ReachPolicy.CONDITION;
        }

        @Override
        public void evaluate(float[] latent, float level, float[] condition, float[] prediction) {
            float sum = 0.0f;
            for (float value : condition) {
                sum += value;
            }
            for (int i = 0; i < prediction.length; i++) {
                prediction[i] = gain * latent[i] + 0.1f * (float) Math.tanh(level) + 0.05f * sum;
            }
        }

        @Override
        public void close() {}
    }

    private static Denoiser denoiser(PolicySpec spec, float gain) {
        return NetworkDenoiser.of(spec, new Affine(gain));
    }

    private static List<float[]> observations() {
        SplittableRandom random = new SplittableRandom(2);
        float[] one = new float[OBSERVATION];
        for (int i = 0; i < one.length; i++) {
            one[i] = (float) random.nextGaussian();
        }
        return List.of(new float[OBSERVATION], one);
    }

    @ParameterizedTest
    @MethodSource("dev.tactus.policies.fixture.KindPolicies#all")
    void everyKindAnswersAsRecordedAndAnotherNetworkDoesNot(PolicySpec spec) {
        Golden golden = GoldenReplay.record(spec, denoiser(spec, 0.5f), observations(), 4);
        for (double error : GoldenReplay.errors(spec, golden, denoiser(spec, 0.5f))) {
            assertEquals(0.0, error, "nothing is drawn anew");
        }
        if (spec.kind().hasLatent()) {
            double largest = 0.0;
            for (double error : GoldenReplay.errors(spec, golden, denoiser(spec, -0.5f))) {
                largest = Math.max(largest, error);
            }
            assertTrue(largest > 1e-3, spec.kind() + " differs by " + largest);
        }
        assertTrue(golden.steps() > 0 == Golden.stepped(spec), "only diffusion and flow choose a number of steps");
    }

    /** A consistency policy with two levels draws twice; one that answers at once never does. */
    @Test
    void noiseIsRecordedAsOftenAsItIsDrawn() {
        for (PolicyKind kind : PolicyKind.values()) {
            PolicySpec spec = KindPolicies.of(kind);
            Golden golden = GoldenReplay.record(spec, denoiser(spec, 0.5f), observations(), 4);
            int expected = switch (kind) {
                case CONSISTENCY -> 2;
                case DIFFUSION, FLOW, ENERGY -> 1;
                case MIP, GAUSSIAN, DETERMINISTIC -> 0;
            };
            assertEquals(
                    expected * ReachPolicy.LATENT, golden.cases().getFirst().noise().length, kind.toString());
        }
    }
}
