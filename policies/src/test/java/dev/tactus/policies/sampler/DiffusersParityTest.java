package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.fixture.Mixture;
import dev.tactus.policies.sampler.OdeSampler.Churn;
import dev.tactus.policies.sampler.OdeSampler.Method;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Samples that the schedulers of diffusers 0.35.2 (on PyTorch 2.13.0) make of the same six numbers with the exact
 * denoiser of {@link Mixture#UNEVEN}, written in numpy's double precision and handed to them in the parameterisation
 * that each takes: DDIMScheduler, DPMSolverMultistepScheduler (dpmsolver++, midpoint, final_sigmas_type zero),
 * UniPCMultistepScheduler (bh2, order 2, predict_x0, final_sigmas_type zero), all with squaredcos_cap_v2 over 100
 * levels and 10 steps; EDMEulerScheduler and EDMDPMSolverMultistepScheduler (sigma 0.02 to 10, rho 7, sigma_data 0.5, 8
 * steps, from ten times the numbers); FlowMatchEulerDiscreteScheduler and FlowMatchHeunDiscreteScheduler (5 steps).
 * Their coefficients are float32. DDIM with linspace is left out: there diffusers steps by floor(K / N) although its
 * levels are further apart.
 */
class DiffusersParityTest {
    private static final double NO_CLIP = 1e6;
    private static final float[] START = {-2.0f, -1.0f, -0.25f, 0.1f, 0.5f, 1.25f};
    private static final VariancePreserving DISCRETE = VariancePreserving.squaredCosine(100);
    private static final VarianceExploding EDM = new VarianceExploding(0.02, 10.0);

    private static void assertSamples(LevelGrid grid, Sampler sampler, double scale, double... expected) {
        float[] latent = new float[START.length];
        float[] theirs = new float[START.length];
        for (int i = 0; i < latent.length; i++) {
            latent[i] = (float) (scale * START[i]);
            theirs[i] = (float) expected[i];
        }
        NoiseSource none = new RecordedNoise(new float[0]);
        assertTrue(sampler.sample(Mixture.UNEVEN.denoiser(grid.schedule(), latent.length), new float[1], latent, none));
        assertArrayEquals(theirs, latent, 2e-5f);
    }

    private static void assertDdim(LevelGrid grid, double clip, boolean recompute, double... expected) {
        assertSamples(grid, new DdimSampler(grid, clip, START.length, 0.0, recompute), 1.0, expected);
    }

    @Test
    void ddimWithEachSpacingAndWithClipping() {
        assertDdim(
                LevelGrid.trailing(DISCRETE, 10),
                NO_CLIP,
                false,
                -0.781972010,
                -0.533403344,
                0.207601268,
                0.322010800,
                0.408404616,
                0.537929181);
        assertDdim(
                LevelGrid.leading(DISCRETE, 10),
                0.5,
                false,
                -0.500000000,
                -0.496260434,
                0.187076980,
                0.313422666,
                0.407131902,
                0.500000000);
        assertDdim(
                LevelGrid.leading(DISCRETE, 10),
                0.5,
                true,
                -0.500000000,
                -0.500000000,
                0.187076980,
                0.313422666,
                0.407131902,
                0.500000000);
    }

    @Test
    void multistepSolversOnTheirOwnLeadingAndTrailingLevels() {
        double[] ninth = IntStream.range(0, 10).mapToDouble(i -> 90 - 9 * i).toArray(); // leading, as these have it
        assertMultistep(
                LevelGrid.of(DISCRETE, ninth),
                new double[] {-0.827700153, -0.609816173, 0.223585597, 0.343150921, 0.426620690, 0.557042210},
                new double[] {-0.827312185, -0.615096702, 0.227090725, 0.344696198, 0.426727051, 0.557389008});
        assertMultistep(
                LevelGrid.trailing(DISCRETE, 10),
                new double[] {-0.823132335, -0.601710624, 0.229685521, 0.347165963, 0.429659763, 0.557550384},
                new double[] {-0.824124144, -0.610189203, 0.232985848, 0.349425394, 0.430522416, 0.558649523});
    }

    private static void assertMultistep(LevelGrid grid, double[] dpmSolver, double[] uniPc) {
        assertSamples(grid, new DpmSolverSampler(grid, NO_CLIP, START.length), 1.0, dpmSolver);
        assertSamples(grid, new UniPcSampler(grid, NO_CLIP, START.length), 1.0, uniPc);
    }

    @Test
    void samplersInSigmaOnTheKarrasGrid() {
        LevelGrid grid = LevelGrid.karras(EDM, 8, 7.0);
        assertSamples(
                grid,
                new OdeSampler(grid, NO_CLIP, START.length, Method.EULER, Churn.NONE),
                10.0,
                -0.766835394,
                -0.462900225,
                0.160628485,
                0.285439315,
                0.386400954,
                0.537539481);
        assertSamples(
                grid,
                new DpmSolverSampler(grid, NO_CLIP, START.length),
                10.0,
                -0.962713489,
                -0.658270982,
                0.203220025,
                0.349182818,
                0.460651341,
                0.635922338);
    }

    @Test
    void samplersOfAFlow() {
        // their time runs from 1 to 0.001 in even steps, and then to 0
        LevelGrid grid = LevelGrid.of(new LinearFlow(), 0.0, 0.24975, 0.4995, 0.74925, 0.999);
        assertSamples(
                grid,
                new OdeSampler(grid, NO_CLIP, START.length, Method.EULER, Churn.NONE),
                1.0,
                -0.682632982,
                -0.371181390,
                0.158516605,
                0.292878279,
                0.378186737,
                0.480174860);
        assertSamples(
                grid,
                new OdeSampler(grid, NO_CLIP, START.length, Method.HEUN, Churn.NONE),
                1.0,
                -0.931761150,
                -0.586944209,
                0.145636859,
                0.318651541,
                0.443441897,
                0.633768781);
    }
}
