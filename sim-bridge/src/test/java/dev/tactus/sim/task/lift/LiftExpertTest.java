package dev.tactus.sim.task.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.safety.Intervention;
import dev.tactus.sim.run.Demonstrator;
import dev.tactus.sim.run.EpisodeResult;
import org.junit.jupiter.api.Test;

class LiftExpertTest {

    @Test
    void succeedsInNearlyEveryEpisode() {
        int episodes = 200;
        int successes = 0;
        StringBuilder failures = new StringBuilder();
        try (Demonstrator demonstrator = new Demonstrator(new Fr3Lift())) {
            for (int seed = 1; seed <= episodes; seed++) {
                EpisodeResult result = demonstrator.demonstrate(seed, (observation, action) -> {});
                successes += result.success() ? 1 : 0;
                if (!result.success()) {
                    failures.append(' ').append(result);
                }
            }
            assertEquals(0, demonstrator.interventions().get(Intervention.POSITION));
            assertEquals(0, demonstrator.interventions().get(Intervention.VELOCITY));
            assertEquals(0, demonstrator.interventions().get(Intervention.ACCELERATION));
        }
        assertTrue(successes >= 0.98 * episodes, successes + " of " + episodes + "; failed:" + failures);
    }
}
