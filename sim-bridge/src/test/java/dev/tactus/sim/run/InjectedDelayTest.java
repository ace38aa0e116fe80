package dev.tactus.sim.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.policies.runner.ObservationWindow;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.task.Task;
import dev.tactus.sim.task.Tasks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a declared delay does to the shipped policy in lock-step time. */
class InjectedDelayTest {
    private static final long MS = 1_000_000L;
    private static final int CYCLES_PER_TICK = 50;

    private final Task task = Tasks.named("fr3-lift");
    private final RobotConfig robot = RobotCatalogue.load(task.robot());
    private final PolicyBundle bundle =
            PolicyBundle.load(TactusHome.path().resolve("policies/bundles/fr3-lift"), Trust.required());
    private final ManualClock clock = new ManualClock(0);

    private Policy open(String scheme) {
        return Policy.open(bundle, SchemeOptions.named(scheme), System::nanoTime);
    }

    private TaskLoop loop(Policy policy) {
        return new TaskLoop(
                task, robot, clock, policy.chunkRows(), bundle.spec().gains().targetSmoothingS());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rti", "ddim"})
    void aDelayOfZeroIsTheLoopThatInfersBetweenObservationAndControl(String scheme) {
        String found;
        try (Policy policy = open(scheme);
                LockstepRun run = new LockstepRun(task, robot, policy, 0, () -> false)) {
            run.episode(7);
            found = run.statistics().trajectorySha256().orElseThrow();
        }
        assertEquals(plainLoop(scheme, 7), found);
    }

    /** The loop as it is without any delay in it. */
    private String plainLoop(String scheme, long seed) {
        TrajectoryHash hash = new TrajectoryHash();
        try (Policy policy = open(scheme);
                TaskLoop loop = loop(policy)) {
            ObservationWindow window = new ObservationWindow(bundle.spec().windowSteps(), task.observationSize());
            policy.reset(seed);
            loop.reset(seed, clock.nowNs());
            for (int tick = 0; ; tick++) {
                loop.observe(tick, clock.nowNs());
                hash.add(loop.scene().state());
                if (loop.won() || tick == task.maxTicks()) {
                    return hash.value();
                }
                loop.observations().copyNewest(window);
                if (policy.act(
                                window.values(),
                                tick,
                                window.stampNs(),
                                loop.chunks().writable())
                        == Policy.Status.OK_NEW_CHUNK) {
                    loop.chunks().publish();
                }
                for (int i = 0; i < CYCLES_PER_TICK; i++) {
                    loop.cycle().run(clock.nowNs());
                    clock.advance(MS);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 49, 50, 100})
    void theArmMovesExactlyTheDelayAfterTheFirstObservation(int delayMs) {
        try (Policy policy = open("rti");
                TaskLoop loop = loop(policy)) {
            LockstepInference inference = new LockstepInference(policy, loop, delayMs * MS);
            inference.begin(3);
            loop.reset(3, clock.nowNs());
            loop.observe(0, clock.nowNs());
            double[] rest = loop.cycle().state().position().clone();
            // A chunk that comes in the last half of a tick is followed from the next tick on.
            int movesMs = delayMs == 49 ? 50 : delayMs;
            for (int ms = 0; ms <= 102; ms++) {
                if (ms > 0 && ms % CYCLES_PER_TICK == 0) {
                    loop.observe(ms / CYCLES_PER_TICK, clock.nowNs());
                }
                inference.advance(clock.nowNs());
                loop.control(clock.nowNs());
                clock.advance(MS);
                assertEquals(ms >= delayMs, loop.chunks().current().rows() > 0, "chunk at " + ms + " ms");
                double[] reference = loop.cycle().reference().position();
                if (ms <= movesMs) {
                    assertArrayEquals(rest, reference, "at rest at " + ms + " ms");
                } else {
                    assertFalse(Arrays.equals(rest, reference), "under way at " + ms + " ms");
                }
            }
        }
    }

    @Test
    void ticksThatPassDuringAnInferenceAreMissedAndTheNewestObservationIsNext() {
        try (Policy policy = open("rti");
                TaskLoop loop = loop(policy)) {
            LockstepInference inference = new LockstepInference(policy, loop, 120 * MS);
            inference.begin(3);
            loop.reset(3, clock.nowNs());
            long startNs = clock.nowNs();
            long[] firstTicks = new long[4];
            int chunks = 0;
            for (int ms = 0; chunks < firstTicks.length; ms++) {
                if (ms % CYCLES_PER_TICK == 0) {
                    loop.observe(ms / CYCLES_PER_TICK, clock.nowNs());
                }
                inference.advance(clock.nowNs());
                long sequence = loop.chunks().current().sequence();
                loop.control(clock.nowNs());
                if (loop.chunks().current().sequence() != sequence) {
                    firstTicks[chunks++] = loop.chunks().current().firstTick();
                    assertEquals(startNs + chunks * 120 * MS, clock.nowNs(), "it infers all the time");
                }
                clock.advance(MS);
            }
            assertArrayEquals(new long[] {0, 2, 4, 7}, firstTicks, "observed at 0, 100, 200, 350 ms: the newest each");
            assertEquals(5, inference.missedTicks(), "ticks 1, 3, 5, 6 and, by the inference at 480 ms, 8");
            assertEquals(4, inference.statistics().ticks());
        }
    }

    @Test
    void theSameDelayGivesTheSameTrajectoryAndAnotherDelayAnother() {
        assertEquals(trajectory(50), trajectory(50));
        assertTrue(!trajectory(50).equals(trajectory(0)));
    }

    private String trajectory(long delayMs) {
        try (Policy policy = open("rti");
                LockstepRun run = new LockstepRun(task, robot, policy, delayMs * MS, () -> false)) {
            run.episode(2);
            return run.statistics().trajectorySha256().orElseThrow();
        }
    }
}
