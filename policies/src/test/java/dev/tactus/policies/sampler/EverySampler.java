package dev.tactus.policies.sampler;

import dev.tactus.policies.sampler.OdeSampler.Churn;
import dev.tactus.policies.sampler.OdeSampler.Method;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One of each sampler, small. */
final class EverySampler {
    static final int SIZE = 6;
    private static final double CLIP = 2.0;

    /** A sampler by its name, with the schedule it is for and the evaluations that it needs. */
    record Named(String name, NoiseSchedule schedule, int evaluations, Sampler sampler) {
        @Override
        public String toString() {
            return name;
        }
    }

    private EverySampler() {}

    static Stream<Named> all() {
        VariancePreserving discrete = VariancePreserving.squaredCosine(100);
        LinearFlow flow = new LinearFlow();
        LevelGrid sigma = LevelGrid.karras(new VarianceExploding(0.02, 10.0), 4, 7.0);
        LevelGrid even = LevelGrid.linspace(flow, 4);
        return Stream.concat(
                Stream.of(
                        new Named("ddpm", discrete, 3, new DdpmSampler(discrete, CLIP, List.of(3, 1, 0), SIZE)),
                        on("ddim", LevelGrid.leading(discrete, 4), 4, g -> new DdimSampler(g, CLIP, SIZE, 0.5, true)),
                        on("dpm_solver", sigma, 4, grid -> new DpmSolverSampler(grid, CLIP, SIZE)),
                        on("unipc", even, 4, grid -> new UniPcSampler(grid, CLIP, SIZE)),
                        on("edm_euler", sigma, 4, grid -> new DdimSampler(grid, CLIP, SIZE, 1.0, false)),
                        on("edm_heun", sigma, 7, grid -> ode(grid, Method.HEUN, new Churn(2.0, 0.05, 9.0, 1.0))),
                        on("flow_euler", even, 4, grid -> ode(grid, Method.EULER, Churn.NONE)),
                        on("flow_midpoint", even, 8, grid -> ode(grid, Method.MIDPOINT, Churn.NONE)),
                        on("flow_heun", even, 7, grid -> ode(grid, Method.HEUN, Churn.NONE)),
                        on("consistency", sigma, 4, grid -> new ConsistencySampler(grid, CLIP, SIZE, 0.02))),
                Stream.of(
                        new Named("mip", flow, 2, new MipSampler(CLIP, SIZE, 0.9, 1.0)),
                        new Named("mip, second call", flow, 1, MipSampler.refining(CLIP, SIZE, 0.9, 1.0)),
                        new Named("direct", flow, 1, new DirectSampler(CLIP, SIZE)),
                        new Named("energy", flow, 5, new EnergyDescent(CLIP, SIZE, 5, 0.0, 0.1))));
    }

    private static Named on(String name, LevelGrid grid, int evaluations, Function<LevelGrid, Sampler> sampler) {
        return new Named(name, grid.schedule(), evaluations, sampler.apply(grid));
    }

    private static Sampler ode(LevelGrid grid, Method method, Churn churn) {
        return new OdeSampler(grid, CLIP, SIZE, method, churn);
    }
}
