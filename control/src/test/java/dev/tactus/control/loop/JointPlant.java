package dev.tactus.control.loop;

import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.Lifecycle;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.CommandInterface;
import java.util.List;
import java.util.Set;

/**
 * A robot without couplings: every joint is an inertia under its torque, and a write lets one period of 1 ms pass. Can be
 * made to fail.
 */
final class JointPlant implements HardwareInterface {
    private static final double DT = 1e-3;
    private static final double INERTIA = 0.3;

    private final Lifecycle lifecycle = new Lifecycle("joint plant", new Lifecycle.Transitions() {});
    private final List<String> joints;
    private final double[] position;
    private final double[] velocity;
    final double[] effort;
    double gripper;
    boolean failReads;
    boolean failWrites;

    /** Stamps what is measured. */
    Clock clock;

    JointPlant(List<String> joints, double[] start, Clock clock) {
        this.joints = joints;
        this.clock = clock;
        position = start.clone();
        velocity = new double[start.length];
        effort = new double[start.length];
    }

    double[] position() {
        return position;
    }

    @Override
    public List<String> joints() {
        return joints;
    }

    @Override
    public Set<CommandInterface> commandInterfaces() {
        return Set.of(CommandInterface.EFFORT);
    }

    @Override
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    @Override
    public HardwareStatus read(RobotState state) {
        if (failReads) {
            return HardwareStatus.ERROR;
        }
        System.arraycopy(position, 0, state.position(), 0, position.length);
        System.arraycopy(velocity, 0, state.velocity(), 0, position.length);
        System.arraycopy(effort, 0, state.effort(), 0, position.length);
        state.gripperOpening(gripper);
        state.stampNs(clock.nowNs());
        return HardwareStatus.OK;
    }

    @Override
    public HardwareStatus write(JointCommand command) {
        System.arraycopy(command.effort(), 0, effort, 0, effort.length);
        gripper = command.gripperOpening();
        for (int joint = 0; joint < position.length; joint++) {
            velocity[joint] += effort[joint] / INERTIA * DT;
            position[joint] += velocity[joint] * DT;
        }
        return failWrites ? HardwareStatus.ERROR : HardwareStatus.OK;
    }
}
