package dev.tactus.sim.handover;

import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.evaluation.Proportion;
import dev.tactus.sim.run.TaskLoop;
import dev.tactus.sim.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;

/** One hand-over under one jitter, with a policy and a world of its own, in lock-step time. */
final class HandOverContender implements AutoCloseable {
    private final HandOver handOver;
    private final long jitterNs;
    private final Task task;
    private final Policy policy;
    private final TaskLoop loop;
    private final JitteredInference inference;
    private final ManualClock clock = new ManualClock(0);
    private final List<Boolean> successes = new ArrayList<>();
    private HandOverProbe probe;

    HandOverContender(
            HandOver handOver,
            long delayNs,
            long jitterNs,
            Task task,
            RobotConfig robot,
            PolicyBundle bundle,
            ObjLongConsumer<ActionChunk> recorder) {
        this.handOver = handOver;
        this.jitterNs = jitterNs;
        this.task = task;
        policy = Policy.open(bundle, SchemeOptions.named("rti"), System::nanoTime);
        loop = new TaskLoop(
                task,
                robot,
                clock,
                policy.chunkRows(),
                policy.spec().gains().targetSmoothingS(),
                (config, chunks, settings, counters) -> {
                    ChunkBuffer let = new ChunkBuffer(chunks.rows(), chunks.actionSize());
                    probe = new HandOverProbe(
                            chunks,
                            let,
                            handOver.controller(config, let, settings, counters),
                            config.joints().size(),
                            task.actionTerms(),
                            recorder);
                    return probe;
                },
                UnaryOperator.identity());
        inference = new JitteredInference(policy, loop, delayNs, jitterNs);
    }

    /** Runs one episode; false if the robot failed. */
    boolean episode(long seed) {
        inference.begin(seed);
        boolean sound = loop.reset(seed, clock.nowNs()) == CycleStatus.OK;
        int cyclesPerTick =
                Math.toIntExact(task.controlPeriodNs() / loop.cycle().periodNs());
        boolean won = false;
        for (int tick = 0; sound && !won && tick <= task.maxTicks(); tick++) {
            loop.observe(tick, clock.nowNs());
            won = loop.won();
            for (int i = 0; i < cyclesPerTick && sound && !won && tick < task.maxTicks(); i++) {
                inference.advance(clock.nowNs());
                CycleStatus status = loop.control(clock.nowNs());
                clock.advance(loop.cycle().periodNs());
                sound = status == CycleStatus.OK || status == CycleStatus.STOPPED;
            }
        }
        successes.add(won);
        return sound;
    }

    String name() {
        return handOver.words() + (jitterNs == 0 ? ", no jitter" : "");
    }

    HandOverProbe probe() {
        return probe;
    }

    long limitInterventions() {
        return loop.cycle().interventions().limits();
    }

    Proportion success() {
        return new Proportion(
                Math.toIntExact(successes.stream().filter(won -> won).count()), successes.size());
    }

    /** Success by seed. */
    boolean[] successes() {
        boolean[] all = new boolean[successes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = successes.get(i);
        }
        return all;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("handover", handOver.words());
        json.put("jitter_ms", jitterNs * 1e-6);
        json.put("success_rate", success().rate());
        json.put("success_ci95_low", success().low());
        json.put("success_ci95_high", success().high());
        json.put("position_jump_max_rad", probe.greatestJump(0));
        json.put("velocity_jump_max_rad_per_s", probe.greatestJump(1));
        json.put("acceleration_jump_max_rad_per_s2", probe.greatestJump(2));
        json.put("jerk_max_rad_per_s3", probe.motion().jerkAt(100));
        json.put("jerk_rms_rad_per_s3", probe.motion().jerkRms());
        json.put("issued_jerk_max_rad_per_s3", loop.motion().jerkAt(100));
        json.put("issued_jerk_rms_rad_per_s3", loop.motion().jerkRms());
        json.put("limit_interventions", limitInterventions());
        return json;
    }

    @Override
    public void close() {
        loop.close();
        policy.close();
    }
}
