package dev.tactus.policies.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.fixture.ClosedForm;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.scheme.SchemeOptions;
import java.nio.file.Path;
import java.time.Duration;
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
