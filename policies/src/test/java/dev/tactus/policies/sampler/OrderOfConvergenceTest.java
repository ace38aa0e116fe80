package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.fixture.Mixture;
import dev.tactus.policies.sampler.OdeSampler.Churn;
import dev.tactus.policies.sampler.OdeSampler.Method;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VarianceExploding;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How fast samplers approach the exact probability flow of data with two modes as steps are halved. */
class OrderOfConvergenceTest {
    private static final double NO_CLIP = 1e6;
    private static final int SIZE = 41;
    private static final Mixture DATA = new Mixture(0.3, -0.6, 0.4, 0.4);
    /** So small a least sigma that the last step, from there to none, is exact to 1e-7. */
    private static final VarianceExploding EDM = new VarianceExploding(1e-4, 4.0);

    private static Arguments row(
            String name, double order, int steps, IntFunction<LevelGrid> grid, Function<LevelGrid, Sampler> sampler) {
        return Arguments.of(name, order, steps, grid, sampler);
    }

    private static Function<LevelGrid, Sampler> ode(Method method) {
        return grid -> new OdeSampler(grid, NO_CLIP, SIZE, method, Churn.NONE);
    }

    private static Stream<Arguments> samplers() {
        IntFunction<LevelGrid> flow = steps -> LevelGrid.linspace(new LinearFlow(), steps);
        IntFunction<LevelGrid> edm = steps -> LevelGrid.logSnr(EDM, steps);
        IntFunction<LevelGrid> karras = steps -> LevelGrid.karras(EDM, steps, 7.0);
        Function<LevelGrid, Sampler> ddim = grid -> new DdimSampler(grid, NO_CLIP, SIZE, 0.0, false);
        Function<LevelGrid, Sampler> dpmSolver = grid -> new DpmSolverSampler(grid, NO_CLIP, SIZE);
        Function<LevelGrid, Sampler> uniPc = grid -> new UniPcSampler(grid, NO_CLIP, SIZE);
        return Stream.of(
                row("ddim, flow", 1.0, 40, flow, ddim),
                row("ddim, sigma", 1.0, 80, edm, ddim),
                row("euler, flow", 1.0, 40, flow, ode(Method.EULER)),
                row("midpoint, flow", 2.0, 20, flow, ode(Method.MIDPOINT)),
                row("heun, flow", 2.0, 20, flow, ode(Method.HEUN)),
                row("heun, sigma", 2.0, 40, karras, ode(Method.HEUN)),
                row("dpm-solver 2m, sigma", 2.0, 40, edm, dpmSolver),
                row("unipc, sigma", 3.0, 40, edm, uniPc));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samplers")
    void halvingTheStepsDividesTheErrorByTwoToTheOrder(
            String name, double order, int steps, IntFunction<LevelGrid> grid, Function<LevelGrid, Sampler> sampler) {
        double coarse = error(grid.apply(steps), sampler);
        double fine = error(grid.apply(2 * steps), sampler);
        double found = Math.log(coarse / fine) / Math.log(2.0);
        assertTrue(Math.abs(found - order) < 0.5, name + ": order " + found + ", errors " + coarse + " and " + fine);
    }

    private static double error(LevelGrid grid, Function<LevelGrid, Sampler> sampler) {
        NoiseSchedule schedule = grid.schedule();
        float[] latent = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            latent[i] = (float) (grid.initialStd() * (i - SIZE / 2) / 10.0);
        }
        float[] start = latent.clone();
        sampler.apply(grid)
                .sample(DATA.denoiser(schedule, SIZE), new float[1], latent, new RecordedNoise(new float[0]));
        double square = 0.0;
        for (int i = 0; i < SIZE; i++) {
            double exact = DATA.flow(schedule, start[i], grid.level(0), schedule.noiseless());
            square += (latent[i] - exact) * (latent[i] - exact) / SIZE;
        }
        return Math.sqrt(square);
    }
}
