package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.CleanFormula;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every sampler. */
class EverySamplerTest {
    private static final float[] NO_CONDITION = new float[1];

    private static Stream<EverySampler.Named> all() {
        return EverySampler.all();
    }

    private static GaussianDenoiser gaussian(EverySampler.Named one) {
        return new GaussianDenoiser(one.schedule(), 1, EverySampler.SIZE, 1, 1, 0.3, 0.5);
    }

    @ParameterizedTest
    @MethodSource("all")
    void samplingAllocatesNothing(EverySampler.Named one) {
        GaussianDenoiser denoiser = gaussian(one);
        GaussianNoise noise = new GaussianNoise(8);
        float[] latent = new float[EverySampler.SIZE];
        assertEquals(0, Allocation.bytesOfThousandRuns(() -> {
            one.sampler().begin(latent, noise);
            one.sampler().sample(denoiser, NO_CONDITION, latent, noise);
        }));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theEvaluationsAreThoseThatItsNameCosts(EverySampler.Named one) {
        GaussianDenoiser denoiser = gaussian(one);
        assertTrue(one.sampler().sample(denoiser, NO_CONDITION, new float[EverySampler.SIZE], new GaussianNoise(1)));
        assertEquals(one.evaluations(), denoiser.evaluations());
    }

    @ParameterizedTest
    @MethodSource("all")
    void estimatesAreClippedBeforeTheyAreUsed(EverySampler.Named one) {
        CleanFormula far =
                new CleanFormula(one.schedule(), EverySampler.SIZE, (x, level, i) -> i % 2 == 0 ? 9.0 : -9.0);
        float[] latent = new float[EverySampler.SIZE];
        one.sampler().begin(latent, new GaussianNoise(2));
        assertTrue(one.sampler().sample(far, NO_CONDITION, latent, new GaussianNoise(2)));
        assertArrayEquals(new float[] {2.0f, -2.0f, 2.0f, -2.0f, 2.0f, -2.0f}, latent, 1e-6f);
    }

    @ParameterizedTest
    @MethodSource("all")
    void anEstimateThatIsNotFiniteEndsSamplingAndLeavesNoTrace(EverySampler.Named one) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (int failing = 0; failing < one.evaluations(); failing++) {
                int when = failing;
                int[] asked = new int[1];
                CleanFormula broken = new CleanFormula(
                        one.schedule(),
                        EverySampler.SIZE,
                        (x, level, i) -> asked[0]++ / EverySampler.SIZE == when && i == 3 ? bad : 0.1 * x);
                float[] latent = new float[EverySampler.SIZE];
                assertFalse(one.sampler().sample(broken, NO_CONDITION, latent, new GaussianNoise(4)));
                assertEquals(failing + 1, broken.evaluations());
            }
        }
        float[] again = new float[EverySampler.SIZE];
        assertTrue(one.sampler().sample(gaussian(one), NO_CONDITION, again, new GaussianNoise(4)));
        float[] anew = new float[EverySampler.SIZE];
        EverySampler.Named fresh = all().filter(other -> other.name().equals(one.name()))
                .findFirst()
                .orElseThrow();
        assertTrue(fresh.sampler().sample(gaussian(one), NO_CONDITION, anew, new GaussianNoise(4)));
        assertArrayEquals(anew, again);
    }
}
