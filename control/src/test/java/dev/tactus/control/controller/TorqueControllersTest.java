package dev.tactus.control.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.controller.CartesianImpedance.Gains;
import dev.tactus.control.dynamics.ForwardDynamics;
import dev.tactus.control.dynamics.FrameJacobian;
import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.kinematics.Rotations;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.policies.command.BadInputException;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Both impedances against the articulated body algorithm, which knows no mass matrix. */
class TorqueControllersTest {
    private static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    private static final KinematicTree TREE = UrdfReader.read(ROBOT.urdf());
    private static final int JOINTS = 7;
    private static final MultibodyModel FLOATING_FREE =
            MultibodyModel.fixed(TREE, ROBOT.jointNames(), new double[] {0, 0, 0});
    private static final Gains GAINS = new Gains(800, 60, 40, 3, 12, 2);

    private final SplittableRandom random = new SplittableRandom(5);
    private final RobotState state = new RobotState(JOINTS);
    private final CartesianReference reference = new CartesianReference(JOINTS);
    private final double[] effort = new double[JOINTS];

    private void randomState() {
        for (int joint = 0; joint < JOINTS; joint++) {
            JointLimits limits = ROBOT.joints().get(joint).limits();
            double range = limits.positionMax() - limits.positionMin();
            state.position()[joint] = limits.positionMin() + range * random.nextDouble(0.15, 0.85);
            state.velocity()[joint] = random.nextDouble(-1, 1);
        }
    }

    private void nearHome() {
        for (int joint = 0; joint < JOINTS; joint++) {
            state.position()[joint] = ROBOT.joints().get(joint).home() + random.nextDouble(-0.4, 0.4);
            state.velocity()[joint] = random.nextDouble(-1, 1);
        }
    }

    private double[] accelerationOf(double[] torques, double[] velocity) {
        double[] acceleration = new double[JOINTS];
        new ForwardDynamics(FLOATING_FREE).compute(state.position(), velocity, torques, acceleration);
        return acceleration;
    }

    private static double[] times(double[] jacobian, double[] joints) {
        double[] tool = new double[6];
        for (int row = 0; row < 6; row++) {
            for (int joint = 0; joint < JOINTS; joint++) {
                tool[row] += jacobian[row * JOINTS + joint] * joints[joint];
            }
        }
        return tool;
    }

    private static double[] transposedTimes(double[] jacobian, double[] force) {
        double[] torque = new double[JOINTS];
        for (int row = 0; row < 6; row++) {
            for (int joint = 0; joint < JOINTS; joint++) {
                torque[joint] += jacobian[row * JOINTS + joint] * force[row];
            }
        }
        return torque;
    }

    @Test
    void feedForwardLeavesTheSpringNothingToDoOnTheReference() {
        JointReference joint = new JointReference(JOINTS);
        JointImpedance impedance = JointImpedance.withFeedForward(ROBOT, TREE);
        for (int n = 0; n < 50; n++) {
            randomState();
            System.arraycopy(state.position(), 0, joint.position(), 0, JOINTS);
            System.arraycopy(state.velocity(), 0, joint.velocity(), 0, JOINTS);
            for (int i = 0; i < JOINTS; i++) {
                joint.acceleration()[i] = random.nextDouble(-10, 10);
            }
            impedance.compute(joint, state, effort);
            assertArrayEquals(joint.acceleration(), accelerationOf(effort, state.velocity()), 1e-9);
        }
    }

    @Test
    void theToolObeysTheEquationOfTheImpedance() {
        CartesianImpedance controller = new CartesianImpedance(ROBOT, TREE, GAINS);
        FrameKinematics kinematics = new FrameKinematics(FLOATING_FREE);
        int frame = FLOATING_FREE.frame("fr3_hand_tcp");
        for (int n = 0; n < 100; n++) {
            nearHome();
            controller.here(state, reference);
            double[] offset = random.doubles(6, -0.05, 0.05).toArray();
            moveReference(offset);
            controller.compute(reference, state, effort);

            double[] jacobian = new double[6 * JOINTS];
            double[] bias = new double[6];
            double[] twist = new double[6];
            kinematics.update(state.position(), state.velocity());
            new FrameJacobian(kinematics).compute(frame, jacobian);
            kinematics.biasAcceleration(frame, bias);
            kinematics.velocity(frame, twist);
            double[] force = new double[6];
            for (int k = 0; k < 6; k++) {
                force[k] = (k < 3 ? 800 : 40) * offset[k]
                        + (k < 3 ? 60 : 3) * (reference.velocity()[k] - twist[k]);
            }
            // What a force accelerates the tool by: J M^-1 J^T f, as the acceleration of an arm at rest under J^T f.
            double[] given = times(jacobian, accelerationOf(transposedTimes(jacobian, force), new double[JOINTS]));
            double[] tool = times(jacobian, accelerationOf(effort, state.velocity()));
            for (int k = 0; k < 6; k++) {
                double wanted = reference.acceleration()[k] + given[k];
                assertEquals(wanted, tool[k] + bias[k], 1e-8 * (1 + Math.abs(wanted)));
            }
        }
    }

    /** Moves the reference by an offset and a rotation vector, gives it a motion, and a posture that shall not matter. */
    private void moveReference(double[] offset) {
        double[] turn = new double[9];
        double[] before = reference.rotation().clone();
        Rotations.fromRotationVector(offset[3], offset[4], offset[5], turn);
        for (int k = 0; k < 9; k++) {
            int row = 3 * (k / 3);
            int column = k % 3;
            reference.rotation()[k] = turn[row] * before[column]
                    + turn[row + 1] * before[column + 3]
                    + turn[row + 2] * before[column + 6];
        }
        for (int k = 0; k < 6; k++) {
            reference.velocity()[k] = random.nextDouble(-0.5, 0.5);
            reference.acceleration()[k] = random.nextDouble(-2, 2);
        }
        for (int k = 0; k < 3; k++) {
            reference.position()[k] += offset[k];
        }
        for (int joint = 0; joint < JOINTS; joint++) {
            reference.posture()[joint] += random.nextDouble(-0.5, 0.5);
        }
    }

    @Test
    void torquesStayBoundedAtASingularPose() {
        CartesianImpedance controller = new CartesianImpedance(ROBOT, TREE, GAINS);
        for (double elbow : new double[] {0, -1e-9, -1e-6, -1e-3, -0.01, -0.05}) {
            for (int n = 0; n < 20; n++) {
                double[] q = {random.nextDouble(-1, 1), random.nextDouble(-1, 1), 0, elbow, 0, 0, 0};
                System.arraycopy(q, 0, state.position(), 0, JOINTS);
                controller.here(state, reference);
                for (int k = 0; k < 6; k++) {
                    reference.acceleration()[k] = random.nextDouble(-2, 2);
                }
                for (int joint = 0; joint < JOINTS; joint++) {
                    state.velocity()[joint] = random.nextDouble(-0.3, 0.3);
                    reference.posture()[joint] += random.nextDouble(-0.1, 0.1);
                }
                controller.compute(reference, state, effort);
                for (double torque : effort) {
                    assertTrue(Math.abs(torque) < 87, "torque " + torque + " Nm with the elbow at " + elbow);
                }
            }
        }
    }

    @Test
    void aRobotWithoutATorqueInterfaceIsRefused() {
        RobotConfig other = RobotVariant.of(ROBOT, Set.of(CommandInterface.POSITION), ROBOT.joints());
        var joint = assertThrows(BadInputException.class, () -> JointImpedance.withFeedForward(other, TREE));
        assertTrue(joint.getMessage().contains("joint impedance control commands effort"), joint.getMessage());
        var tool = assertThrows(BadInputException.class, () -> new CartesianImpedance(other, TREE, GAINS));
        assertTrue(tool.getMessage().contains("position"), tool.getMessage());
    }

    @Test
    void torqueControllersAllocateNothing() {
        CartesianImpedance cartesian = new CartesianImpedance(ROBOT, TREE, GAINS);
        JointImpedance impedance = JointImpedance.withFeedForward(ROBOT, TREE);
        JointReference joint = new JointReference(JOINTS);
        System.arraycopy(
                ROBOT.joints().stream().mapToDouble(JointConfig::home).toArray(), 0, state.position(), 0, JOINTS);
        cartesian.here(state, reference);
        Runnable cycle = () -> {
            for (int n = 0; n < 5_000; n++) {
                cartesian.compute(reference, state, effort);
                impedance.compute(joint, state, effort);
            }
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 5; run++) { // a compiler that changes its mind in the middle of one may allocate in it
            long before = threads.getCurrentThreadAllocatedBytes();
            cycle.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
