package dev.tactus.sim.handover;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.controller.Controller;
import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ChunkBuffer;
import dev.tactus.sim.run.TaskLoop;

/** The ways from one chunk to the next that are compared. */
enum HandOver {
    /** What the product does. */
    C2("C2, ours"),
    /** The same, but chunks take over at the beginnings of ticks only. */
    C2_AT_TICKS("C2, at ticks only"),
    /** The newer chunk's curve counts at once. */
    SWITCHING("plain switching"),
    /** From the older chunk's curve to the newer one's over a fixed window. */
    BLENDING("linear blending, 25 ms");

    private static final double WINDOW_S = 0.025;

    private final String words;

    HandOver(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Makes the controller that hands over like this. */
    Controller controller(
            RobotConfig robot, ChunkBuffer chunks, ChunkSettings settings, InterventionCounters counters) {
        return switch (this) {
            case C2 -> TaskLoop.endEffectorController(robot, chunks, settings, counters);
            case C2_AT_TICKS ->
                TaskLoop.endEffectorController(
                        robot,
                        chunks,
                        new ChunkSettings(
                                settings.controlPeriodNs(),
                                settings.elements(),
                                settings.gripperElement(),
                                settings.referenceSpeed(),
                                settings.controlPeriodNs(),
                                settings.smoothingS()),
                        counters);
            case SWITCHING -> plain(robot, chunks, settings, 0);
            case BLENDING -> plain(robot, chunks, settings, WINDOW_S);
        };
    }

    private static Controller plain(RobotConfig robot, ChunkBuffer chunks, ChunkSettings settings, double windowS) {
        ForwardKinematics forward = new ForwardKinematics(UrdfReader.read(robot.urdf()), robot);
        return new PlainHandOver(
                chunks,
                new InverseKinematics(forward, robot, InverseKinematics.Settings.DEFAULT),
                settings,
                robot.joints().size(),
                robot.requireGripper().openingMax(),
                windowS);
    }
}
