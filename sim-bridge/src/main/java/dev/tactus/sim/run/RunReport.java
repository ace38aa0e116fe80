package dev.tactus.sim.run;

import dev.tactus.policies.runner.CycleStatistics;
import dev.tactus.sim.evaluation.HandOverStep;
import dev.tactus.sim.evaluation.MotionStatistics;
import dev.tactus.sim.evaluation.Proportion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A run's outcome in figures, and as an object for {@code --json}; {@link RunSummary} has it for a person. */
final class RunReport {
    private static final double US = 1e3;
    private static final double MS = 1e6;

    private final RunSetting setting;
    private final RunStatistics statistics;
    private final Proportion success;
    private final CycleStatistics cycles;

    RunReport(RunSetting setting, RunStatistics statistics) {
        this.setting = setting;
        this.statistics = statistics;
        this.cycles = statistics.cycles();
        success = statistics.success();
    }

    Proportion success() {
        return success;
    }

    RunSetting setting() {
        return setting;
    }

    RunStatistics statistics() {
        return statistics;
    }

    /** Network evaluations per steady policy tick. */
    double evaluationsPerCycle() {
        return ratio(cycles.steadyEvaluations(), cycles.steadyTicks());
    }

    /** Median inference time of a steady inference, us. */
    double inferenceMedianUs() {
        return cycles.steadyInference().getValueAtPercentile(50) / US;
    }

    /** Mean time spent on inference per policy tick, but for those of an episode's first chunk and of restarts, us. */
    double inferencePerActionUs() {
        Histogram steady = cycles.steadyInference();
        long ticks = cycles.steadyTicks() + statistics.missedTicks(); // a missed tick executes an action too
        return ratio(steady.getMean() * steady.getTotalCount(), ticks) / US;
    }

    /** The same out of the median inference, which a machine that does something else now and then does not change, us. */
    double inferencePerActionMedianUs() {
        long ticks = cycles.steadyTicks() + statistics.missedTicks();
        return ratio(inferenceMedianUs() * cycles.steadyInference().getTotalCount(), ticks);
    }

    /** How smoothly the arm was led. */
    MotionStatistics motion() {
        return statistics.motion();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        setting(json);
        outcome(json);
        timing(json);
        smoothness(json);
        json.put("limit_interventions", statistics.limitInterventions());
        json.put(
                "interventions",
                statistics.interventions().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().name().toLowerCase(Locale.ROOT),
                                Map.Entry::getValue,
                                Long::sum,
                                LinkedHashMap::new)));
        json.put("trajectory_sha256", statistics.trajectorySha256().orElse(null));
        json.put("machine", machine());
        json.put("results", statistics.episodes().stream().map(RunReport::json).toList());
        return json;
    }

    private void setting(Map<String, Object> json) {
        json.put("task", setting.task());
        json.put("policy_sha256", setting.policySha256());
        json.put("scheme", setting.scheme().name());
        json.put("scheme_settings", setting.scheme().text());
        json.put("guidance", setting.guidance().map(Object::toString).orElse(null));
        json.put("composition", setting.composition().map(Object::toString).orElse(null));
        json.put("clock", setting.clock().name());
        json.put("delay_ms", setting.onWallClock() ? null : setting.delayMs());
        json.put("seed", setting.seed());
    }

    private void outcome(Map<String, Object> json) {
        json.put("episodes", success.trials());
        json.put("interrupted", success.trials() < statistics.episodes().size());
        json.put("success_rate", finite(success.rate()));
        json.put("success_ci95_low", finite(success.low()));
        json.put("success_ci95_high", finite(success.high()));
        json.put("nfe_per_cycle", finite(evaluationsPerCycle()));
        json.put("nfe_first_cycle", finite(evaluationsFromNoise()));
        json.put("nfe_mean", finite(evaluationsMean()));
        json.put("restarts", cycles.restarts());
    }

    private void timing(Map<String, Object> json) {
        percentiles(json, "infer", cycles.steadyInference(), US, "us");
        percentiles(json, "infer_first_cycle", cycles.inferenceFromNoise(), US, "us");
        json.put("infer_per_action_mean_us", finite(inferencePerActionUs()));
        json.put("infer_per_action_p50_us", finite(inferencePerActionMedianUs()));
        percentiles(json, "observation_age", statistics.observationAge(), MS, "ms");
        json.put("control_deadlines", controlDeadlines());
        json.put("deadline_misses", orNull(statistics.missedDeadlines()));
        json.put("policy_ticks_missed", statistics.missedTicks());
        json.put("chunks_late", orNull(statistics.lateChunks()));
        json.put("observations_stale", orNull(statistics.staleObservations()));
        json.put("chunks_discarded", statistics.discardedChunks());
        json.put("chunks_non_finite", cycles.nonFinite());
        json.put("chunks_out_of_range", cycles.outOfRange());
    }

    private void smoothness(Map<String, Object> json) {
        MotionStatistics motion = statistics.motion();
        json.put("jerk_rms_rad_per_s3", finite(motion.jerkRms()));
        json.put("jerk_p99_rad_per_s3", finite(motion.jerkAt(99)));
        json.put("joint_path_per_episode_rad", finite(motion.jointPathPerEpisode()));
        json.put("handovers", motion.handOverCount());
        Map<String, Object> terms = new LinkedHashMap<>();
        for (HandOverStep step : motion.handOvers()) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("p50_" + step.unit(), finite(step.at(50)));
            figures.put("p95_" + step.unit(), finite(step.at(95)));
            figures.put("max_" + step.unit(), finite(step.at(100)));
            terms.put(step.term(), figures);
        }
        json.put("handover_step", terms);
    }

    private static Map<String, Object> json(EpisodeResult episode) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", episode.seed());
        json.put("success", episode.success());
        json.put("outcome", episode.outcome().name().toLowerCase(Locale.ROOT));
        json.put("ticks", episode.ticks());
        if (!episode.reason().isEmpty()) {
            json.put("reason", episode.reason());
        }
        return json;
    }

    /** Control cycles that were due while a policy drove: those that actuated, and those that were missed. */
    long controlDeadlines() {
        return statistics.observationAge().getTotalCount()
                + statistics.missedDeadlines().orElse(0);
    }

    /** Mean network evaluations of an inference from noise. */
    double evaluationsFromNoise() {
        return ratio(cycles.evaluationsFromNoise(), cycles.inferenceFromNoise().getTotalCount());
    }

    /** Mean network evaluations of a policy tick, whatever its kind. */
    double evaluationsMean() {
        return ratio(cycles.steadyEvaluations() + cycles.evaluationsFromNoise(), cycles.ticks());
    }

    private static double ratio(double numerator, long denominator) {
        return denominator == 0 ? Double.NaN : numerator / denominator;
    }

    private static void percentiles(
            Map<String, Object> json, String name, Histogram histogram, double unitNs, String unit) {
        boolean any = histogram.getTotalCount() > 0;
        json.put(name + "_p50_" + unit, any ? histogram.getValueAtPercentile(50) / unitNs : null);
        json.put(name + "_p99_" + unit, any ? histogram.getValueAtPercentile(99) / unitNs : null);
        json.put(name + "_max_" + unit, any ? histogram.getMaxValue() / unitNs : null);
    }

    private static Object finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static Object orNull(java.util.OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", JDK " + Runtime.version();
    }
}
