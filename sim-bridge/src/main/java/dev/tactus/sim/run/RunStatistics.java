package dev.tactus.sim.run;

import dev.tactus.control.loop.ControlCycle;
import dev.tactus.control.safety.Intervention;
import dev.tactus.policies.runner.CycleStatistics;
import dev.tactus.sim.evaluation.MotionStatistics;
import dev.tactus.sim.evaluation.Proportion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/**
 * What a whole run measured.
 *
 * @param episodes how each episode went
 * @param cycles what the policy's cycles cost
 * @param observationAge age of the observation behind every written command, ns
 * @param interventions what control changed, by kind
 * @param missedDeadlines deadlines of the control loop that passed; only wall time can miss any
 * @param missedTicks observations that the policy passed over because it was still inferring
 * @param discardedChunks chunks that came later than the scheme had made them for, and that it did not let go
 * @param lateChunks chunks that came later than one control period after their observation; only wall time can tell
 * @param staleObservations observations from which nothing followed because they were too old; likewise
 * @param motion how smoothly the arm was led
 * @param trajectorySha256 hash of every state that the world went through; only lock-step time repeats itself
 */
record RunStatistics(
        List<EpisodeResult> episodes,
        CycleStatistics cycles,
        Histogram observationAge,
        Map<Intervention, Long> interventions,
        OptionalLong missedDeadlines,
        long missedTicks,
        long discardedChunks,
        OptionalLong lateChunks,
        OptionalLong staleObservations,
        MotionStatistics motion,
        Optional<String> trajectorySha256) {

    static Map<Intervention, Long> interventions(ControlCycle cycle) {
        Map<Intervention, Long> counts = new EnumMap<>(Intervention.class);
        for (Intervention kind : Intervention.values()) {
            counts.put(kind, cycle.interventions().get(kind));
        }
        return counts;
    }

    long limitInterventions() {
        return interventions.entrySet().stream()
                .filter(entry -> entry.getKey().isLimit())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Success over the episodes that came to an end of their own. */
    Proportion success() {
        long ended = episodes.stream()
                .filter(episode -> episode.outcome() != EpisodeResult.Outcome.INTERRUPTED)
                .count();
        long successes = episodes.stream().filter(EpisodeResult::success).count();
        return new Proportion((int) successes, (int) ended);
    }
}
