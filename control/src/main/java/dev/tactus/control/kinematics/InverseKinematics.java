package dev.tactus.control.kinematics;

import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotConfig;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Joint positions for a pose of the tip, by damped least squares with a pull towards home in the null space:
 *
 * <pre>
 * dq = h + J^T (J J^T + lambda^2 I)^-1 (e - J h),   h = pull (home - q)
 * </pre>
 *
 * where e is the pose error (position; rotation vector). The damping lambda shrinks with the error, down to a quarter, so
 * that the last steps are short of neither reach nor calm: {@code lambda^2 = max(damping^2 / 16, min(damping^2, e^T e /
 * 2))}. A joint that a step would take out of its limits is put on the limit and the step is solved again for the others.
 * The pull works in the first half of the iterations only: damping lets a little of it leak into the pose, which the
 * second half removes. Every call starts from a seed, so the caller keeps solutions continuous by passing the last one.
 *
 * <p>Sources: Wampler, Manipulator Inverse Kinematic Solutions Based on Vector Formulations and Damped Least-Squares
 * Methods, 1986; Sugihara, Solvability-Unconcerned Inverse Kinematics by the Levenberg-Marquardt Method, 2011 (damping
 * by the error); Baerlocher and Boulic, An inverse kinematics architecture enforcing an arbitrary number of strict
 * priority levels, 2004 (limits by clamping and solving again).
 *
 * <p>Allocates in the constructor only. Not safe for use by several threads.
 */
public final class InverseKinematics {
    /** What a call of {@link #solve} came to. */
    public enum Result {
        /** The pose is reached within the tolerances. */
        CONVERGED,
        /** The pose is not reached; the result is the nearest that the iterations came. */
        NOT_CONVERGED,
        /** The seed or the target has a number that is not finite; the result is the seed. */
        NOT_FINITE
    }

    /**
     * How to solve.
     *
     * @param damping the greatest lambda; the greater, the calmer near singular poses and the slower elsewhere
     * @param iterations most steps of one call
     * @param pull share of the way home that one step takes where the pose leaves freedom
     * @param maxStep rad, most that one step moves any joint
     * @param positionTolerance m
     * @param rotationTolerance rad
     */
    public record Settings(
            double damping,
            int iterations,
            double pull,
            double maxStep,
            double positionTolerance,
            double rotationTolerance) {
        /** Damping 0.02, six iterations: enough to follow a pose that moves at the rate of a policy. */
        public static final Settings DEFAULT = new Settings(0.02, 6, 0.05, 0.5, 1e-4, 1e-3);
    }

    private final ForwardKinematics kinematics;
    private final Settings settings;
    private final int joints;
    private final double[] home;
    private final double[] min;
    private final double[] max;

    private final double[] q;
    private final double[] step;
    private final double[] pull;
    private final boolean[] locked;
    private final double[] current = new double[9];
    private final DMatrixRMaj jacobian;
    /** The Jacobian with the columns of locked joints zero. */
    private final DMatrixRMaj free;

    private final DMatrixRMaj error = new DMatrixRMaj(6, 1);
    private final DMatrixRMaj rest = new DMatrixRMaj(6, 1);
    private final DMatrixRMaj normal = new DMatrixRMaj(6, 6);
    private final DMatrixRMaj weights = new DMatrixRMaj(6, 1);
    private final DMatrixRMaj correction;
    private final LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(6);

    private double positionResidual;
    private double rotationResidual;

    /**
     * Prepares the solver with the robot's home and position limits.
     *
     * @param kinematics the chain to solve, in the robot's joint order; from now on used by this object only
     * @param robot names home and limits
     * @param settings how to solve
     */
    public InverseKinematics(ForwardKinematics kinematics, RobotConfig robot, Settings settings) {
        this.kinematics = kinematics;
        this.settings = settings;
        joints = kinematics.joints();
        home = robot.home();
        min = new double[joints];
        max = new double[joints];
        for (int i = 0; i < joints; i++) {
            JointConfig joint = robot.joints().get(i);
            min[i] = joint.limits().positionMin();
            max[i] = joint.limits().positionMax();
        }
        q = new double[joints];
        step = new double[joints];
        pull = new double[joints];
        locked = new boolean[joints];
        jacobian = new DMatrixRMaj(6, joints);
        free = new DMatrixRMaj(6, joints);
        correction = new DMatrixRMaj(joints, 1);
    }

    /**
     * Solves for a pose. Does not allocate.
     *
     * @param seed joint positions to start from, rad; clamped into the limits
     * @param position target of the tip's origin in the base frame, m
     * @param rotation target rotation matrix in the base frame, 3x3 row by row
     * @param out receives joint positions within the limits, rad; may be the seed's array
     * @return whether the pose is reached; {@link #positionResidual} and {@link #rotationResidual} say how nearly
     */
    public Result solve(double[] seed, double[] position, double[] rotation, double[] out) {
        if (!finite(seed, joints) || !finite(position, 3) || !finite(rotation, 9)) {
            System.arraycopy(seed, 0, out, 0, joints);
            positionResidual = Double.NaN;
            rotationResidual = Double.NaN;
            return Result.NOT_FINITE;
        }
        for (int i = 0; i < joints; i++) {
            q[i] = clamp(seed[i], i);
        }
        measure(position, rotation);
        int iterations = 0;
        // one step is always taken, or the pull would never work on an arm that holds its pose
        while (iterations < settings.iterations && (iterations == 0 || !reached())) {
            step(2 * iterations < settings.iterations ? settings.pull : 0);
            iterations++;
            measure(position, rotation);
        }
        System.arraycopy(q, 0, out, 0, joints);
        return reached() ? Result.CONVERGED : Result.NOT_CONVERGED;
    }

    /**
     * How far the last solution's position is from its target.
     *
     * @return m; NaN after {@link Result#NOT_FINITE}
     */
    public double positionResidual() {
        return positionResidual;
    }

    /**
     * How far the last solution's orientation is from its target.
     *
     * @return rad, the angle between both; NaN after {@link Result#NOT_FINITE}
     */
    public double rotationResidual() {
        return rotationResidual;
    }

    private boolean reached() {
        return positionResidual <= settings.positionTolerance && rotationResidual <= settings.rotationTolerance;
    }

    /** Pose error and Jacobian at q. */
    private void measure(double[] position, double[] rotation) {
        kinematics.update(q);
        kinematics.copyRotation(current);
        kinematics.copyJacobian(jacobian.data);
        for (int k = 0; k < 3; k++) {
            error.data[k] = position[k] - kinematics.position(k);
        }
        Rotations.error(rotation, current, error.data, 3);
        positionResidual = length(error.data, 0);
        rotationResidual = length(error.data, 3);
    }

    private void step(double share) {
        for (int i = 0; i < joints; i++) {
            pull[i] = share * (home[i] - q[i]);
            locked[i] = false;
        }
        // each round locks at least one joint, so there are at most as many rounds as joints
        do {
            solveFree();
        } while (lockWhatLeaves());
        double largest = 0;
        for (int i = 0; i < joints; i++) {
            largest = Math.max(largest, Math.abs(step[i]));
        }
        double scale = largest > settings.maxStep ? settings.maxStep / largest : 1;
        for (int i = 0; i < joints; i++) {
            q[i] = clamp(q[i] + scale * step[i], i);
        }
    }

    /** The step of the joints that are not locked, given that of those that are. */
    private void solveFree() {
        for (int row = 0; row < 6; row++) {
            double sum = error.data[row];
            for (int i = 0; i < joints; i++) {
                sum -= jacobian.data[row * joints + i] * (locked[i] ? step[i] : pull[i]);
            }
            rest.data[row] = sum;
        }
        for (int k = 0; k < free.data.length; k++) {
            free.data[k] = locked[k % joints] ? 0 : jacobian.data[k];
        }
        CommonOps_DDRM.multTransB(free, free, normal);
        double square = dampingSquare();
        for (int k = 0; k < 6; k++) {
            normal.data[7 * k] += square;
        }
        // positive definite thanks to the damping, so this cannot fail on finite numbers
        solver.setA(normal);
        solver.solve(rest, weights);
        CommonOps_DDRM.multTransA(free, weights, correction);
        for (int i = 0; i < joints; i++) {
            if (!locked[i]) {
                step[i] = pull[i] + correction.data[i];
            }
        }
    }

    private double dampingSquare() {
        double most = settings.damping * settings.damping;
        double halfError = 0.5 * (positionResidual * positionResidual + rotationResidual * rotationResidual);
        return Math.max(most / 16, Math.min(most, halfError));
    }

    private boolean lockWhatLeaves() {
        boolean any = false;
        for (int i = 0; i < joints; i++) {
            if (!locked[i] && (q[i] + step[i] < min[i] || q[i] + step[i] > max[i])) {
                step[i] = clamp(q[i] + step[i], i) - q[i];
                locked[i] = true;
                any = true;
            }
        }
        return any;
    }

    private double clamp(double value, int joint) {
        return Math.min(max[joint], Math.max(min[joint], value));
    }

    private static double length(double[] v, int at) {
        return Math.sqrt(v[at] * v[at] + v[at + 1] * v[at + 1] + v[at + 2] * v[at + 2]);
    }

    private static boolean finite(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!Double.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
