package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ChunkBuffer;

/**
 * Follows chunks of end-effector poses: each row goes through inverse kinematics, and {@link ChunkFollower} leads from one
 * to the next by a reference that is continuous in position, velocity and acceleration, across chunks too. Called by the
 * control thread, which is also the consumer of the chunk buffer.
 */
public final class EndEffectorController implements Controller {
    private final ChunkFollower follower;

    /**
     * Makes the controller.
     *
     * @param robot joints with their limits, and the gripper
     * @param kinematics inverse kinematics of the same joints; used by this controller only
     * @param chunks where the policy puts its chunks; this controller is the consumer
     * @param settings how to read and follow the chunks
     * @param counters counts reference speed, deferred targets, bad rows, failed kinematics, underruns, early and
     *     outdated chunks
     */
    public EndEffectorController(
            RobotConfig robot,
            InverseKinematics kinematics,
            ChunkBuffer chunks,
            ChunkSettings settings,
            InterventionCounters counters) {
        follower =
                new ChunkFollower(robot, new PoseTargets(kinematics, settings.elements()), chunks, settings, counters);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A chunk that lies in the buffer is dropped: it belongs to an episode before this one. So start the controller
     * before the policy.
     */
    @Override
    public void start(long nowNs, RobotState state) {
        follower.start(nowNs, state);
    }

    @Override
    public ControllerStatus update(long nowNs, RobotState state, JointReference reference) {
        return follower.update(nowNs, reference);
    }

    @Override
    public void hold() {
        follower.hold();
    }

    @Override
    public long observationStampNs() {
        return follower.observationStampNs();
    }
}
