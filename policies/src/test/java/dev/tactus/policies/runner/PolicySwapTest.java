package dev.tactus.policies.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.fixture.KnowingDenoiser;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.scheme.SchemeOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** One policy after another in a loop that does not stop. */
class PolicySwapTest {
    private static final long PERIOD_NS = 50_000_000L;

    private final ObservationBuffer observations = new ObservationBuffer(32, ReachPolicy.OBSERVATION);
    private final ChunkBuffer chunks = new ChunkBuffer(ReachPolicy.HORIZON, ReachPolicy.ACTION);
    private final RunnerTiming timing = new RunnerTiming(() -> 0, ns -> ns / PERIOD_NS, 8 * PERIOD_NS);
    private final float[] observation = new float[ReachPolicy.OBSERVATION];

    private static void await(BooleanSupplier condition) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (!condition.getAsBoolean()) {
                Thread.sleep(1);
            }
        });
    }

    private static Policy policy(Denoiser denoiser) {
        return new Policy(ReachPolicy.spec(), batch -> denoiser, SchemeOptions.named("rti"), System::nanoTime);
    }

    private PolicyRunner runner(Denoiser denoiser) {
        return new PolicyRunner(policy(denoiser), observations, chunks, timing);
    }

    /** What the policy commands for a tick, in the second element of the network's row. */
    private double firstElement(long tick) {
        observations.write(observation, tick, 0);
        await(chunks::poll);
        assertEquals(tick, chunks.current().firstTick());
        return Math.round(4e6 * chunks.current().get(0, 1)) * 1e-6;
    }

    @Test
    void aSwapTakesEffectAtTheNextEpisodeAndTheLoopRunsOnWhileItIsPrepared() throws Exception {
        Semaphore open = new Semaphore(0);
        KnowingDenoiser before = new KnowingDenoiser(0.25);
        KnowingDenoiser after = new KnowingDenoiser(-0.75);
        try (PolicyRunner runner = runner(before)) {
            runner.start();
            CompletableFuture<Void> ready = runner.swap(() -> {
                open.acquireUninterruptibly();
                return policy(after);
            });
            int tick = 0;
            for (; tick < 50; tick++) {
                assertEquals(0.25, firstElement(tick), "while the other is being opened");
            }
            assertFalse(ready.isDone());
            open.release();
            ready.get();
            for (; tick < 100; tick++) {
                assertEquals(0.25, firstElement(tick), "until the episode ends");
            }
            assertEquals(0, runner.swapped());
            long ticks = runner.statistics().ticks();
            observations.beginEpisode();
            runner.reset(1);
            runner.awaitReset();
            assertEquals(1, runner.swapped());
            assertEquals(ticks, runner.statistics().ticks(), "warming up is no cycle");
            assertEquals(-0.75, firstElement(0));
            assertEquals(1, chunks.current().sequence());
            await(() -> before.closedBy() != null);
            assertEquals("tactus-policy-swap", before.closedBy().getName());
            assertEquals(null, after.closedBy());
        }
        assertEquals(Thread.currentThread(), after.closedBy(), "the runner closes the policy that it has");
    }

    @Test
    void ofTwoSwapsBeforeAnEpisodeTheLaterCountsAndTheOtherIsClosed() throws Exception {
        KnowingDenoiser early = new KnowingDenoiser(0.1);
        KnowingDenoiser late = new KnowingDenoiser(0.2);
        try (PolicyRunner runner = runner(new KnowingDenoiser(0.0))) {
            runner.start();
            runner.swap(() -> policy(early)).get();
            runner.swap(() -> policy(late)).get();
            await(() -> early.closedBy() != null);
            observations.beginEpisode();
            runner.reset(1);
            runner.awaitReset();
            assertEquals(0.2, firstElement(0), 1e-6);
            assertEquals(1, runner.swapped());
        }
    }

    @Test
    void aSwapThatNobodyTookUpIsClosedWithTheRunner() throws Exception {
        KnowingDenoiser other = new KnowingDenoiser(0.1);
        try (PolicyRunner runner = runner(new KnowingDenoiser(0.0))) {
            runner.start();
            runner.swap(() -> policy(other)).get();
        }
        await(() -> other.closedBy() != null);
    }

    @Test
    void aPolicyThatDoesNotFitTheLoopIsRefusedAndClosed() {
        KnowingDenoiser other = new KnowingDenoiser(0.1);
        ChunkBuffer narrow = new ChunkBuffer(ReachPolicy.HORIZON - 2, ReachPolicy.ACTION);
        try (PolicyRunner runner = new PolicyRunner(policy(new KnowingDenoiser(0.0)), observations, narrow, timing)) {
            runner.start();
            ExecutionException refused = assertThrows(
                    ExecutionException.class,
                    () -> runner.swap(() -> policy(other)).get());
            assertTrue(refused.getCause() instanceof BadInputException, refused.toString());
            assertTrue(refused.getMessage().contains("chunks have 15 rows"), refused.getMessage());
            assertTrue(other.closedBy() != null);
        }
    }

    @Test
    void aPolicyWithAnotherJointOrderIsRefusedAndOneWithAnotherNormalisationIsNot() throws Exception {
        PolicySpec spec = ReachPolicy.spec();
        PolicySpec reordered = new PolicySpec(
                spec.name(),
                spec.kind(),
                spec.robot(),
                spec.task(),
                spec.joints().reversed(),
                spec.horizon(),
                spec.observationSteps(),
                spec.actionSteps(),
                spec.controlPeriodNs(),
                spec.gains(),
                spec.observations(),
                spec.nullTerms(),
                spec.actions(),
                spec.sampling(),
                spec.rti(),
                spec.network(),
                spec.provenance());
        try (PolicyRunner runner = runner(new KnowingDenoiser(0.0))) {
            runner.start();
            ExecutionException refused = assertThrows(
                    ExecutionException.class,
                    () -> runner.swap(() -> policy(reordered)).get());
            assertTrue(refused.getMessage().contains("[elbow, shoulder]"), refused.getMessage());
            runner.swap(() -> policy(ReachPolicy.spec(DiscreteVariant.CLIP, ReachPolicy.HORIZON)))
                    .get();
        }
    }

    private static Policy policy(PolicySpec spec) {
        return new Policy(spec, batch -> new KnowingDenoiser(0.1), SchemeOptions.named("rti"), System::nanoTime);
    }
}
