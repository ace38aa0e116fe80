package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.bundle.SamplerSpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.EnergyDenoiser;
import dev.tactus.policies.denoiser.Network;
import dev.tactus.policies.denoiser.NetworkDenoiser;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.CleanFormula;
import dev.tactus.policies.fixture.KindPolicies;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.sampler.DdpmSampler.Skipping;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The samplers that bundles of every kind name. */
class SamplersTest {
    private static final int SIZE = ReachPolicy.LATENT;
    private static final float[] NO_CONDITION = new float[1];

    private static Stream<PolicySpec> kinds() {
        return KindPolicies.all();
    }

    private static PolicySpec policy(Class<? extends SamplerSpec> sampler) {
        return KindPolicies.all()
                .filter(spec -> sampler.isInstance(spec.sampling().sampler()))
                .findFirst()
                .orElseThrow();
    }

    /** A network that answers with a tenth of its latent, and remembers what it was asked. */
    private static final class Tenth implements Network {
        private final List<Float> levels = new ArrayList<>();
        private boolean remembers = true;

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
            return 1;
        }

        @Override
        public void evaluate(float[] latent, float level, float[] condition, float[] prediction) {
            if (remembers) {
                levels.add(level);
            }
            for (int i = 0; i < latent.length; i++) {
                prediction[i] = 0.1f * latent[i];
            }
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindSamplesFromNoiseAndFromAChunkWithoutGarbage(PolicySpec spec) {
        Tenth network = new Tenth();
        network.remembers = false;
        Denoiser denoiser = NetworkDenoiser.of(spec, network);
        GaussianNoise noise = new GaussianNoise(1);
        float[] latent = new float[SIZE];
        List<Integer> steps =
                spec.rti().map(PolicySpec.RealTimeIterationSpec::steps).orElse(List.of());
        for (Sampler sampler :
                List.of(Samplers.full(spec, SIZE), Samplers.steady(spec, steps, Skipping.DROPPED, SIZE))) {
            sampler.begin(latent, noise);
            assertTrue(sampler.sample(denoiser, NO_CONDITION, latent, noise));
            assertEquals(0, Allocation.bytesOfThousandRuns(() -> {
                noise.reset(2);
                sampler.begin(latent, noise);
                sampler.sample(denoiser, NO_CONDITION, latent, noise);
            }));
        }
    }

    private static Stream<Arguments> costs() {
        return Stream.of(
                Arguments.of(SamplerSpec.Ddim.class, 16, 2),
                Arguments.of(SamplerSpec.DpmSolver.class, 10, 2),
                Arguments.of(SamplerSpec.UniPc.class, 8, 2),
                Arguments.of(SamplerSpec.EdmHeun.class, 35, 2),
                Arguments.of(SamplerSpec.EdmEuler.class, 3, 2),
                Arguments.of(SamplerSpec.FlowOde.class, 19, 2),
                Arguments.of(SamplerSpec.Consistency.class, 2, 1),
                Arguments.of(SamplerSpec.Mip.class, 2, 1),
                Arguments.of(SamplerSpec.Direct.class, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("costs")
    void theNetworkIsAskedAsOftenAsTheReadmeSays(Class<? extends SamplerSpec> sampler, int full, int steady) {
        PolicySpec spec = policy(sampler);
        List<Integer> steps =
                spec.rti().map(PolicySpec.RealTimeIterationSpec::steps).orElse(List.of());
        assertEquals(full, asked(spec, Samplers.full(spec, SIZE)).size());
        assertEquals(
                steady,
                asked(spec, Samplers.steady(spec, steps, Skipping.DROPPED, SIZE))
                        .size());
    }

    private static List<Float> asked(PolicySpec spec, Sampler sampler) {
        Tenth network = new Tenth();
        float[] latent = new float[SIZE];
        sampler.begin(latent, new GaussianNoise(3));
        sampler.sample(NetworkDenoiser.of(spec, network), NO_CONDITION, latent, new GaussianNoise(4));
        return network.levels;
    }

    @Test
    void levelsReachTheNetworkInItsOwnEncoding() {
        PolicySpec reversed = KindPolicies.all()
                .filter(spec -> spec.sampling().levelEncoding().name().equals("REVERSED"))
                .findFirst()
                .orElseThrow();
        List<Float> levels = asked(reversed, Samplers.full(reversed, SIZE));
        assertEquals(1.0f, levels.getFirst());
        assertEquals(0.1f, levels.getLast(), 1e-6f);
        // a warm start by steps 9 and 0 of 10, counted from the clean end
        assertEquals(
                List.of(1.0f, 0.1f), asked(reversed, Samplers.steady(reversed, List.of(9, 0), Skipping.DROPPED, SIZE)));
        PolicySpec consistency = policy(SamplerSpec.Consistency.class);
        List<Float> calls = asked(consistency, Samplers.full(consistency, SIZE));
        assertEquals((float) (250.0 * Math.log(80.0)), calls.get(0));
        assertEquals((float) (250.0 * Math.log(27.0)), calls.get(1));
        assertEquals(
                calls.subList(1, 2),
                asked(consistency, Samplers.steady(consistency, List.of(), Skipping.DROPPED, SIZE)));
    }

    @Test
    void beginningNoiseIsThatOfTheBundle() {
        float[] latent = new float[SIZE];
        Samplers.full(policy(SamplerSpec.FlowOde.class), SIZE).begin(latent, new GaussianNoise(1));
        assertArrayEquals(new float[SIZE], latent); // its initial_std is 0
        float[] unit = new float[SIZE];
        new GaussianNoise(1).fill(unit);
        Samplers.full(policy(SamplerSpec.EdmHeun.class), SIZE).begin(latent, new GaussianNoise(1));
        assertEquals(80.0f * unit[7], latent[7], 1e-4f);
        Samplers.full(policy(SamplerSpec.Consistency.class), SIZE).begin(latent, new GaussianNoise(1));
        assertArrayEquals(unit, latent);
    }

    @Test
    void anEnergyIsDescendedByTheBundlesStepSizeAndStopsAtItsGradient() {
        PolicySpec spec = KindPolicies.of(PolicyKind.ENERGY); // 20 steps, eta 0.1, tolerance 0.001
        Tenth network = new Tenth(); // the gradient of |x|^2 / 20
        Denoiser denoiser = assertInstanceOf(EnergyDenoiser.class, NetworkDenoiser.of(spec, network));
        float[] clean = new float[SIZE];
        float[] latent = new float[SIZE];
        latent[0] = 1.0f;
        denoiser.denoise(latent, 0.0, NO_CONDITION, clean);
        assertEquals(0.99f, clean[0], 1e-7f);
        network.levels.clear();
        latent[0] = 0.0101f; // its gradient of 0.00101 falls below the tolerance in the second step
        Samplers.full(spec, SIZE).sample(denoiser, NO_CONDITION, latent, new GaussianNoise(1));
        assertEquals(2, network.levels.size());
    }

    @Test
    void theImplicitSamplerTakesAnyNumberOfSteps() {
        for (PolicySpec spec : List.of(
                policy(SamplerSpec.Ddim.class), policy(SamplerSpec.EdmHeun.class), policy(SamplerSpec.FlowOde.class))) {
            assertEquals(4, asked(spec, Samplers.implicit(spec, 4, SIZE)).size());
        }
        assertThrows(BadInputException.class, () -> Samplers.implicit(policy(SamplerSpec.Consistency.class), 4, SIZE));
        assertThrows(BadInputException.class, () -> Samplers.implicit(policy(SamplerSpec.Mip.class), 4, SIZE));
    }

    @Test
    void aWarmStartThatStopsShortIsRefused() {
        for (PolicySpec spec : List.of(policy(SamplerSpec.FlowOde.class), policy(SamplerSpec.Ddim.class))) {
            String message = assertThrows(
                            BadInputException.class, () -> Samplers.steady(spec, List.of(3, 2), Skipping.DROPPED, SIZE))
                    .getMessage();
            assertTrue(message.contains("end at 2"), message);
        }
    }

    @Test
    void aWarmStartOfAPerfectPolicyLeavesAPerfectChunkAsItIs() {
        float[] chunk = new float[SIZE];
        new GaussianNoise(5).fill(chunk);
        for (int i = 0; i < SIZE; i++) {
            chunk[i] = Math.clamp(chunk[i], -1.0f, 1.0f);
        }
        for (PolicySpec spec : List.of(policy(SamplerSpec.EdmHeun.class), policy(SamplerSpec.FlowOde.class))) {
            NoiseSchedule schedule = spec.sampling().noiseSchedule();
            CleanFormula perfect = new CleanFormula(schedule, SIZE, (x, level, i) -> chunk[i]);
            float[] latent = chunk.clone();
            assertTrue(Samplers.steady(spec, List.of(2, 1, 0), Skipping.DROPPED, SIZE)
                    .sample(perfect, NO_CONDITION, latent, new RecordedNoise(new float[0])));
            assertArrayEquals(chunk, latent, 1e-6f);
        }
    }
}
