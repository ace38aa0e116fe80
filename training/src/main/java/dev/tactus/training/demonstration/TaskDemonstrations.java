package dev.tactus.training.demonstration;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.sim.run.Demonstrator;
import dev.tactus.sim.run.EpisodeResult;
import dev.tactus.sim.task.Task;
import dev.tactus.training.data.DemonstrationSource;
import dev.tactus.training.data.DemonstrationWriter;
import dev.tactus.training.data.PolicyInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * A simulated task's expert as a source of demonstrations. Scenes are drawn from a stream of their own, so that they are
 * not those of the small seeds that evaluation uses. A demonstration that failed is given again with another scene: a
 * policy should not learn from it.
 *
 * @param task the task
 */
record TaskDemonstrations(Task task) implements DemonstrationSource {
    /** More failures than this, and than successes asked for, are a fault of the expert. */
    private static final int MOST_FAILURES = 10;

    @Override
    public PolicyInterface policyInterface() {
        RobotConfig robot = RobotCatalogue.load(task.robot());
        return new PolicyInterface(
                task.name(),
                robot.name(),
                robot.joints().stream().map(JointConfig::name).toList(),
                task.controlPeriodNs(),
                task.observationTerms(),
                task.actionTerms(),
                robot.joints().stream().mapToDouble(JointConfig::stiffness).toArray(),
                robot.joints().stream().mapToDouble(JointConfig::damping).toArray(),
                ChunkSettings.SMOOTHING_S);
    }

    @Override
    public void record(int episodes, long seed, DemonstrationWriter writer, IntConsumer progress) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Frame> frames = new ArrayList<>();
        try (Demonstrator demonstrator = new Demonstrator(task)) {
            int done = 0;
            int failed = 0;
            while (done < episodes) {
                frames.clear();
                EpisodeResult result = demonstrator.demonstrate(
                        seeds.nextLong(),
                        (observation, action) -> frames.add(new Frame(observation.clone(), action.clone())));
                if (result.success()) {
                    frames.forEach(frame -> writer.addFrame(frame.observation, frame.action));
                    writer.endEpisode(true);
                    progress.accept(++done);
                } else if (++failed > MOST_FAILURES + episodes) {
                    throw new IllegalStateException("the expert of " + task.name() + " failed " + failed + " times and"
                            + " succeeded " + done + " times; the last came to: " + result);
                }
            }
        }
    }

    private record Frame(float[] observation, float[] action) {}
}
