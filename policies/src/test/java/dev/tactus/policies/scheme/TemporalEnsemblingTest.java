package dev.tactus.policies.scheme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.ClosedForm;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemporalEnsemblingTest {
    private static final int H = ReachPolicy.HORIZON;
    private static final int C = ReachPolicy.CONDITION;
    private static final int NOW = 1; // To = 2
    private static final float[] CONDITION = new float[C];

    private static ExecutionScheme ensemble(PolicySpec spec, Denoiser denoiser, String options) {
        return Schemes.create(SchemeOptions.named("ensemble" + options), spec, batch -> denoiser, new GaussianNoise(5));
    }

    /** The samples are those of DDIM with the same noise; their average is made again, slowly, from a list of all. */
    @Test
    void everyRowIsTheWeightedMeanOfAllChunksThatCoverItsTickTheOldestFirst() {
        PolicySpec spec = ReachPolicy.spec();
        int d = ReachPolicy.ACTION;
        VariancePreserving schedule = VariancePreserving.squaredCosine(100);
        ExecutionScheme ensemble =
                ensemble(spec, new GaussianDenoiser(schedule, 1, H, d, C, 0.1, 0.5), ":decay=0.3,steps=5");
        ExecutionScheme samples = Schemes.create(
                SchemeOptions.named("ddim:steps=5").withActionSteps(1),
                spec,
                batch -> new GaussianDenoiser(schedule, 1, H, d, C, 0.1, 0.5),
                new GaussianNoise(5));
        List<float[]> chunks = new ArrayList<>();
        List<Long> ticks = new ArrayList<>();
        long[] visited = {0, 1, 2, 3, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 33, 34, 60, 61};
        for (long tick : visited) {
            assertEquals(CycleStatus.NEW_CHUNK, ensemble.cycle(CONDITION, tick));
            samples.cycle(CONDITION, tick);
            chunks.add(samples.chunk().clone());
            ticks.add(tick);
            for (int row = NOW; row < H; row++) {
                for (int i = 0; i < d; i++) {
                    double sum = 0;
                    double total = 0;
                    int age = 0;
                    for (int n = 0; n < chunks.size(); n++) {
                        long from = tick - ticks.get(n) + row;
                        if (from < H) {
                            double weight = Math.exp(-0.3 * age++);
                            sum += weight * chunks.get(n)[(int) from * d + i];
                            total += weight;
                        }
                    }
                    assertEquals(sum / total, ensemble.chunk()[row * d + i], 1e-5, "tick " + tick + " row " + row);
                }
            }
        }
    }

    @Test
    void thePastOfAnotherEpisodeOrOfAnotherTimeIsNotAveraged() {
        double[] value = {0.5};
        ExecutionScheme scheme = ensemble(ReachPolicy.spec(), constant(value, ReachPolicy.ACTION), "");
        scheme.cycle(CONDITION, 0);
        scheme.reset();
        value[0] = -0.5;
        scheme.cycle(CONDITION, 1);
        assertEquals(-0.5, scheme.chunk()[5 * ReachPolicy.ACTION], 1e-5);
        assertEquals(CycleKind.FIRST, scheme.kind());
        value[0] = 0.25;
        scheme.cycle(CONDITION, 0);
        assertEquals(0.25, scheme.chunk()[5 * ReachPolicy.ACTION], 1e-5);
        assertEquals(CycleKind.RESTART, scheme.kind());
        assertEquals(CycleStatus.SAME_CHUNK, scheme.cycle(CONDITION, 0));
    }

    private static Denoiser constant(double[] value, int size) {
        VariancePreserving schedule = VariancePreserving.squaredCosine(100);
        return new ClosedForm(
                1,
                H,
                size,
                C,
                (x, k, c, i) -> (x - schedule.alpha(k) * value[i % size % value.length]) / schedule.sigma(k));
    }

    private static PolicySpec posing(Rotation rotation, int size) {
        PolicySpec reach = ReachPolicy.spec();
        double[] gain = new double[size];
        double[] offset = new double[size];
        for (int i = 0; i < size; i++) {
            gain[i] = 0.5; // so that what is averaged is not what the network says
            offset[i] = i < 3 ? 0.1 : 0.05;
        }
        ActionTerm pose = new ActionTerm(
                "pose",
                TermKind.END_EFFECTOR_POSE,
                size,
                List.of(),
                "base",
                "tool",
                "m",
                rotation,
                "",
                false,
                new Normalisation(1.0, -Double.MAX_VALUE, Double.MAX_VALUE, gain, offset));
        return new PolicySpec(
                reach.name(),
                reach.kind(),
                reach.robot(),
                reach.task(),
                reach.joints(),
                reach.horizon(),
                reach.observationSteps(),
                reach.actionSteps(),
                reach.controlPeriodNs(),
                reach.gains(),
                reach.observations(),
                reach.nullTerms(),
                List.of(pose),
                reach.sampling(),
                reach.rti(),
                reach.network(),
                reach.provenance());
    }

    /** Two chunks that turn about z by a and by b, weighted alike: the mean turns by (a + b) / 2, as a rotation. */
    @Test
    void columnsAreAveragedToTheRotationBetween() {
        PolicySpec spec = posing(Rotation.COLUMNS_6D, 9);
        double[] value = new double[9];
        ExecutionScheme scheme = ensemble(spec, constant(value, 9), ":decay=0");
        double[] angles = {0.4, 1.6};
        for (int tick = 0; tick < 2; tick++) {
            double c = Math.cos(angles[tick]);
            double s = Math.sin(angles[tick]);
            normalised(spec, value, 0, 0, 0, c, s, 0, -s, c, 0);
            scheme.cycle(CONDITION, tick);
        }
        double c = Math.cos(1.0);
        double s = Math.sin(1.0);
        assertArrayEquals(new double[] {0, 0, 0, c, s, 0, -s, c, 0}, physical(spec, scheme.chunk(), 3), 1e-5);
    }

    @Test
    void quaternionsOfTheOtherSignAreTurnedRound() {
        PolicySpec spec = posing(Rotation.QUATERNION_XYZW, 7);
        double[] value = new double[7];
        ExecutionScheme scheme = ensemble(spec, constant(value, 7), ":decay=0");
        double[] angles = {0.2, 0.8};
        double[] sign = {-1.0, 1.0};
        for (int tick = 0; tick < 2; tick++) {
            normalised(
                    spec,
                    value,
                    0,
                    0,
                    0,
                    0,
                    0,
                    sign[tick] * Math.sin(angles[tick]),
                    sign[tick] * Math.cos(angles[tick]));
            scheme.cycle(CONDITION, tick);
        }
        assertArrayEquals(
                new double[] {0, 0, 0, 0, 0, Math.sin(0.5), Math.cos(0.5)}, physical(spec, scheme.chunk(), 3), 1e-5);
    }

    @Test
    void columnsThatCancelStayAsTheNewestHasThem() {
        PolicySpec spec = posing(Rotation.COLUMNS_6D, 9);
        double[] value = new double[9];
        ExecutionScheme scheme = ensemble(spec, constant(value, 9), ":decay=0");
        normalised(spec, value, 0, 0, 0, -1, 0, 0, 0, -1, 0);
        scheme.cycle(CONDITION, 0);
        normalised(spec, value, 0, 0, 0, 1, 0, 0, 0, 1, 0);
        scheme.cycle(CONDITION, 1);
        assertArrayEquals(new double[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, physical(spec, scheme.chunk(), 3), 1e-5);
    }

    private static void normalised(PolicySpec spec, double[] out, double... physical) {
        for (int i = 0; i < out.length; i++) {
            out[i] = spec.actions().getFirst().normalisation().apply(i, physical[i]);
        }
    }

    private static double[] physical(PolicySpec spec, float[] chunk, int row) {
        double[] values = new double[spec.actionSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = spec.actions().getFirst().normalisation().invert(i, chunk[row * values.length + i]);
        }
        return values;
    }
}
