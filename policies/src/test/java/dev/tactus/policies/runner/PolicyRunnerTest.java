package dev.tactus.policies.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.fixture.ClosedForm;
import dev.tactus.policies.fixture.KnowingDenoiser;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.scheme.SchemeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyRunnerTest {
    private static final long PERIOD_NS = 50_000_000L;

    private final ObservationBuffer observations = new ObservationBuffer(32, ReachPolicy.OBSERVATION);
    private final ChunkBuffer chunks = new ChunkBuffer(ReachPolicy.HORIZON, ReachPolicy.ACTION);
    private volatile long nowNs;
    private final RunnerTiming timing = new RunnerTiming(() -> nowNs, ns -> ns / PERIOD_NS, 8 * PERIOD_NS);
    private final float[] observation = new float[ReachPolicy.OBSERVATION];

    @TempDir
    private Path folder;

    private static void await(BooleanSupplier condition) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (!condition.getAsBoolean()) {
                Thread.sleep(1);
            }
        });
    }

    @Test
    void everyObservationBecomesAChunkWithItsStamp() {
        PolicyBundle bundle = TinyBundle.write(folder.resolve("b"));
        try (Policy policy = Policy.open(bundle, SchemeOptions.named("rti"), System::nanoTime);
                PolicyRunner runner = new PolicyRunner(policy, observations, chunks, timing)) {
            runner.start();
            for (int tick = 0; tick < 50; tick++) {
                observations.write(observation, tick, 1000L + tick);
                await(chunks::poll);
                assertEquals(tick, chunks.current().firstTick());
                assertEquals(1000L + tick, chunks.current().observationStampNs());
            }
            await(() -> runner.statistics().ticks() == 50);
            assertEquals(0, runner.missedTicks());
            assertEquals(49, runner.statistics().steadyInference().getTotalCount());
            assertEquals(1, runner.statistics().inferenceFromNoise().getTotalCount());
            assertTrue(runner.failure().isEmpty());
        }
    }

    @Test
    void ticksThatArriveDuringAnInferenceAreMissedAndCounted() {
        Semaphore allowed = new Semaphore(0);
        Semaphore entered = new Semaphore(0);
        ClosedForm slow = slow(allowed, entered);
        try (Policy policy =
                        new Policy(ReachPolicy.spec(), batch -> slow, SchemeOptions.named("rti"), System::nanoTime);
                PolicyRunner runner = new PolicyRunner(policy, observations, chunks, timing)) {
            runner.start();
            observations.write(observation, 0, 0);
            entered.acquireUninterruptibly();
            for (int tick = 1; tick <= 4; tick++) {
                observations.write(observation, tick, tick);
            }
            allowed.release(1_000);
            await(() -> runner.statistics().ticks() == 2);
            assertEquals(3, runner.missedTicks());
            assertTrue(chunks.poll());
            assertEquals(4, chunks.current().firstTick());
        }
    }

    @Test
    void anInferenceOfAnEpisodeThatIsOverIsNotPublished() {
        Semaphore allowed = new Semaphore(0);
        Semaphore entered = new Semaphore(0);
        try (Policy policy = new Policy(
                        ReachPolicy.spec(),
                        batch -> slow(allowed, entered),
                        SchemeOptions.named("rti"),
                        System::nanoTime);
                PolicyRunner runner = new PolicyRunner(policy, observations, chunks, timing)) {
            runner.start();
            observations.write(observation, 500, 5);
            entered.acquireUninterruptibly();
            observations.beginEpisode();
            runner.reset(1);
            observations.write(observation, 0, 6);
            allowed.release(1_000);
            await(() -> runner.statistics().ticks() == 1);
            assertTrue(chunks.poll());
            assertEquals(0, chunks.current().firstTick());
            assertEquals(1, chunks.current().sequence());
            assertFalse(chunks.poll());
        }
    }

    @Test
    void afterAwaitResetNothingOfTheEpisodeBeforeAppears() throws InterruptedException {
        Semaphore allowed = new Semaphore(0);
        Semaphore entered = new Semaphore(0);
        try (Policy policy = new Policy(
                        ReachPolicy.spec(),
                        batch -> slow(allowed, entered),
                        SchemeOptions.named("rti"),
                        System::nanoTime);
                PolicyRunner runner = new PolicyRunner(policy, observations, chunks, timing)) {
            runner.start();
            observations.write(observation, 500, 5);
            entered.acquireUninterruptibly();
            observations.beginEpisode();
            runner.reset(1);
            Thread waiting = Thread.ofPlatform().start(runner::awaitReset);
            await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            allowed.release(1_000);
            waiting.join();
            assertFalse(chunks.poll());
            assertEquals(0, runner.statistics().ticks());
            observations.write(observation, 0, 6);
            await(chunks::poll);
            assertEquals(0, chunks.current().firstTick());
        }
    }

    @Test
    void anErrorEndsTheThreadAndIsKeptAsItsCause() {
        ClosedForm broken =
                new ClosedForm(1, ReachPolicy.HORIZON, ReachPolicy.ACTION, ReachPolicy.CONDITION, (x, k, c, i) -> {
                    throw new LinkageError("no such library");
                });
        try (Policy policy =
                        new Policy(ReachPolicy.spec(), batch -> broken, SchemeOptions.named("rti"), System::nanoTime);
                PolicyRunner runner = new PolicyRunner(policy, observations, chunks, timing)) {
            runner.start();
            observations.write(observation, 0, 0);
            await(() -> runner.failure().isPresent());
            assertTrue(runner.failure().orElseThrow().getCause() instanceof LinkageError);
            runner.reset(2);
            runner.awaitReset(); // nobody will take it up, and nobody waits for that
        }
    }

    @Test
    void aFailureOfTheNetworkEndsTheThreadAndIsKept() {
        ClosedForm broken =
                new ClosedForm(1, ReachPolicy.HORIZON, ReachPolicy.ACTION, ReachPolicy.CONDITION, (x, k, c, i) -> {
                    throw new IllegalStateException("out of order");
                });
        try (Policy policy =
                        new Policy(ReachPolicy.spec(), batch -> broken, SchemeOptions.named("rti"), System::nanoTime);
                PolicyRunner runner = new PolicyRunner(policy, observations, chunks, timing)) {
            runner.start();
            observations.write(observation, 0, 0);
            await(() -> runner.failure().isPresent());
            assertEquals("out of order", runner.failure().orElseThrow().getMessage());
            assertFalse(chunks.poll());
        }
    }

    @Test
    void nothingFollowsFromAnObservationThatIsTooOldWhenItComes() {
        try (PolicyRunner runner = runner(new KnowingDenoiser(0.5))) {
            runner.start();
            nowNs = 9 * PERIOD_NS;
            observations.write(observation, 0, 0);
            await(() -> runner.staleObservations() == 1);
            assertEquals(RunnerStatus.STALE_OBSERVATION, runner.status());
            assertFalse(chunks.poll());
            observations.write(observation, 1, 9 * PERIOD_NS);
            await(chunks::poll);
            assertEquals(1, chunks.current().firstTick());
        }
    }

    @Test
    void nothingFollowsFromAnObservationThatIsTooOldWhenItsInferenceEnds() {
        Semaphore allowed = new Semaphore(0);
        Semaphore entered = new Semaphore(0);
        try (PolicyRunner runner = runner(slow(allowed, entered))) {
            runner.start();
            observations.write(observation, 0, 0);
            entered.acquireUninterruptibly();
            nowNs = 8 * PERIOD_NS + 1;
            allowed.release(1_000);
            await(() -> runner.staleObservations() == 1);
            assertFalse(chunks.poll());
            assertEquals(1, runner.statistics().ticks(), "its time counts all the same");
        }
    }

    @Test
    void aChunkThatComesLaterThanAPeriodLeavesAndCountsAsAMissedDeadline() {
        Semaphore allowed = new Semaphore(0);
        Semaphore entered = new Semaphore(0);
        try (PolicyRunner runner = runner(slow(allowed, entered))) {
            runner.start();
            observations.write(observation, 0, 0);
            entered.acquireUninterruptibly();
            nowNs = PERIOD_NS + 1;
            allowed.release(1_000);
            await(() -> runner.status() == RunnerStatus.MISSED_DEADLINE);
            assertTrue(chunks.poll());
            assertEquals(1, runner.missedDeadlines());
            nowNs = 2 * PERIOD_NS;
            observations.write(observation, 2, PERIOD_NS);
            await(() -> runner.status() == RunnerStatus.OK);
            assertEquals(1, runner.missedDeadlines(), "one period is in time");
        }
    }

    @Test
    void aChunkThatComesLaterThanItsSchemeMadeItForIsDiscardedAndCounted() {
        Denoiser rowByRow = new KnowingDenoiser(0.2) {
            @Override
            public boolean cleanRows(int rows) {
                return true;
            }
        };
        SchemeOptions scheme = SchemeOptions.named("rtc-trained:trained_delay=2,delay=1,action_steps=1");
        Policy policy = new Policy(ReachPolicy.spec(), batch -> rowByRow, scheme, System::nanoTime);
        try (PolicyRunner runner = new PolicyRunner(policy, observations, chunks, timing)) {
            runner.start();
            observations.write(observation, 0, 0);
            await(chunks::poll);
            nowNs = 4 * PERIOD_NS;
            observations.write(observation, 1, PERIOD_NS);
            await(() -> runner.status() == RunnerStatus.DISCARDED);
            assertFalse(chunks.poll());
            assertEquals(1, runner.discardedChunks());
        }
    }

    @Test
    void anActionFarOutOfItsBoundsNeverLeaves() {
        PolicySpec spec = bounded(ReachPolicy.spec());
        double[] clean = {0.3}; // 0.65 m
        Denoiser network = new KnowingDenoiser((x, k, c, i) -> i % ReachPolicy.ACTION == 0 ? clean[0] : 0.0);
        SchemeOptions scheme = SchemeOptions.named("ddim").withActionSteps(1);
        try (PolicyRunner runner = new PolicyRunner(
                new Policy(spec, batch -> network, scheme, System::nanoTime), observations, chunks, timing)) {
            runner.start();
            observations.write(observation, 0, 0);
            await(chunks::poll);
            assertEquals(0.6, chunks.current().get(0, 0), 1e-9, "a little outside is clipped");
            clean[0] = 0.5; // 0.75 m, beyond the bound by more than half the width
            observations.write(observation, 1, 0);
            await(() -> runner.status() == RunnerStatus.OUT_OF_RANGE);
            assertFalse(chunks.poll());
            assertEquals(1, runner.statistics().outOfRange());
            clean[0] = 0.1;
            observations.write(observation, 2, 0);
            await(chunks::poll);
            assertEquals(2, chunks.current().firstTick());
            assertEquals(2, chunks.current().sequence(), "what did not leave has no number");
        }
    }

    @Test
    void whatNeverLeftIsNotTakenForAChunkThatIsBeingExecuted() {
        double[] clean = {0.5}; // out of bounds
        Denoiser network = new KnowingDenoiser((x, k, c, i) -> i % ReachPolicy.ACTION == 0 ? clean[0] : 0.0);
        SchemeOptions scheme = SchemeOptions.named("ddim:action_steps=8");
        try (PolicyRunner runner = new PolicyRunner(
                new Policy(bounded(ReachPolicy.spec()), batch -> network, scheme, System::nanoTime),
                observations,
                chunks,
                timing)) {
            runner.start();
            observations.write(observation, 0, 0);
            await(() -> runner.status() == RunnerStatus.OUT_OF_RANGE);
            clean[0] = 0.1;
            observations.write(observation, 1, 0);
            await(chunks::poll);
            assertEquals(1, chunks.current().firstTick(), "the next tick infers, Ta or not");
        }
    }

    @Test
    void afterAChunkThatWasTooOldToPublishTheNextTickInfers() {
        Semaphore allowed = new Semaphore(0);
        Semaphore entered = new Semaphore(0);
        SchemeOptions scheme = SchemeOptions.named("ddim:action_steps=8");
        Policy policy = new Policy(ReachPolicy.spec(), batch -> slow(allowed, entered), scheme, System::nanoTime);
        try (PolicyRunner runner = new PolicyRunner(policy, observations, chunks, timing)) {
            runner.start();
            observations.write(observation, 0, 0);
            entered.acquireUninterruptibly();
            nowNs = 8 * PERIOD_NS + 1;
            allowed.release(1_000);
            await(() -> runner.staleObservations() == 1);
            observations.write(observation, 1, 8 * PERIOD_NS);
            await(chunks::poll);
            assertEquals(1, chunks.current().firstTick());
        }
    }

    /** The same, with the first element of an action within 0.4 and 0.6. */
    private static PolicySpec bounded(PolicySpec spec) {
        ActionTerm position = spec.actions().getFirst();
        double max = Double.MAX_VALUE;
        Normalisation as = position.normalisation();
        Normalisation bounds = new Normalisation(
                as.scale(), new double[] {0.4, -max, -max}, new double[] {0.6, max, max}, as.gain(), as.offset());
        return new PolicySpec(
                spec.name(),
                spec.kind(),
                spec.robot(),
                spec.task(),
                spec.joints(),
                spec.horizon(),
                spec.observationSteps(),
                spec.actionSteps(),
                spec.controlPeriodNs(),
                spec.gains(),
                spec.observations(),
                spec.nullTerms(),
                List.of(position.with(bounds), spec.actions().getLast()),
                spec.sampling(),
                spec.rti(),
                spec.network(),
                spec.provenance());
    }

    @Test
    void whyTheNetworkFailedIsThereForThePersonWhoAsks() {
        Denoiser saysWhy = new KnowingDenoiser((x, k, c, i) -> Double.NaN) {
            @Override
            public String failure() {
                return "CUDA error 719: launch failure";
            }
        };
        try (PolicyRunner runner = runner(saysWhy)) {
            runner.start();
            observations.write(observation, 0, 0);
            await(() -> runner.status() == RunnerStatus.NON_FINITE);
            assertEquals("CUDA error 719: launch failure", runner.reason());
            assertFalse(chunks.poll());
        }
    }

    private static Policy policy(Denoiser denoiser) {
        return new Policy(ReachPolicy.spec(), batch -> denoiser, SchemeOptions.named("rti"), System::nanoTime);
    }

    private PolicyRunner runner(Denoiser denoiser) {
        return new PolicyRunner(policy(denoiser), observations, chunks, timing);
    }

    /** Waits for one permit at the first element of each evaluation. */
    private static ClosedForm slow(Semaphore allowed, Semaphore entered) {
        return new ClosedForm(1, ReachPolicy.HORIZON, ReachPolicy.ACTION, ReachPolicy.CONDITION, (x, k, c, i) -> {
            if (i == 0) {
                entered.release();
                allowed.acquireUninterruptibly();
            }
            return 0.0;
        });
    }
}
