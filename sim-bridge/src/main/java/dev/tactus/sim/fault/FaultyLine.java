package dev.tactus.sim.fault;

import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ObservationWindow;
import dev.tactus.policies.runner.Policy;
import dev.tactus.sim.run.TaskLoop;
import java.util.ArrayDeque;
import java.util.Deque;

/** Between the robot and its policy, in lock-step time: observations and chunks pass at once, or as a fault says. */
final class FaultyLine {
    private record Sight(long dueNs, float[] values, long tick, long stampNs) {}

    private record Answer(long dueNs, ActionChunk chunk) {}

    private final Policy policy;
    private final TaskLoop loop;
    private final ObservationWindow window;
    private final Deque<Sight> sights = new ArrayDeque<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private long lastTick;
    /** Whether observations do not pass. */
    boolean frozen;
    /** Whether chunks lose their numbers on the way. */
    boolean garbled;
    /** How long observations take. */
    long observationDelayNs;
    /** How long chunks take. */
    long chunkDelayNs;

    FaultyLine(Policy policy, TaskLoop loop) {
        this.policy = policy;
        this.loop = loop;
        window = new ObservationWindow(
                policy.spec().windowSteps(), loop.observations().size());
    }

    void begin(long seed) {
        policy.reset(seed);
        sights.clear();
        answers.clear();
        lastTick = -1;
        frozen = false;
        garbled = false;
        observationDelayNs = 0;
        chunkDelayNs = 0;
    }

    /** Looks at the world at the beginning of a tick, and sends what is seen on its way. */
    void observe(long tick, long nowNs) {
        loop.look();
        if (!frozen) {
            sights.add(new Sight(nowNs + observationDelayNs, loop.observation().clone(), tick, nowNs));
        }
    }

    /** Lets arrive what is due; call it before every control cycle. */
    void advance(long nowNs) {
        while (!sights.isEmpty() && sights.peek().dueNs() <= nowNs) {
            Sight sight = sights.poll();
            loop.observations().write(sight.values(), sight.tick(), sight.stampNs());
        }
        if (loop.observations().copyNewest(window) && window.tick() != lastTick) {
            lastTick = window.tick();
            infer(nowNs);
        }
        while (!answers.isEmpty() && answers.peek().dueNs() <= nowNs) {
            loop.chunks().writable().copyFrom(answers.poll().chunk());
            loop.chunks().publish();
        }
    }

    private void infer(long nowNs) {
        ActionChunk chunk = policy.newChunk();
        Policy.Status status = policy.act(window.values(), window.tick(), window.stampNs(), chunk);
        long dueNs = nowNs + chunkDelayNs;
        if (status == Policy.Status.OK_NEW_CHUNK && policy.delivered(loop.takeOverTick(dueNs))) {
            if (garbled) {
                for (int i = 0; i < chunk.actionSize(); i++) {
                    for (int row = 0; row < chunk.rows(); row++) {
                        chunk.set(row, i, Double.NaN);
                    }
                }
            }
            answers.add(new Answer(dueNs, chunk));
        }
    }
}
