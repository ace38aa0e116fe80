package dev.tactus.sim.hardware;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.Stance;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The simulated robot's drives: what they make of the last command at every physics step, as on board, and what they do
 * by themselves while nobody may command them. A motor's control is its torque; MuJoCo clips it to the motor's range.
 *
 * <p>Position and velocity are servoed as stiffly as a robot's own servo does it, 8 Hz and critically damped at the
 * inertia that a joint has in the home position, gravity compensated. One thread, the control thread, owns the drives.
 */
final class Drives {
    private static final double SERVO_RAD_PER_S = 50;
    private static final double BRAKE_PER_S = 150;
    private static final double AT_REST_RAD_PER_S = 0.03;

    private final MujocoData data;
    private final int joints;
    private final int[] position;
    private final int[] velocity;
    private final int[] motor;
    private final boolean[] gravityCompensated;
    private final double[] inertia;
    private final double[] sinking;
    private final double periodS;
    private final JointCommand command;
    private final double[] held;
    private boolean obeying;
    private boolean holding;

    Drives(MujocoModel model, MujocoData data, RobotConfig robot, int[] position, int[] velocity, int[] motor) {
        this.data = data;
        this.position = position;
        this.velocity = velocity;
        this.motor = motor;
        joints = motor.length;
        periodS = model.timestep();
        command = new JointCommand(joints);
        held = new double[joints];
        gravityCompensated = gravityCompensated(model, robot);
        inertia = inertiaAtHome(model, robot, position, velocity);
        sinking = robot.stance()
                .map(Stance::damping)
                .orElseGet(() -> robot.joints().stream()
                        .mapToDouble(JointConfig::damping)
                        .toArray());
    }

    private static boolean[] gravityCompensated(MujocoModel model, RobotConfig robot) {
        boolean[] compensated = new boolean[robot.joints().size()];
        for (int j = 0; j < compensated.length; j++) {
            int body = model.integer(
                    ModelArray.JNT_BODYID, model.jointId(robot.joints().get(j).name()));
            compensated[j] = model.real(ModelArray.BODY_GRAVCOMP, body) > 0;
        }
        return compensated;
    }

    private static double[] inertiaAtHome(MujocoModel model, RobotConfig robot, int[] position, int[] velocity) {
        double[] diagonal = new double[velocity.length];
        int nv = model.nv();
        try (MujocoData atHome = model.newData();
                Arena arena = Arena.ofConfined()) {
            for (int j = 0; j < position.length; j++) {
                atHome.setQpos(position[j], robot.joints().get(j).home());
            }
            atHome.forward();
            MemorySegment matrix = arena.allocate(ValueLayout.JAVA_DOUBLE, (long) nv * nv);
            atHome.fullMassMatrix(matrix);
            for (int j = 0; j < velocity.length; j++) {
                diagonal[j] = matrix.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) velocity[j] * (nv + 1));
            }
        }
        return diagonal;
    }

    /** A command arrived; it holds until the next one. */
    void obey(JointCommand newest) {
        if (!obeying || command.mode() != newest.mode()) {
            takePosition(); // where velocity commands are counted from
        }
        command.copyFrom(newest);
        obeying = true;
        holding = false;
    }

    /** Commands have no effect: the drives hold or damp. */
    void rest() {
        obeying = false;
    }

    /** The robot was put somewhere. */
    void placed() {
        obeying = false;
        holding = false;
    }

    /** Sets the motors for the next physics step. */
    void drive(StopKind atRest) {
        if (!obeying) {
            stop(atRest);
            return;
        }
        switch (command.mode()) {
            case EFFORT -> effort();
            case POSITION -> servo(command.position(), command.velocity());
            case VELOCITY -> {
                for (int j = 0; j < joints; j++) {
                    held[j] += command.velocity()[j] * periodS;
                }
                servo(held, command.velocity());
            }
            case JOINT_PD -> jointPd();
        }
    }

    private void effort() {
        for (int j = 0; j < joints; j++) {
            data.setCtrl(motor[j], command.effort()[j]);
        }
    }

    private void jointPd() {
        for (int j = 0; j < joints; j++) {
            double torque = command.stiffness()[j] * (command.position()[j] - data.qpos(position[j]))
                    + command.damping()[j] * (command.velocity()[j] - data.qvel(velocity[j]))
                    + command.effort()[j];
            data.setCtrl(motor[j], torque);
        }
    }

    private void servo(double[] toPosition, double[] toVelocity) {
        for (int j = 0; j < joints; j++) {
            double torque = inertia[j]
                    * SERVO_RAD_PER_S
                    * (SERVO_RAD_PER_S * (toPosition[j] - data.qpos(position[j]))
                            + 2 * (toVelocity[j] - data.qvel(velocity[j])));
            data.setCtrl(motor[j], torque + gravity(j));
        }
    }

    private void stop(StopKind kind) {
        if (kind == StopKind.DAMP) {
            for (int j = 0; j < joints; j++) {
                data.setCtrl(motor[j], -sinking[j] * data.qvel(velocity[j]));
            }
            return;
        }
        if (!holding && atRest()) {
            takePosition();
            holding = true;
        }
        for (int j = 0; j < joints; j++) {
            double v = data.qvel(velocity[j]);
            double torque = holding
                    ? inertia[j] * SERVO_RAD_PER_S * (SERVO_RAD_PER_S * (held[j] - data.qpos(position[j])) - 2 * v)
                    : -inertia[j] * BRAKE_PER_S * v;
            data.setCtrl(motor[j], torque + gravity(j));
        }
    }

    private boolean atRest() {
        for (int j = 0; j < joints; j++) {
            if (Math.abs(data.qvel(velocity[j])) > AT_REST_RAD_PER_S) {
                return false;
            }
        }
        return true;
    }

    private void takePosition() {
        for (int j = 0; j < joints; j++) {
            held[j] = data.qpos(position[j]);
        }
    }

    private double gravity(int joint) {
        return gravityCompensated[joint] ? 0 : data.qfrcBias(velocity[joint]);
    }
}
