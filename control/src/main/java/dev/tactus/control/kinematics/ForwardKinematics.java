package dev.tactus.control.kinematics;

import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.command.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The pose of one frame of a robot in another, and its geometric Jacobian, for the joints between both. Call {@link
 * #update} with joint positions; the other methods answer for those. Allocates in the constructor only. Not safe for use
 * by several threads; each takes its own.
 *
 * <p>Lengths in m, angles in rad, matrices row by row, everything expressed in the base frame.
 */
public final class ForwardKinematics {
    private final int joints;
    /** Joint at each place of the chain: its index in the caller's order. */
    private final int[] order;

    private final boolean[] slides;
    /** Fixed transform in front of each place, after the joint before it; the last one leads to the tip. */
    private final double[] translations;

    private final double[] rotations;
    private final double[] axes;

    private final double[] origins;
    private final double[] directions;
    private final double[] position = new double[3];
    private final double[] rotation = new double[9];
    private final double[] turned = new double[9];
    private final double[] jacobian;

    /**
     * Prepares the chain from the robot's base to its tool frame.
     *
     * @param tree the robot's links
     * @param robot names joints, base and tool frame
     * @throws BadInputException if the robot has no tool frame
     */
    public ForwardKinematics(KinematicTree tree, RobotConfig robot) {
        this(tree, robot.jointNames(), robot.baseLink(), robot.requireToolFrame());
    }

    /**
     * Prepares a chain.
     *
     * @param tree the robot's links
     * @param joints the joints in the order of every array over joints; exactly those that move between base and tip
     * @param base the link that everything is expressed in
     * @param tip the link whose pose is computed; base itself or something that hangs on it
     * @throws BadInputException if a link or joint does not exist, the tip does not hang on the base, or another joint
     *     than those named moves between both
     */
    public ForwardKinematics(KinematicTree tree, List<String> joints, String base, String tip) {
        List<Integer> chain = chain(tree, tree.link(base), tree.link(tip));
        List<Integer> moving = chain.stream()
                .filter(link -> tree.jointType(link) != JointType.FIXED)
                .toList();
        requireSame(joints, moving.stream().map(tree::jointName).toList(), base, tip);
        int n = moving.size();
        this.joints = n;
        order = new int[n];
        slides = new boolean[n];
        translations = new double[3 * (n + 1)];
        rotations = new double[9 * (n + 1)];
        axes = new double[3 * n];
        origins = new double[3 * n];
        directions = new double[3 * n];
        jacobian = new double[6 * n];
        place(tree, chain, joints);
        update(new double[n]);
    }

    /** The links from the first below the base to the tip. */
    private static List<Integer> chain(KinematicTree tree, int base, int tip) {
        List<Integer> chain = new ArrayList<>();
        for (int link = tip; link != base; link = tree.parent(link)) {
            if (tree.parent(link) < 0) {
                throw new BadInputException("robot '" + tree.name() + "': link '" + tree.linkName(tip)
                        + "' does not hang on '" + tree.linkName(base) + "'. Choose a base above the tip.");
            }
            chain.add(link);
        }
        Collections.reverse(chain);
        return chain;
    }

    private static void requireSame(List<String> named, List<String> moving, String base, String tip) {
        if (named.size() != moving.size() || !named.containsAll(moving)) {
            throw new BadInputException("the joints that move between '" + base + "' and '" + tip + "' are "
                    + String.join(", ", moving) + "; named were " + String.join(", ", named)
                    + ". Name exactly those that move.");
        }
    }

    /** Merges the fixed transforms between moving joints. */
    private void place(KinematicTree tree, List<Integer> chain, List<String> joints) {
        double[] p = new double[3];
        double[] r = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] step = new double[9];
        double[] product = new double[9];
        int at = 0;
        for (int link : chain) {
            for (int k = 0; k < 3; k++) {
                p[k] += r[3 * k] * tree.translation(link, 0)
                        + r[3 * k + 1] * tree.translation(link, 1)
                        + r[3 * k + 2] * tree.translation(link, 2);
            }
            for (int k = 0; k < 9; k++) {
                step[k] = tree.rotation(link, k);
            }
            multiply(r, step, 0, product);
            System.arraycopy(product, 0, r, 0, 9);
            if (tree.jointType(link) == JointType.FIXED) {
                continue;
            }
            store(at, p, r);
            order[at] = joints.indexOf(tree.jointName(link));
            slides[at] = tree.jointType(link) == JointType.PRISMATIC;
            for (int k = 0; k < 3; k++) {
                axes[3 * at + k] = tree.axis(link, k);
                p[k] = 0;
            }
            for (int k = 0; k < 9; k++) {
                r[k] = k % 4 == 0 ? 1 : 0;
            }
            at++;
        }
        store(at, p, r);
    }

    private void store(int at, double[] p, double[] r) {
        System.arraycopy(p, 0, translations, 3 * at, 3);
        System.arraycopy(r, 0, rotations, 9 * at, 9);
    }

    /**
     * Number of joints of the chain.
     *
     * @return joints, which is the number of the Jacobian's columns
     */
    public int joints() {
        return joints;
    }

    /**
     * Computes pose and Jacobian. Does not allocate.
     *
     * @param q joint positions in the order given to the constructor; rad, m for sliding joints
     */
    public void update(double[] q) {
        for (int k = 0; k < 9; k++) {
            rotation[k] = k % 4 == 0 ? 1 : 0;
        }
        position[0] = 0;
        position[1] = 0;
        position[2] = 0;
        for (int i = 0; i < joints; i++) {
            advance(i);
            for (int k = 0; k < 3; k++) {
                origins[3 * i + k] = position[k];
                directions[3 * i + k] = rotation[3 * k] * axes[3 * i]
                        + rotation[3 * k + 1] * axes[3 * i + 1]
                        + rotation[3 * k + 2] * axes[3 * i + 2];
            }
            move(i, q[order[i]]);
        }
        advance(joints);
        updateJacobian();
    }

    /** Through the fixed transform in front of a place. */
    private void advance(int place) {
        for (int k = 0; k < 3; k++) {
            position[k] += rotation[3 * k] * translations[3 * place]
                    + rotation[3 * k + 1] * translations[3 * place + 1]
                    + rotation[3 * k + 2] * translations[3 * place + 2];
        }
        multiply(rotation, rotations, 9 * place, turned);
        System.arraycopy(turned, 0, rotation, 0, 9);
    }

    /** Through the joint at a place: along its direction, or about it by Rodrigues' formula. */
    private void move(int place, double q) {
        double x = directions[3 * place];
        double y = directions[3 * place + 1];
        double z = directions[3 * place + 2];
        if (slides[place]) {
            position[0] += q * x;
            position[1] += q * y;
            position[2] += q * z;
            return;
        }
        double c = Math.cos(q);
        double s = Math.sin(q);
        for (int column = 0; column < 3; column++) {
            double vx = rotation[column];
            double vy = rotation[3 + column];
            double vz = rotation[6 + column];
            double along = (1 - c) * (x * vx + y * vy + z * vz);
            rotation[column] = c * vx + s * (y * vz - z * vy) + along * x;
            rotation[3 + column] = c * vy + s * (z * vx - x * vz) + along * y;
            rotation[6 + column] = c * vz + s * (x * vy - y * vx) + along * z;
        }
    }

    private void updateJacobian() {
        for (int i = 0; i < joints; i++) {
            int column = order[i];
            double x = directions[3 * i];
            double y = directions[3 * i + 1];
            double z = directions[3 * i + 2];
            double dx = position[0] - origins[3 * i];
            double dy = position[1] - origins[3 * i + 1];
            double dz = position[2] - origins[3 * i + 2];
            jacobian[column] = slides[i] ? x : y * dz - z * dy;
            jacobian[joints + column] = slides[i] ? y : z * dx - x * dz;
            jacobian[2 * joints + column] = slides[i] ? z : x * dy - y * dx;
            jacobian[3 * joints + column] = slides[i] ? 0 : x;
            jacobian[4 * joints + column] = slides[i] ? 0 : y;
            jacobian[5 * joints + column] = slides[i] ? 0 : z;
        }
    }

    /**
     * A component of the tip's position.
     *
     * @param k 0 x, 1 y, 2 z
     * @return m, in the base frame
     */
    public double position(int k) {
        return position[k];
    }

    /**
     * An element of the tip's rotation matrix.
     *
     * @param k 0 to 8, row by row
     * @return the element; its columns are the tip's axes in the base frame
     */
    public double rotation(int k) {
        return rotation[k];
    }

    /**
     * An element of the geometric Jacobian: (linear velocity of the tip's origin; angular velocity) = J * joint velocity.
     *
     * @param row 0 to 2 linear, 3 to 5 angular, both in the base frame
     * @param joint column, in the order given to the constructor
     * @return m/rad or rad/rad (1 or 0 for a sliding joint)
     */
    public double jacobian(int row, int joint) {
        return jacobian[row * joints + joint];
    }

    /**
     * Copies the tip's position.
     *
     * @param out receives x, y, z
     * @param offset where they start
     */
    public void copyPosition(double[] out, int offset) {
        System.arraycopy(position, 0, out, offset, 3);
    }

    /**
     * Copies the tip's rotation matrix.
     *
     * @param out receives nine elements, row by row
     */
    public void copyRotation(double[] out) {
        System.arraycopy(rotation, 0, out, 0, 9);
    }

    /**
     * Copies the Jacobian.
     *
     * @param out receives six rows of as many elements as there are joints
     */
    public void copyJacobian(double[] out) {
        System.arraycopy(jacobian, 0, out, 0, jacobian.length);
    }

    private static void multiply(double[] a, double[] b, int at, double[] out) {
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                out[3 * row + column] = a[3 * row] * b[at + column]
                        + a[3 * row + 1] * b[at + 3 + column]
                        + a[3 * row + 2] * b[at + 6 + column];
            }
        }
    }
}
