package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.Lifecycle;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.loop.Clock;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.RobotConfig;
import java.util.List;
import java.util.Set;

/** A robot without couplings: every joint an inertia under its torque, which brakes by itself while it is not active. */
final class InertialDrives implements HardwareInterface {
    private static final double INERTIA = 0.5;
    private static final double BRAKE = 20;

    private final List<String> joints;
    private final Clock clock;
    private final double periodS;
    private final Lifecycle lifecycle = new Lifecycle("drives", new Lifecycle.Transitions() {});
    private final double[] position;
    private final double[] velocity;
    final double[] effort;

    InertialDrives(RobotConfig robot, Clock clock) {
        joints = robot.jointNames();
        this.clock = clock;
        periodS = 1 / robot.controlRateHz();
        position = robot.home();
        velocity = new double[position.length];
        effort = new double[position.length];
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
        System.arraycopy(position, 0, state.position(), 0, position.length);
        System.arraycopy(velocity, 0, state.velocity(), 0, position.length);
        state.stampNs(clock.nowNs());
        return HardwareStatus.OK;
    }

    @Override
    public HardwareStatus write(JointCommand command) {
        boolean active = lifecycle.active();
        for (int joint = 0; joint < position.length; joint++) {
            effort[joint] = active ? command.effort()[joint] : -BRAKE * velocity[joint];
            velocity[joint] += effort[joint] / INERTIA * periodS;
            position[joint] += velocity[joint] * periodS;
        }
        return active ? HardwareStatus.OK : HardwareStatus.DEACTIVATE;
    }
}
