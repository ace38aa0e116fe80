package dev.tactus.sim.hardware;

import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.Lifecycle;
import dev.tactus.control.hardware.LifecycleState;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.loop.Clock;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.GripperConfig;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import dev.tactus.sim.mujoco.MujocoWarningException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A robot in MuJoCo that takes every command interface of its {@code robot.yaml}; {@code Drives} says what becomes of a
 * command. Efforts are taken as libfranka's torque interface takes them: the arm's links carry their own gravity
 * compensation. While the hardware is not active, the drives hold (fixed base) or damp (floating base).
 *
 * <p>Writing lets the world run on to one control period after the clock's time, whether or not the command has an
 * effect: exactly one period on a clock that is advanced so, and as much time as has really passed on the wall clock,
 * where a control loop that comes late finds a world that did not wait.
 *
 * <p>The gripper's position servo gets half the opening per finger; a closed target lies {@value #SQUEEZE_M} m behind the
 * closed position, so that a grasp keeps its force.
 */
public final class SimulatedHardware implements HardwareInterface {
    private static final double SQUEEZE_M = 0.02;
    private static final double CLOSED_M = 1e-3;

    /** A stall longer than this many periods does not make the world catch up further: the debt is forgiven. */
    private static final int MOST_PERIODS = 50;

    private final MujocoData data;
    private final Clock clock;
    private final List<String> joints;
    private final Set<CommandInterface> commandInterfaces;
    private final int[] position;
    private final int[] velocity;
    private final int[] motorForce;
    private final int[] fingerPosition;
    private final int[] fingerActuator;
    private final Drives drives;
    private final Optional<InertialSensors> imu;
    private final StopKind atRest;
    private final long periodNs;
    private final int stepsPerCycle;
    private final Lifecycle lifecycle;
    private long worldNs;
    private String fault = "";

    /**
     * Finds the robot's joints and motors in the world, by name.
     *
     * @param model the world
     * @param data the world's state; this class steps it
     * @param robot the robot, whose joint names are also the names of its motors
     * @param clock stamps the measurements
     */
    public SimulatedHardware(MujocoModel model, MujocoData data, RobotConfig robot, Clock clock) {
        this.data = data;
        this.clock = clock;
        lifecycle = new Lifecycle("simulated " + robot.name(), new Lifecycle.Transitions() {});
        joints = robot.jointNames();
        commandInterfaces = robot.commandInterfaces();
        List<String> fingers = robot.gripper().map(GripperConfig::joints).orElse(List.of());
        position = joints.stream().mapToInt(model::qposIndex).toArray();
        velocity = joints.stream().mapToInt(model::dofIndex).toArray();
        int[] motor = joints.stream().mapToInt(model::ctrlIndex).toArray();
        motorForce = joints.stream()
                .mapToInt(name -> model.integer(ModelArray.ACTUATOR_OUTADR, model.id(MujocoObject.ACTUATOR, name)))
                .toArray();
        fingerPosition = fingers.stream().mapToInt(model::qposIndex).toArray();
        fingerActuator = fingers.stream().mapToInt(model::ctrlIndex).toArray();
        drives = new Drives(model, data, robot, position, velocity, motor);
        imu = InertialSensors.of(model, data, robot);
        atRest = StopKind.of(robot.base());
        periodNs = Math.round(1e9 / robot.controlRateHz());
        double steps = 1.0 / robot.controlRateHz() / model.timestep();
        stepsPerCycle = (int) Math.round(steps);
        if (stepsPerCycle < 1 || Math.abs(steps - stepsPerCycle) > 1e-9) {
            throw new BadInputException("the world's timestep " + model.timestep() + " s does not divide the control"
                    + " period " + 1.0 / robot.controlRateHz() + " s of " + robot.name()
                    + "; set <option timestep> to a whole fraction of it");
        }
        worldNs = clock.nowNs();
    }

    /**
     * Puts the joints and the gripper somewhere at rest; part of resetting a world, before its first step. A floating base
     * stays where the world's reset put it.
     *
     * @param jointPositions rad, robot's joint order
     * @param opening gripper opening, m, the sum over both fingers; of no effect without a gripper
     */
    public void place(double[] jointPositions, double opening) {
        for (int j = 0; j < position.length; j++) {
            data.setQpos(position[j], jointPositions[j]);
            data.setQvel(velocity[j], 0);
        }
        for (int address : fingerPosition) {
            data.setQpos(address, opening / fingerPosition.length);
        }
        commandGripper(opening);
        drives.placed();
        worldNs = clock.nowNs();
        fault = "";
    }

    /** Lets no time pass in the world up to now: whatever is due is forgiven. */
    public void hang() {
        worldNs = clock.nowNs();
    }

    /**
     * What went wrong in the simulation, if {@link #write} answered an error.
     *
     * @return MuJoCo's words, or empty
     */
    public String fault() {
        return fault;
    }

    @Override
    public List<String> joints() {
        return joints;
    }

    @Override
    public Set<CommandInterface> commandInterfaces() {
        return commandInterfaces;
    }

    @Override
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    @Override
    public HardwareStatus read(RobotState state) {
        if (!lifecycle.connected()) {
            return HardwareStatus.DEACTIVATE;
        }
        measure(state);
        return HardwareStatus.OK;
    }

    private void measure(RobotState state) {
        double[] q = state.position();
        double[] v = state.velocity();
        double[] effort = state.effort();
        for (int j = 0; j < position.length; j++) {
            q[j] = data.qpos(position[j]);
            v[j] = data.qvel(velocity[j]);
            effort[j] = data.actuatorForce(motorForce[j]);
        }
        if (imu.isPresent()) {
            imu.get().read(state);
        }
        state.gripperOpening(gripperOpening());
        state.stampNs(clock.nowNs());
    }

    @Override
    public HardwareStatus write(JointCommand command) {
        if (lifecycle.state() == LifecycleState.FINALIZED) {
            return HardwareStatus.DEACTIVATE; // the world may be gone
        }
        HardwareStatus status = HardwareStatus.OK;
        if (!lifecycle.active()) {
            drives.rest();
            status = HardwareStatus.DEACTIVATE;
        } else if (!commandInterfaces.contains(command.mode())) {
            status = HardwareStatus.ERROR;
        } else {
            drives.obey(command);
            commandGripper(command.gripperOpening());
        }
        try {
            letTimePass();
        } catch (MujocoWarningException unstable) {
            fault = unstable.getMessage();
            return HardwareStatus.ERROR;
        }
        return status;
    }

    private void letTimePass() {
        long untilNs = clock.nowNs() + periodNs;
        long periods = (untilNs - worldNs + periodNs / 2) / periodNs;
        worldNs += periods * periodNs;
        long steps = Math.min(periods, MOST_PERIODS) * stepsPerCycle;
        StopKind kind = lifecycle.stopKind(atRest);
        for (long i = 0; i < steps; i++) {
            drives.drive(kind);
            data.step();
        }
    }

    /**
     * The gripper's opening now.
     *
     * @return m, the sum over both fingers; 0 without a gripper
     */
    public double gripperOpening() {
        double opening = 0;
        for (int address : fingerPosition) {
            opening += data.qpos(address);
        }
        return opening;
    }

    private void commandGripper(double opening) {
        double target = opening <= CLOSED_M ? -SQUEEZE_M : opening / fingerActuator.length;
        for (int id : fingerActuator) {
            data.setCtrl(id, target);
        }
    }
}
