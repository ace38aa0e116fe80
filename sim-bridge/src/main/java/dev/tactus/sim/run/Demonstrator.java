package dev.tactus.sim.run;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.sim.run.EpisodeResult.Outcome;
import dev.tactus.sim.task.Expert;
import dev.tactus.sim.task.Task;
import java.util.Optional;

/**
 * A task's expert at work through the very controller that a policy will have, in lock-step time. Every demonstration
 * depends on its seed alone. The controller gets the expert's next target beside the present one, as from a policy's
 * chunk.
 */
public final class Demonstrator implements AutoCloseable {
    private final Task task;
    private final TaskLoop loop;
    private final ManualClock clock = new ManualClock(0);
    private final int cyclesPerTick;
    private final float[] intended;
    private final float[] executed;
    private final float[] preview;

    /** Takes down a demonstration tick by tick. */
    @FunctionalInterface
    public interface Recorder {
        /**
         * Takes down one tick.
         *
         * @param observation what was seen at the tick, physical units; reused for the next
         * @param action what the expert then meant to command, physical units; reused for the next
         */
        void frame(float[] observation, float[] action);
    }

    /**
     * Opens the task with its robot.
     *
     * @param task the task
     */
    public Demonstrator(Task task) {
        this.task = task;
        loop = new TaskLoop(task, RobotCatalogue.load(task.robot()), clock, 2, ChunkSettings.SMOOTHING_S);
        cyclesPerTick = Math.toIntExact(task.controlPeriodNs() / loop.cycle().periodNs());
        intended = new float[task.actionSize()];
        executed = new float[task.actionSize()];
        preview = new float[task.actionSize()];
    }

    /**
     * Gives one demonstration, until the goal has held long enough or the time is over.
     *
     * @param seed decides the scene, and how the expert disturbs itself
     * @param recorder is told every tick
     * @return how it went
     */
    public EpisodeResult demonstrate(long seed, Recorder recorder) {
        Optional<Outcome> fault = TaskLoop.outcome(loop.reset(seed, clock.nowNs()));
        if (fault.isPresent()) {
            return new EpisodeResult(seed, fault.get(), 0, loop.reason(fault.get()));
        }
        Expert expert = loop.scene().expert(seed);
        for (int tick = 0; ; tick++) {
            loop.observe(tick, clock.nowNs());
            if (loop.won()) {
                return new EpisodeResult(seed, Outcome.SUCCESS, tick, "");
            }
            if (tick >= task.maxTicks()) {
                return new EpisodeResult(seed, Outcome.TIME_OUT, tick, "");
            }
            expert.act(intended, executed, preview);
            recorder.frame(loop.observation(), intended);
            command(tick);
            for (int i = 0; i < cyclesPerTick; i++) {
                fault = TaskLoop.outcome(loop.control(clock.nowNs()));
                clock.advance(loop.cycle().periodNs());
                if (fault.isPresent()) {
                    return new EpisodeResult(seed, fault.get(), tick, loop.reason(fault.get()));
                }
            }
        }
    }

    private void command(int tick) {
        ActionChunk chunk = loop.chunks().writable();
        chunk.begin(2, tick, clock.nowNs(), tick + 1);
        for (int i = 0; i < chunk.actionSize(); i++) {
            chunk.set(0, i, executed[i]);
            chunk.set(1, i, preview[i]);
        }
        loop.chunks().publish();
    }

    /**
     * What control had to change in the demonstrations so far.
     *
     * @return the counters
     */
    public InterventionCounters interventions() {
        return loop.cycle().interventions();
    }

    @Override
    public void close() {
        loop.close();
    }
}
