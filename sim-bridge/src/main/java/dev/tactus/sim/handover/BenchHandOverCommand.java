package dev.tactus.sim.handover;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.sim.evaluation.PairedDifference;
import dev.tactus.sim.run.EpisodeArguments;
import dev.tactus.sim.run.PolicyOnTask;
import dev.tactus.sim.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code ./tactus bench handover}: how smooth the joint reference stays, and how often the task succeeds, when chunks arrive
 * 40 ± 40 ms after their observation, under three hand-overs on the same seeds and the same delays. The check holds if the
 * product's reference is continuous up to rounding, its jerk is within the robot's limit, and success is not worse by more
 * than 0.05 than without jitter.
 */
@Command(
        name = "handover",
        description =
                "Chunks that arrive 40 ± 40 ms late: jumps and jerk of the reference, and success, of three hand-overs.")
public final class BenchHandOverCommand implements TactusCommand {
    private static final int EPISODES = 50;
    private static final long DELAY_NS = 40_000_000L;
    private static final long JITTER_NS = 40_000_000L;
    private static final double ROUNDING = 1e-8;
    private static final double JERK_MAX = 5000;
    private static final double LOSS_MAX = 0.05;

    @Mixin
    private PolicyOnTask on;

    @Mixin
    private EpisodeArguments episodes;

    /** Made by ServiceLoader. */
    public BenchHandOverCommand() {}

    @Override
    public String group() {
        return "bench";
    }

    @Override
    public Integer call() {
        episodes.check();
        Task task = on.task();
        RobotConfig robot = on.robot();
        PolicyBundle bundle = on.bundle();
        HandOverTrace trace = new HandOverTrace(
                robot,
                ChunkSettings.endEffector(
                        task.actionTerms(),
                        task.controlPeriodNs(),
                        bundle.spec().gains().targetSmoothingS()));
        List<HandOverContender> contenders = new ArrayList<>();
        try (Interruption interruption = new Interruption()) {
            contenders.add(new HandOverContender(HandOver.C2, DELAY_NS, 0, task, robot, bundle, (chunk, atNs) -> {}));
            contenders.add(new HandOverContender(HandOver.C2, DELAY_NS, JITTER_NS, task, robot, bundle, trace::record));
            for (HandOver other : List.of(HandOver.C2_AT_TICKS, HandOver.SWITCHING, HandOver.BLENDING)) {
                contenders.add(
                        new HandOverContender(other, DELAY_NS, JITTER_NS, task, robot, bundle, (chunk, atNs) -> {}));
            }
            return run(contenders, trace, task, bundle, interruption);
        } finally {
            contenders.forEach(HandOverContender::close);
        }
    }

    private int run(
            List<HandOverContender> contenders,
            HandOverTrace trace,
            Task task,
            PolicyBundle bundle,
            Interruption interruption) {
        int count = episodes.episodes(EPISODES);
        int done = 0;
        for (; done < count && !interruption.requested(); done++) {
            for (HandOverContender contender : contenders) {
                if (!contender.episode(episodes.seed() + done)) {
                    System.out.println(contender.name() + ": the simulated robot failed");
                    return ExitCode.CHECK_FAILED;
                }
            }
            if ((done + 1) % 10 == 0) {
                System.out.printf("  %d of %d seeds%n", done + 1, count);
            }
        }
        if (done == 0) {
            System.out.println("interrupted before the first seed");
            return Interruption.EXIT_CODE;
        }
        print(contenders);
        episodes.write(figures(contenders, trace, task, bundle, done));
        if (interruption.requested()) {
            return Interruption.EXIT_CODE;
        }
        return holds(contenders.get(1), contenders.getFirst()) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static boolean holds(HandOverContender ours, HandOverContender steady) {
        boolean continuous = ours.probe().greatestJump(0) < ROUNDING
                && ours.probe().greatestJump(1) < ROUNDING
                && ours.probe().greatestJump(2) < ROUNDING;
        boolean gentle = ours.probe().motion().jerkAt(100) <= JERK_MAX;
        boolean succeeds = difference(ours, steady).difference() >= -LOSS_MAX;
        System.out.printf(
                "ours: continuous up to rounding %s, jerk within %.0f rad/s3 %s, success not worse than without jitter by"
                        + " more than %.2f %s%n",
                words(continuous), JERK_MAX, words(gentle), LOSS_MAX, words(succeeds));
        return continuous && gentle && succeeds;
    }

    private static String words(boolean held) {
        return held ? "yes" : "NO";
    }

    private static PairedDifference difference(HandOverContender one, HandOverContender steady) {
        return PairedDifference.of(one.successes(), steady.successes());
    }

    private static void print(List<HandOverContender> contenders) {
        System.out.printf(
                "%-24s %-22s %-24s %9s %9s %9s %10s %9s %13s%n",
                "hand-over",
                "success [95 %]",
                "minus no jitter [95 %]",
                "jump q",
                "jump v",
                "jump a",
                "jerk max",
                "jerk rms",
                "interventions");
        for (HandOverContender contender : contenders) {
            PairedDifference difference = difference(contender, contenders.getFirst());
            HandOverProbe probe = contender.probe();
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %.3f [%.3f, %.3f]   %+.3f [%+.3f, %+.3f] %9.2g %9.2g %9.2g %10.4g %9.4g %13d%n",
                    contender.name(),
                    contender.success().rate(),
                    contender.success().low(),
                    contender.success().high(),
                    difference.difference(),
                    difference.low(),
                    difference.high(),
                    probe.greatestJump(0),
                    probe.greatestJump(1),
                    probe.greatestJump(2),
                    probe.motion().jerkAt(100),
                    probe.motion().jerkRms(),
                    contender.limitInterventions());
        }
        System.out.println("greatest jumps of the reference in rad, rad/s, rad/s2; jerk in rad/s3, before limits are"
                + " enforced; limit interventions over all episodes");
    }

    private Map<String, Object> figures(
            List<HandOverContender> contenders, HandOverTrace trace, Task task, PolicyBundle bundle, int done) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (HandOverContender contender : contenders) {
            Map<String, Object> row = contender.json();
            PairedDifference difference = difference(contender, contenders.getFirst());
            row.put("minus_no_jitter", difference.difference());
            row.put("minus_no_jitter_ci95_low", difference.low());
            row.put("minus_no_jitter_ci95_high", difference.high());
            rows.add(row);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("task", task.name());
        figures.put("policy_sha256", bundle.sha256());
        figures.put("scheme", "rti");
        figures.put("clock", "lockstep");
        figures.put("delay_ms", DELAY_NS * 1e-6);
        figures.put("episodes", done);
        figures.put("seed", episodes.seed());
        figures.put("handovers", rows);
        figures.put("trace", trace.json());
        return figures;
    }
}
