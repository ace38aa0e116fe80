package dev.tactus.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.Intervention;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.runner.ObservationWindow;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.run.EpisodeResult.Outcome;
import dev.tactus.sim.task.Task;
import dev.tactus.sim.task.Tasks;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The main job with the policy that the repository ships. */
class LockstepRunTest {
    private final Task task = Tasks.named("fr3-lift");
    private final RobotConfig robot = RobotCatalogue.load(task.robot());
    private final PolicyBundle bundle =
            PolicyBundle.load(TactusHome.path().resolve("policies/bundles/fr3-lift"), Trust.required());

    @Test
    void theShippedPolicyLiftsCubesByRealTimeIteration() {
        int episodes = 30;
        try (Policy policy = open("rti");
                LockstepRun run = new LockstepRun(task, robot, policy, 0, () -> false)) {
            for (int seed = 1; seed <= episodes; seed++) {
                run.episode(seed);
            }
            RunStatistics statistics = run.statistics();
            assertTrue(statistics.success().rate() >= 0.9, statistics.success().toString());
            assertTrue(statistics.cycles().steadyEvaluations()
                    <= 3 * statistics.cycles().steadyTicks());
            assertEquals(0, statistics.interventions().get(Intervention.POSITION));
        }
    }

    @Test
    void theSameSeedGivesTheSameTrajectoryToTheBit() {
        assertEquals(trajectory(3), trajectory(3));
        assertNotEquals(trajectory(3), trajectory(4));
    }

    private String trajectory(long seed) {
        try (Policy policy = open("rti");
                LockstepRun run = new LockstepRun(task, robot, policy, 0, () -> false)) {
            run.episode(seed);
            return run.statistics().trajectorySha256().orElseThrow();
        }
    }

    @Test
    void aNetworkThatAnswersNaNFailsTheEpisodeAndTheArmHolds() {
        Denoiser broken = new BreaksAfter(DenoiserSource.of(bundle).open(1), 130);
        try (Policy policy = new Policy(bundle.spec(), batch -> broken, SchemeOptions.named("rti"), System::nanoTime);
                LockstepRun run = new LockstepRun(task, robot, policy, 0, () -> false)) {
            EpisodeResult result = run.episode(1);
            assertEquals(Outcome.NON_FINITE, result.outcome());
            assertEquals(11, result.ticks(), "100 evaluations in the first cycle, 3 in each of ten after it");
            assertEquals(BreaksAfter.REASON, result.reason());
            assertEquals(1, run.statistics().cycles().nonFinite());
            assertEquals(CycleStatus.HOLDING, run.lastCycle());
            assertTrue(run.jointSpeed() < 0.02, "rad/s: " + run.jointSpeed());
        }
    }

    @Test
    void aControlCycleAllocatesNothingWithThePhysicsStepInIt() {
        ManualClock clock = new ManualClock(0);
        try (Policy policy = open("rti");
                TaskLoop loop = new TaskLoop(
                        task,
                        robot,
                        clock,
                        policy.chunkRows(),
                        bundle.spec().gains().targetSmoothingS())) {
            ObservationWindow window = new ObservationWindow(bundle.spec().windowSteps(), task.observationSize());
            loop.reset(1, clock.nowNs());
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            long inWindow = 0;
            for (int tick = 0; tick < 600; tick++) {
                loop.observe(tick, clock.nowNs());
                loop.observations().copyNewest(window);
                policy.act(
                        window.values(), tick, window.stampNs(), loop.chunks().writable());
                loop.chunks().publish();
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 50; i++) {
                    loop.control(clock.nowNs());
                    clock.advance(loop.cycle().periodNs());
                }
                inWindow += threads.getCurrentThreadAllocatedBytes() - before;
                if (tick % 40 == 39) {
                    // The compiler leaves a few hundred bytes when it swaps code, so the best of several windows
                    // counts.
                    least = Math.min(least, inWindow);
                    inWindow = 0;
                }
            }
            assertEquals(0, least, "bytes in 2000 control cycles");
        }
    }

    @Test
    void wallTimeMeasuresTheAgeOfTheObservationBehindEachCommand() {
        try (Policy policy = open("rti");
                WallClockRun run = new WallClockRun(task, robot, policy, () -> false)) {
            EpisodeResult result = run.episode(5);
            assertNotEquals(Outcome.HARDWARE_FAULT, result.outcome());
            RunStatistics statistics = run.statistics();
            assertTrue(statistics.observationAge().getTotalCount() > 0);
            assertTrue(
                    statistics.observationAge().getMinValue() > 0, "inference takes time, and so the age is never 0");
            assertTrue(statistics.missedDeadlines().isPresent());
            run.episode(6);
            assertEquals(
                    0,
                    run.statistics().interventions().get(Intervention.EARLY_CHUNK),
                    "no chunk of the episode before is followed");
        }
    }

    @Test
    void aNetworkThatFailsInWallTimeEndsTheEpisodeWithItsReasonAndTheNextOneBegins() {
        Denoiser broken = new BreaksAfter(DenoiserSource.of(bundle).open(1), 0) {
            private int episodes;

            @Override
            boolean breaks() {
                return onPolicyThread() && episodes == 1 && super.breaks();
            }

            @Override
            public void reset() {
                super.reset();
                episodes += onPolicyThread() ? 1 : 0;
            }
        };
        try (Policy policy = new Policy(bundle.spec(), batch -> broken, SchemeOptions.named("rti"), System::nanoTime);
                WallClockRun run = new WallClockRun(task, robot, policy, () -> false)) {
            EpisodeResult failed = run.episode(1);
            assertEquals(Outcome.NON_FINITE, failed.outcome());
            assertEquals(BreaksAfter.REASON, failed.reason());
            EpisodeResult next = run.episode(2);
            assertNotEquals(Outcome.NON_FINITE, next.outcome());
            assertEquals("", next.reason());
            assertEquals(2, run.statistics().episodes().size());
        }
    }

    @Test
    void aPolicyThatThrowsInWallTimeEndsTheEpisodeAndTheSummaryIsKept() {
        Denoiser broken = new BreaksAfter(DenoiserSource.of(bundle).open(1), 0) {
            @Override
            boolean breaks() {
                if (onPolicyThread() && super.breaks()) {
                    throw new IllegalStateException("out of order");
                }
                return false;
            }
        };
        try (Policy policy = new Policy(bundle.spec(), batch -> broken, SchemeOptions.named("rti"), System::nanoTime);
                WallClockRun run = new WallClockRun(task, robot, policy, () -> false)) {
            EpisodeResult failed = run.episode(1);
            assertEquals(Outcome.POLICY_FAILED, failed.outcome());
            assertTrue(failed.reason().contains("out of order"), failed.reason());
            assertEquals(1, run.statistics().success().trials());
        }
    }

    private static boolean onPolicyThread() {
        return Thread.currentThread().getName().equals("tactus-policy");
    }

    @Test
    void aWallTimeEpisodeWhoseThreadIsInterruptedStopsTheLoopAndSaysSo() {
        try (Policy policy = open("rti");
                WallClockRun run = new WallClockRun(task, robot, policy, () -> false)) {
            Thread.currentThread().interrupt();
            assertEquals(Outcome.INTERRUPTED, run.episode(1).outcome());
            assertTrue(Thread.interrupted(), "the interruption is kept");
        }
    }

    @Test
    void aRunThatIsInterruptedSaysSo() {
        try (Policy policy = open("rti");
                LockstepRun run = new LockstepRun(task, robot, policy, 0, () -> true)) {
            assertEquals(Outcome.INTERRUPTED, run.episode(1).outcome());
            assertEquals(0, run.statistics().success().trials(), "it says nothing about the policy");
        }
    }

    private Policy open(String scheme) {
        return Policy.open(bundle, SchemeOptions.named(scheme), System::nanoTime);
    }

    /** A real network that breaks after some evaluations. */
    private static class BreaksAfter implements Denoiser {
        static final String REASON = "it broke";

        private final Denoiser network;
        private int left;

        BreaksAfter(Denoiser network, int evaluations) {
            this.network = network;
            left = evaluations;
        }

        @Override
        public int batch() {
            return network.batch();
        }

        @Override
        public int horizon() {
            return network.horizon();
        }

        @Override
        public int actionSize() {
            return network.actionSize();
        }

        @Override
        public int conditionSize() {
            return network.conditionSize();
        }

        @Override
        public NoiseSchedule schedule() {
            return network.schedule();
        }

        @Override
        public void denoise(float[] latent, double level, float[] condition, float[] clean) {
            network.denoise(latent, level, condition, clean);
            if (breaks()) {
                Arrays.fill(clean, Float.NaN);
            }
        }

        boolean breaks() {
            return --left < 0;
        }

        @Override
        public String failure() {
            return REASON;
        }

        @Override
        public long evaluations() {
            return network.evaluations();
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
