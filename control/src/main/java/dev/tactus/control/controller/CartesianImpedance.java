package dev.tactus.control.controller;

import dev.tactus.control.dynamics.FrameJacobian;
import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.InverseDynamics;
import dev.tactus.control.dynamics.MassMatrix;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.kinematics.Rotations;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Impedance of the tool in operational space, with a posture in the null space:
 *
 * <pre>
 * tau    = J^T F + C(q, v) v + N^T tau_0
 * F      = K e + D (xd_r - J v) + Lambda (xdd_r - Jd v)
 * Lambda = (J M^-1 J^T + lambda^2 I)^-1
 * N^T    = I - J^T Jbar^T,   Jbar = M^-1 J^T Lambda
 * tau_0  = K_n (q_n - q) - D_n v
 * </pre>
 *
 * <p>e is the position error and the rotation vector from the tool's orientation to the reference's, in the base frame.
 * Away from singular poses lambda is zero and the tool behaves as {@code Lambda e'' + D e' + K e = push}: its own inertia
 * is kept, so that nothing but the model's velocity terms asks for exact masses, and at rest it gives way by push / K. The
 * projection N is the dynamically consistent one: what moves the posture accelerates the tool by nothing. Gravity is not
 * in it; the robot compensates that itself. Near a singular pose, where w = sqrt(det(J J^T)) falls below w_0, the task
 * inertia is damped by {@code lambda^2 = lambda_0^2 (1 - w / w_0)^2}, so that no torque grows without bound.
 *
 * <p>Sources: Khatib, A Unified Approach for Motion and Force Control of Robot Manipulators: The Operational Space
 * Formulation, 1987 (Lambda, Jbar, N); Hogan, Impedance Control, 1985; Albu-Schaeffer, Ott, Frese and Hirzinger, Cartesian
 * Impedance Control of Redundant Robots, 2003 (without shaping the inertia); Nakamura and Hanafusa, Inverse Kinematic
 * Solutions With Singularity Robustness, 1986 (the damping).
 *
 * <p>In the control cycle it follows the joint reference that the safety filter issued: the tool's reference is where that
 * would take it, and the posture is its joints.
 *
 * <p>Called by the control thread; allocates in the constructor only.
 */
public final class CartesianImpedance implements EffortLaw {
    private static final int TASK = 6;
    private static final double[] NO_GRAVITY = {0, 0, 0};
    /** w_0; the FR3 has 0.08 at home. */
    private static final double SINGULAR = 0.02;
    /** lambda_0^2, 1/kg and 1/(kg m2). */
    private static final double DAMPING = 0.05;

    private final Gains gains;
    private final int joints;
    private final int frame;
    private final FrameKinematics kinematics;
    private final FrameJacobian jacobians;
    private final FrameKinematics issuedKinematics;
    private final FrameJacobian issuedJacobians;
    private final CartesianReference issued;
    private final DMatrixRMaj issuedJacobian;
    private final MassMatrix massMatrix;
    private final InverseDynamics dynamics;

    private final double[] position = new double[3];
    private final double[] rotation = new double[9];
    private final double[] twist = new double[TASK];
    private final double[] bias = new double[TASK];
    private final double[] error = new double[TASK];
    private final double[] velocityTerms;
    private final DMatrixRMaj jacobian;
    private final DMatrixRMaj mass;
    private final DMatrixRMaj transposed;
    /** M^-1 J^T. */
    private final DMatrixRMaj response;
    /** J M^-1 J^T, damped. */
    private final DMatrixRMaj mobility = new DMatrixRMaj(TASK, TASK);

    private final DMatrixRMaj gram = new DMatrixRMaj(TASK, TASK);
    private final DMatrixRMaj task = new DMatrixRMaj(TASK, 1);
    private final DMatrixRMaj solved = new DMatrixRMaj(TASK, 1);
    private final DMatrixRMaj force = new DMatrixRMaj(TASK, 1);
    private final DMatrixRMaj posture;
    private final DMatrixRMaj torque;
    private final LinearSolverDense<DMatrixRMaj> massSolver;
    private final LinearSolverDense<DMatrixRMaj> taskSolver = LinearSolverFactory_DDRM.chol(TASK);

    /**
     * How stiff and how damped.
     *
     * @param translationStiffness N/m
     * @param translationDamping Ns/m
     * @param rotationStiffness Nm/rad
     * @param rotationDamping Nms/rad
     * @param postureStiffness Nm/rad, of every joint
     * @param postureDamping Nms/rad, of every joint
     */
    public record Gains(
            double translationStiffness,
            double translationDamping,
            double rotationStiffness,
            double rotationDamping,
            double postureStiffness,
            double postureDamping) {
        /** Checks the numbers: none is negative. */
        public Gains {
            double least = Math.min(
                    Math.min(translationStiffness, translationDamping),
                    Math.min(Math.min(rotationStiffness, rotationDamping), Math.min(postureStiffness, postureDamping)));
            if (!(least >= 0)) {
                throw new IllegalArgumentException("a gain is " + least + "; allowed is 0 or more");
            }
        }
    }

    /**
     * Makes the controller of a robot's tool frame.
     *
     * @param robot joints, tool frame; with a fixed base
     * @param tree its links
     * @param gains stiffness and damping
     * @throws dev.tactus.policies.command.BadInputException if the robot takes no torques or has no tool frame
     */
    public CartesianImpedance(RobotConfig robot, KinematicTree tree, Gains gains) {
        robot.require(CommandInterface.EFFORT, "Cartesian impedance control");
        MultibodyModel model = MultibodyModel.fixed(tree, robot.jointNames(), NO_GRAVITY);
        this.gains = gains;
        joints = model.nv();
        frame = model.frame(robot.requireToolFrame());
        kinematics = new FrameKinematics(model);
        jacobians = new FrameJacobian(kinematics);
        issuedKinematics = new FrameKinematics(model);
        issuedJacobians = new FrameJacobian(issuedKinematics);
        issued = new CartesianReference(joints);
        issuedJacobian = new DMatrixRMaj(TASK, joints);
        massMatrix = new MassMatrix(model);
        dynamics = new InverseDynamics(model);
        velocityTerms = new double[joints];
        jacobian = new DMatrixRMaj(TASK, joints);
        mass = new DMatrixRMaj(joints, joints);
        transposed = new DMatrixRMaj(joints, TASK);
        response = new DMatrixRMaj(joints, TASK);
        posture = new DMatrixRMaj(joints, 1);
        torque = new DMatrixRMaj(joints, 1);
        massSolver = LinearSolverFactory_DDRM.chol(joints);
    }

    /**
     * Where the tool is, as a reference at rest with the present posture: what to start from.
     *
     * @param state the measurement
     * @param reference filled in place
     */
    public void here(RobotState state, CartesianReference reference) {
        kinematics.update(state.position());
        kinematics.copyPose(frame, reference.position(), reference.rotation());
        Arrays.fill(reference.velocity(), 0);
        Arrays.fill(reference.acceleration(), 0);
        System.arraycopy(state.position(), 0, reference.posture(), 0, joints);
    }

    /**
     * Computes the torques.
     *
     * @param reference where the tool shall be
     * @param state where the joints are
     * @param effort filled in place, Nm beside gravity compensation, robot's joint order
     */
    public void compute(CartesianReference reference, RobotState state, double[] effort) {
        measure(state);
        inertia();
        drive(reference);
        CommonOps_DDRM.multTransA(jacobian, force, torque);
        dynamics.nonlinear(state.position(), state.velocity(), velocityTerms);
        for (int joint = 0; joint < joints; joint++) {
            effort[joint] = torque.data[joint] + velocityTerms[joint];
        }
        keepPosture(reference, state, effort);
    }

    @Override
    public void compute(JointReference reference, RobotState state, double[] effort) {
        issuedKinematics.update(reference.position(), reference.velocity());
        issuedKinematics.copyPose(frame, issued.position(), issued.rotation());
        issuedKinematics.velocity(frame, issued.velocity());
        issuedKinematics.biasAcceleration(frame, issued.acceleration());
        issuedJacobians.compute(frame, issuedJacobian.data);
        for (int row = 0; row < TASK; row++) {
            for (int joint = 0; joint < joints; joint++) {
                issued.acceleration()[row] +=
                        issuedJacobian.get(row, joint) * reference.acceleration()[joint];
            }
        }
        System.arraycopy(reference.position(), 0, issued.posture(), 0, joints);
        compute(issued, state, effort);
    }

    private void measure(RobotState state) {
        kinematics.update(state.position(), state.velocity());
        kinematics.copyPose(frame, position, rotation);
        kinematics.velocity(frame, twist);
        kinematics.biasAcceleration(frame, bias);
        jacobians.compute(frame, jacobian.data);
        massMatrix.compute(state.position(), mass.data);
    }

    /** M^-1 J^T and the damped J M^-1 J^T, decomposed. */
    private void inertia() {
        CommonOps_DDRM.transpose(jacobian, transposed);
        massSolver.setA(mass);
        massSolver.solve(transposed, response);
        CommonOps_DDRM.mult(jacobian, response, mobility);
        double damping = damping();
        for (int k = 0; k < TASK; k++) {
            mobility.add(k, k, damping);
        }
        taskSolver.setA(mobility);
    }

    /** lambda^2, from how near to singular the pose is. */
    private double damping() {
        CommonOps_DDRM.multTransB(jacobian, jacobian, gram);
        double manipulability = Math.sqrt(Math.max(0, determinant(gram.data)));
        double nearness = Math.max(0, 1 - manipulability / SINGULAR);
        return DAMPING * nearness * nearness;
    }

    /** Of a symmetric matrix that is positive semi-definite, by elimination in place; 0 where it is singular. */
    private static double determinant(double[] a) {
        double product = 1;
        for (int k = 0; k < TASK; k++) {
            double pivot = a[k * TASK + k];
            if (!(pivot > 0)) {
                return 0;
            }
            product *= pivot;
            for (int row = k + 1; row < TASK; row++) {
                double factor = a[row * TASK + k] / pivot;
                for (int column = k + 1; column < TASK; column++) {
                    a[row * TASK + column] -= factor * a[k * TASK + column];
                }
            }
        }
        return product;
    }

    private void drive(CartesianReference reference) {
        for (int k = 0; k < 3; k++) {
            error[k] = reference.position()[k] - position[k];
        }
        Rotations.error(reference.rotation(), rotation, error, 3);
        for (int k = 0; k < TASK; k++) {
            task.data[k] = reference.acceleration()[k] - bias[k];
        }
        taskSolver.solve(task, solved);
        for (int k = 0; k < TASK; k++) {
            double stiffness = k < 3 ? gains.translationStiffness : gains.rotationStiffness;
            double damping = k < 3 ? gains.translationDamping : gains.rotationDamping;
            force.data[k] = stiffness * error[k] + damping * (reference.velocity()[k] - twist[k]) + solved.data[k];
        }
    }

    private void keepPosture(CartesianReference reference, RobotState state, double[] effort) {
        for (int joint = 0; joint < joints; joint++) {
            posture.data[joint] = gains.postureStiffness * (reference.posture()[joint] - state.position()[joint])
                    - gains.postureDamping * state.velocity()[joint];
        }
        CommonOps_DDRM.multTransA(response, posture, task);
        taskSolver.solve(task, solved);
        CommonOps_DDRM.multTransA(jacobian, solved, torque);
        for (int joint = 0; joint < joints; joint++) {
            effort[joint] += posture.data[joint] - torque.data[joint];
        }
    }
}
