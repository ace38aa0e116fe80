package dev.tactus.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.run.EpisodeResult.Outcome;
import dev.tactus.sim.task.Task;
import dev.tactus.sim.task.Tasks;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProcessesRunTest {
    private final Task task = Tasks.named("fr3-lift");
    private final PolicyBundle bundle =
            PolicyBundle.load(TactusHome.path().resolve("policies/bundles/fr3-lift"), Trust.required());

    @Test
    @Timeout(120)
    void aPolicyInThisProcessLeadsAnArmInAnotherThroughAControllerInAThird() {
        try (Policy policy = Policy.open(bundle, SchemeOptions.named("rti"), System::nanoTime);
                ProcessesRun run = new ProcessesRun(task, RobotCatalogue.load(task.robot()), policy, () -> false)) {
            EpisodeResult result = run.episode(1);
            // A machine that is busy with something else may keep control or robot waiting, which ends the episode.
            boolean keptWaiting = result.outcome() == Outcome.EMERGENCY_STOP
                    || result.reason().equals(CycleStatus.READ_FAILED.name());
            assertTrue(
                    keptWaiting || Set.of(Outcome.SUCCESS, Outcome.TIME_OUT).contains(result.outcome()),
                    result.outcome() + " " + result.reason());
            RunStatistics statistics = run.statistics();
            assertEquals(1, statistics.episodes().size());
            assertTrue(result.ticks() > 3, "ticks " + result.ticks());
            assertTrue(statistics.cycles().ticks() > 0, "inferences");
            assertTrue(statistics.observationAge().getTotalCount() > 0, "commands that an observation stands behind");
        }
    }
}
