package dev.tactus.sim.handover;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.controller.Controller;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chunks of one episode, replayed to every hand-over without a world, so that all of them see the same chunks at the
 * same times and their references can be laid over each other.
 */
final class HandOverTrace {
    private static final long PERIOD_NS = 1_000_000L;
    private static final List<String> DERIVATIVES =
            List.of("position_rad", "velocity_rad_per_s", "acceleration_rad_per_s2", "jerk_rad_per_s3");
    private static final int BEFORE = 60;
    private static final int AFTER = 100;

    private record Arrival(long atNs, ActionChunk chunk) {}

    private final RobotConfig robot;
    private final ChunkSettings settings;
    private final List<Arrival> arrivals = new ArrayList<>();
    private boolean full;

    HandOverTrace(RobotConfig robot, ChunkSettings settings) {
        this.robot = robot;
        this.settings = settings;
    }

    /** Keeps a chunk of the first episode. */
    void record(ActionChunk chunk, long sinceStartNs) {
        full |= !arrivals.isEmpty() && sinceStartNs <= arrivals.getLast().atNs();
        if (!full) {
            ActionChunk copy = new ActionChunk(chunk.capacity(), chunk.actionSize());
            copy.copyFrom(chunk);
            arrivals.add(new Arrival(sinceStartNs, copy));
        }
    }

    /** The references about the chunk at which plain switching jumps farthest, for the joint that does. */
    Map<String, Object> json() {
        Map<HandOver, List<JointReference>> series = new LinkedHashMap<>();
        for (HandOver handOver : HandOver.values()) {
            series.put(handOver, replay(handOver));
        }
        List<JointReference> plain = series.get(HandOver.SWITCHING);
        int at = 0;
        int joint = 0;
        double greatest = -1;
        for (Arrival arrival : arrivals) {
            int k = Math.toIntExact(arrival.atNs() / PERIOD_NS);
            for (int j = 0; j < robot.joints().size() && k > BEFORE && k + AFTER < plain.size(); j++) {
                double step = Math.abs(plain.get(k).position()[j]
                        - plain.get(k - 1).position()[j]
                        - 1e-9 * PERIOD_NS * plain.get(k - 1).velocity()[j]);
                if (step > greatest) {
                    greatest = step;
                    at = k;
                    joint = j;
                }
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("joint", robot.joints().get(joint).name());
        json.put("handover_ms", at);
        json.put("period_ms", PERIOD_NS * 1e-6);
        json.put("from_ms", at - BEFORE);
        for (HandOver handOver : HandOver.values()) {
            json.put(handOver.words(), window(series.get(handOver), at, joint));
        }
        return json;
    }

    private List<JointReference> replay(HandOver handOver) {
        ChunkBuffer chunks = new ChunkBuffer(
                arrivals.getFirst().chunk().capacity(),
                arrivals.getFirst().chunk().actionSize());
        Controller controller = handOver.controller(robot, chunks, settings, new InterventionCounters());
        RobotState state = new RobotState(robot.joints().size());
        System.arraycopy(robot.home(), 0, state.position(), 0, state.joints());
        controller.start(0, state);
        List<JointReference> series = new ArrayList<>();
        int next = 0;
        for (long now = 0; now <= arrivals.getLast().atNs(); now += PERIOD_NS) {
            if (now == arrivals.get(next).atNs()) {
                chunks.writable().copyFrom(arrivals.get(next++).chunk());
                chunks.publish();
            }
            JointReference reference = new JointReference(state.joints());
            controller.update(now, state, reference);
            series.add(reference);
        }
        return series;
    }

    /** Position and its differences over control cycles, which is what drives that are told positions see of it. */
    private static Map<String, Object> window(List<JointReference> series, int at, int joint) {
        List<Double> values = new ArrayList<>();
        for (int k = at - BEFORE - DERIVATIVES.size() + 1; k <= at + AFTER; k++) {
            values.add(series.get(k).position()[joint]);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        for (int order = 0; order < DERIVATIVES.size(); order++) {
            json.put(DERIVATIVES.get(order), values.subList(DERIVATIVES.size() - 1 - order, values.size()));
            List<Double> differences = new ArrayList<>();
            for (int k = 1; k < values.size(); k++) {
                differences.add((values.get(k) - values.get(k - 1)) / (1e-9 * PERIOD_NS));
            }
            values = differences;
        }
        return json;
    }
}
