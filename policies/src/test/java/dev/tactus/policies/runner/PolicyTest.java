package dev.tactus.policies.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.ClosedForm;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.policies.scheme.CycleKind;
import dev.tactus.policies.scheme.SchemeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final int H = ReachPolicy.HORIZON;
    private static final int D = ReachPolicy.ACTION;

    @TempDir
    private Path folder;

    private final VariancePreserving schedule = VariancePreserving.squaredCosine(100);
    private final float[] window = new float[ReachPolicy.CONDITION];

    private Policy policy(Denoiser denoiser, SchemeOptions options) {
        return new Policy(ReachPolicy.spec(), batch -> denoiser, options, System::nanoTime);
    }

    /** Knows the clean normalised chunk. */
    private ClosedForm knows(ClosedForm.Element clean) {
        return new ClosedForm(1, H, D, ReachPolicy.CONDITION, (x, k, c, i) -> {
            double alphaBar = schedule.alphaBar(k);
            return (x - Math.sqrt(alphaBar) * clean.at(x, k, c, i)) / Math.sqrt(1.0 - alphaBar);
        });
    }

    @Test
    void rowsInPhysicalUnitsStartAtTheTickOfTheNewestObservation() {
        Policy policy = policy(
                knows((x, k, c, i) -> i % D == ReachPolicy.GRIPPER ? 0.1 : 0.01 * (i / D)), SchemeOptions.named("rti"));
        ActionChunk chunk = policy.newChunk();
        assertEquals(Policy.Status.OK_NEW_CHUNK, policy.act(window, 40, 7_000L, chunk));
        assertEquals(15, chunk.rows());
        assertEquals(40, chunk.firstTick());
        assertEquals(7_000L, chunk.observationStampNs());
        assertEquals(1, chunk.sequence());
        for (int row = 0; row < chunk.rows(); row++) {
            double normalised = 0.01 * (row + 1); // row To - 1 = 1 of the network's chunk comes first
            assertEquals((normalised + 1.0) / 2.0, chunk.get(row, 0), 1e-5);
            assertEquals(normalised / 4.0, chunk.get(row, 1), 1e-5);
            assertEquals((normalised - 0.25) / 5.0, chunk.get(row, 2), 1e-5);
            assertEquals(1.0, chunk.get(row, ReachPolicy.GRIPPER));
        }
    }

    @ParameterizedTest
    @EnumSource(DiscreteVariant.class)
    void theGripperFlipsWithinOneCycleAndIsNeverAnythingElse(DiscreteVariant variant) {
        PolicySpec spec = ReachPolicy.spec(variant, H);
        double amplitude = variant == DiscreteVariant.SCALE ? 0.1 : 1.0;
        int[] sign = {1};
        ClosedForm network = knows((x, k, c, i) -> i % D == ReachPolicy.GRIPPER ? sign[0] * amplitude : 0.0);
        Policy policy = new Policy(spec, batch -> network, SchemeOptions.named("rti"), System::nanoTime);
        ActionChunk chunk = policy.newChunk();
        for (int tick = 0; tick < 30; tick++) {
            sign[0] = tick / 3 % 2 == 0 ? 1 : -1;
            policy.act(window, tick, 0, chunk);
            for (int row = 0; row < chunk.rows(); row++) {
                assertEquals(sign[0], chunk.get(row, ReachPolicy.GRIPPER), "tick " + tick);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void nothingLeavesWhenTheNetworkIsNotFinite(float bad) {
        PolicySpec spec = ReachPolicy.spec();
        PolicyBundle.write(folder.resolve("b"), spec, TinyBundle.network(bad), TinyBundle.golden(spec, 0.5f));
        PolicyBundle bundle = PolicyBundle.load(folder.resolve("b"), Trust.any());
        window[0] = 0.3f;
        for (String scheme : List.of("rti", "full", "ddim")) {
            try (Policy policy = Policy.open(bundle, SchemeOptions.named(scheme), System::nanoTime)) {
                ActionChunk chunk = policy.newChunk();
                assertEquals(Policy.Status.NON_FINITE, policy.act(window, 0, 0, chunk));
                assertEquals(0, chunk.rows());
                assertEquals(Policy.Status.NON_FINITE, policy.act(window, 1, 0, chunk));
                assertEquals(CycleKind.RESTART, policy.kind());
            }
        }
    }

    @Test
    void anObservationThatIsNotFiniteLetsNothingOut() {
        try (Policy policy =
                Policy.open(TinyBundle.write(folder.resolve("b")), SchemeOptions.named("rti"), System::nanoTime)) {
            window[3] = Float.NaN;
            assertEquals(Policy.Status.NON_FINITE, policy.act(window, 0, 0, policy.newChunk()));
        }
    }

    @ParameterizedTest
    @CsvSource({"full, 100, 10", "ddim, 10, 10", "rti, 3, 80"})
    void evaluationsAndInferencesAreThoseOfTheScheme(String name, int steadyEvaluations, int inferences) {
        Policy policy = policy(knows((x, k, c, i) -> 0.0), SchemeOptions.named(name));
        CycleStatistics statistics = new CycleStatistics();
        ActionChunk chunk = policy.newChunk();
        for (int tick = 0; tick < 80; tick++) {
            statistics.record(policy, policy.act(window, tick, 0, chunk));
        }
        assertEquals(inferences, chunk.sequence());
        assertEquals(steadyEvaluations, policy.evaluations());
        assertEquals(inferences - 1, statistics.steadyInference().getTotalCount());
        assertEquals(1, statistics.inferenceFromNoise().getTotalCount());
        assertEquals((long) steadyEvaluations * (inferences - 1), statistics.steadyEvaluations());
        assertEquals(80, statistics.ticks());
    }

    @Test
    void theSameSeedGivesTheSameEpisode() {
        PolicyBundle bundle = TinyBundle.write(folder.resolve("b"));
        try (Policy policy = Policy.open(bundle, SchemeOptions.named("rti"), System::nanoTime)) {
            double[] first = episode(policy, 5);
            double[] other = episode(policy, 6);
            double[] again = episode(policy, 5);
            org.junit.jupiter.api.Assertions.assertArrayEquals(first, again);
            assertTrue(java.util.Arrays.compare(first, other) != 0);
        }
    }

    private double[] episode(Policy policy, long seed) {
        policy.reset(seed);
        ActionChunk chunk = policy.newChunk();
        double[] actions = new double[20];
        for (int tick = 0; tick < actions.length; tick++) {
            window[0] = 0.01f * tick;
            policy.act(window, tick, 0, chunk);
            actions[tick] = chunk.get(0, 0);
        }
        return actions;
    }

    @Test
    void inferenceIsMeasuredOnTheInjectedClock() {
        long[] now = {0};
        Policy policy = new Policy(
                ReachPolicy.spec(),
                batch -> knows((x, k, c, i) -> 0.0),
                SchemeOptions.named("rti"),
                () -> now[0] += 250);
        policy.act(window, 0, 0, policy.newChunk());
        assertEquals(250, policy.inferenceNs());
    }

    @Test
    void aPolicyCycleAllocatesNothing() {
        Denoiser gaussian = new GaussianDenoiser(schedule, 1, H, D, ReachPolicy.CONDITION, 0.1, 0.3);
        Policy policy = policy(gaussian, SchemeOptions.named("rti"));
        CycleStatistics statistics = new CycleStatistics();
        ActionChunk chunk = policy.newChunk();
        long[] tick = {0};
        assertEquals(
                0,
                Allocation.bytesOfThousandRuns(
                        () -> statistics.record(policy, policy.act(window, tick[0]++, 0, chunk))));
    }

    @Test
    void badOptionsSayWhatIsAllowed() {
        assertRefused(
                () -> SchemeOptions.named("rtx"),
                "'rtx' is unknown",
                "full, ddim, rti, rtc, rtc-trained, ensemble, bid");
        assertRefused(() -> SchemeOptions.named("full").withActionSteps(16), "16 action steps", "1 to that");
        assertRefused(() -> SchemeOptions.named("ddim:steps=0"), "0 sampling steps");
        assertRefused(() -> SchemeOptions.named("rti:steps=1/2"), "must descend");
        assertRefused(() -> SchemeOptions.named("rti:stall_ticks=16"), "16 ticks of stall limit");
        assertRefused(() -> SchemeOptions.named("rti").withActionSteps(2), "scheme rti", "full, ddim");
    }

    private void assertRefused(Supplier<SchemeOptions> options, String... parts) {
        String message = assertThrows(BadInputException.class, () -> policy(knows((x, k, c, i) -> 0.0), options.get()))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void optionsOverrideTheBundle() {
        Policy one =
                policy(knows((x, k, c, i) -> 0.0), SchemeOptions.named("full").withActionSteps(1));
        Policy list = policy(knows((x, k, c, i) -> 0.0), SchemeOptions.named("rti:steps=9/4/2/0"));
        Policy stalls = policy(knows((x, k, c, i) -> 0.0), SchemeOptions.named("rti:stall_ticks=2"));
        ActionChunk chunk = one.newChunk();
        for (int tick = 0; tick < 3; tick++) {
            assertEquals(Policy.Status.OK_NEW_CHUNK, one.act(window, tick, 0, chunk));
            list.act(window, tick, 0, chunk);
            stalls.act(window, 2 * tick, 0, chunk);
        }
        assertEquals(4, list.evaluations());
        assertEquals(2, stalls.restarts());
    }

    @Test
    void clippedObservationsAreCounted() {
        Policy policy = policy(knows((x, k, c, i) -> 0.0), SchemeOptions.named("rti"));
        window[0] = 5.0f;
        window[6] = -5.0f;
        policy.act(window, 0, 0, policy.newChunk());
        assertEquals(2, policy.clippedElements());
    }
}
