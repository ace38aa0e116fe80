package dev.tactus.control.dynamics;

import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.policies.command.BadInputException;
import java.util.HashSet;
import java.util.List;

/**
 * A robot as the dynamics algorithms see it: bodies that move against each other, everything fixed to them merged into
 * them. Immutable, so that algorithms in several threads may share it.
 *
 * <p>Configuration and velocity, for n joints in the order given:
 *
 * <ul>
 *   <li>fixed base: q and v hold n joint positions and velocities (rad, rad/s; m, m/s for sliding joints);
 *   <li>floating base: q holds 7 + n numbers, the base's position in the world (x y z, m), its orientation (a unit
 *       quaternion x y z w, as in ROS's REP 103) and the joints. v holds 6 + n: the velocity of the base frame's origin
 *       (m/s), then the angular velocity (rad/s), both along the <em>base's</em> axes, then the joints.
 * </ul>
 *
 * The base's acceleration is the derivative of those six numbers, which is its spatial acceleration in the base frame;
 * that of the base's origin in the world is the first three plus angular times linear velocity. Generalised forces are
 * dual to v: force and moment about the base's origin along the base's axes, then joint torques (N m; N). These are
 * Pinocchio's conventions. The quaternion is normalised where it is read.
 *
 * <p>Inside, body 0 is the base, body i + 1 hangs on the i-th moving joint of the tree, and parents come before children.
 * A body's frame stands in its joint with z along the joint's axis, so that a joint mixes two columns only. Body frames
 * do not show outside: frames there are the URDF's links. Spatial vectors have their linear part first.
 */
public final class MultibodyModel {
    /** Doubles a body in {@link #constants}: rotation and translation of its joint in the parent body, at zero; mass. */
    static final int STRIDE = 22;

    static final int TRANSLATION = 9;
    static final int MASS = 12;
    /** First moment of mass about the body frame's origin, kg m. */
    static final int FIRST = 13;
    /** Second moment of mass about the same point, kg m^2: the integral of r r^T; xx xy xz yy yz zz. */
    static final int SECOND = 16;

    private static final double STANDARD_GRAVITY = 9.81;

    final int bodies;
    final boolean floating;
    final int[] parent;
    /** Place of a body's joint in q and in v; -1 for the base. */
    final int[] inQ;

    final int[] inV;
    final boolean[] slides;
    final double[] constants;
    final int[] frameBody;
    /** Of each frame in its body: rotation by rows, translation. */
    final double[] framePose;

    final double[] gravity;
    private final String name;
    private final List<String> joints;
    private final List<String> frameNames;

    private MultibodyModel(KinematicTree tree, List<String> joints, boolean floating, double[] gravity) {
        this.name = tree.name();
        this.joints = List.copyOf(joints);
        this.floating = floating;
        this.gravity = gravity;
        requireMoving(tree, joints);
        int links = tree.links();
        bodies = joints.size() + 1;
        parent = new int[bodies];
        inQ = new int[bodies];
        inV = new int[bodies];
        slides = new boolean[bodies];
        constants = new double[STRIDE * bodies];
        frameBody = new int[links];
        framePose = new double[12 * links];
        String[] names = new String[links];
        for (int link = 0; link < links; link++) {
            names[link] = tree.linkName(link);
        }
        frameNames = List.of(names);
        merge(tree);
        requireMass();
    }

    /**
     * A robot whose root link stands still, under 9.81 m/s^2 along -z of the root link.
     *
     * @param tree the robot's links
     * @param joints the joints that move, in the order of q, v and tau; all others stay at zero
     * @return the model
     * @throws BadInputException if a joint does not exist, is fixed or is named twice
     */
    public static MultibodyModel fixed(KinematicTree tree, List<String> joints) {
        return fixed(tree, joints, new double[] {0, 0, -STANDARD_GRAVITY});
    }

    /**
     * A robot whose root link stands still.
     *
     * @param tree the robot's links
     * @param joints the joints that move, in the order of q, v and tau; all others stay at zero
     * @param gravity acceleration of free fall, m/s^2, along the root link's axes
     * @return the model
     * @throws BadInputException if a joint does not exist, is fixed or is named twice
     */
    public static MultibodyModel fixed(KinematicTree tree, List<String> joints, double[] gravity) {
        return new MultibodyModel(tree, joints, false, requireVector(gravity));
    }

    /**
     * A robot whose root link moves freely, under 9.81 m/s^2 along -z of the world.
     *
     * @param tree the robot's links
     * @param joints the joints that move, in the order of q, v and tau; all others stay at zero
     * @return the model
     * @throws BadInputException if a joint does not exist, is fixed or is named twice, or the base has no mass
     */
    public static MultibodyModel floating(KinematicTree tree, List<String> joints) {
        return floating(tree, joints, new double[] {0, 0, -STANDARD_GRAVITY});
    }

    /**
     * A robot whose root link moves freely.
     *
     * @param tree the robot's links
     * @param joints the joints that move, in the order of q, v and tau; all others stay at zero
     * @param gravity acceleration of free fall, m/s^2, along the world's axes
     * @return the model
     * @throws BadInputException if a joint does not exist, is fixed or is named twice, or the base has no mass
     */
    public static MultibodyModel floating(KinematicTree tree, List<String> joints, double[] gravity) {
        return new MultibodyModel(tree, joints, true, requireVector(gravity));
    }

    private static double[] requireVector(double[] gravity) {
        if (gravity.length != 3) {
            throw new IllegalArgumentException("gravity has " + gravity.length + " components; it needs x, y, z");
        }
        return gravity.clone();
    }

    private static void requireMoving(KinematicTree tree, List<String> joints) {
        HashSet<String> seen = new HashSet<>();
        for (String joint : joints) {
            if (tree.jointType(tree.linkOfJoint(joint)) == JointType.FIXED) {
                throw new BadInputException("robot '" + tree.name() + "': joint '" + joint
                        + "' is fixed and cannot move. Name joints that are revolute, continuous or prismatic.");
            }
            if (!seen.add(joint)) {
                throw new BadInputException(
                        "robot '" + tree.name() + "': joint '" + joint + "' is named twice. Name each joint once.");
            }
        }
    }

    /** Goes through the links, parents first: a moving joint opens a body, every link adds its mass to its body. */
    private void merge(KinematicTree tree) {
        int body = 0;
        parent[0] = -1;
        inQ[0] = -1;
        inV[0] = -1;
        for (int k = 0; k < 3; k++) {
            constants[4 * k] = 1;
            framePose[4 * k] = 1;
        }
        addMass(tree, 0);
        for (int link = 1; link < tree.links(); link++) {
            int above = tree.parent(link);
            double[] r = new double[9];
            double[] p = new double[3];
            jointInBody(tree, link, r, p);
            int place = joints.indexOf(tree.jointName(link));
            if (place < 0) {
                frameBody[link] = frameBody[above];
                System.arraycopy(r, 0, framePose, 12 * link, 9);
                System.arraycopy(p, 0, framePose, 12 * link + 9, 3);
            } else {
                body++;
                parent[body] = frameBody[above];
                inQ[body] = place + (floating ? 7 : 0);
                inV[body] = place + (floating ? 6 : 0);
                slides[body] = tree.jointType(link) == JointType.PRISMATIC;
                frameBody[link] = body;
                openBody(tree, link, r, p);
            }
            addMass(tree, link);
        }
    }

    /** Where the joint in front of a link stands in the body that its parent link belongs to. */
    private void jointInBody(KinematicTree tree, int link, double[] r, double[] p) {
        int at = 12 * tree.parent(link);
        for (int row = 0; row < 3; row++) {
            p[row] = framePose[at + 9 + row];
            for (int k = 0; k < 3; k++) {
                double element = framePose[at + 3 * row + k];
                p[row] += element * tree.translation(link, k);
                for (int column = 0; column < 3; column++) {
                    r[3 * row + column] += element * tree.rotation(link, 3 * k + column);
                }
            }
        }
    }

    /** Body frame and link frame share their origin; the body's z is the joint's axis. */
    private void openBody(KinematicTree tree, int link, double[] r, double[] p) {
        int at = STRIDE * frameBody[link];
        double[] align = alignedWithZ(tree.axis(link, 0), tree.axis(link, 1), tree.axis(link, 2));
        for (int row = 0; row < 3; row++) {
            constants[at + TRANSLATION + row] = p[row];
            for (int column = 0; column < 3; column++) {
                constants[at + 3 * row + column] = r[3 * row] * align[column]
                        + r[3 * row + 1] * align[3 + column]
                        + r[3 * row + 2] * align[6 + column];
                framePose[12 * link + 3 * row + column] = align[3 * column + row];
            }
        }
    }

    /** A rotation matrix, by rows, whose third column is the given unit vector; the identity for z itself. */
    private static double[] alignedWithZ(double zx, double zy, double zz) {
        double[] z = {zx, zy, zz};
        int least = Math.abs(zx) <= Math.abs(zy) ? 0 : 1;
        least = Math.abs(z[least]) <= Math.abs(zz) ? least : 2;
        double norm = Math.sqrt(1 - z[least] * z[least]);
        double[] x = new double[3];
        for (int k = 0; k < 3; k++) {
            x[k] = ((k == least ? 1 : 0) - z[least] * z[k]) / norm;
        }
        return new double[] {
            x[0], zy * x[2] - zz * x[1], zx, x[1], zz * x[0] - zx * x[2], zy, x[2], zx * x[1] - zy * x[0], zz
        };
    }

    /** Adds a link's mass and its first and second moment to its body. */
    private void addMass(KinematicTree tree, int link) {
        int pose = 12 * link;
        int at = STRIDE * frameBody[link];
        double mass = tree.mass(link);
        double halfTrace = (tree.inertia(link, 0) + tree.inertia(link, 4) + tree.inertia(link, 8)) / 2;
        double[] centre = new double[3];
        double[][] half = new double[3][3];
        for (int row = 0; row < 3; row++) {
            centre[row] = framePose[pose + 9 + row];
            for (int k = 0; k < 3; k++) {
                double element = framePose[pose + 3 * row + k];
                centre[row] += element * tree.centreOfMass(link, k);
                for (int column = 0; column < 3; column++) {
                    double second = (column == k ? halfTrace : 0) - tree.inertia(link, 3 * k + column);
                    half[row][column] += element * second;
                }
            }
        }
        constants[at + MASS] += mass;
        int place = at + SECOND;
        for (int row = 0; row < 3; row++) {
            constants[at + FIRST + row] += mass * centre[row];
            for (int column = row; column < 3; column++) {
                double turned = mass * centre[row] * centre[column];
                for (int k = 0; k < 3; k++) {
                    turned += half[row][k] * framePose[pose + 3 * column + k];
                }
                constants[place++] += turned;
            }
        }
    }

    /** Links that joints move have a mass, which UrdfReader sees to; the root need not have one. */
    private void requireMass() {
        if (floating && constants[MASS] <= 0) {
            throw new BadInputException("robot '" + name + "': the base floats and has no mass. Give its root link '"
                    + frameNames.getFirst() + "', or a link that is fixed to it, mass and inertia.");
        }
    }

    /**
     * The robot's name.
     *
     * @return the name that the URDF gives
     */
    public String name() {
        return name;
    }

    /**
     * The joints that move.
     *
     * @return their names, in the order of q, v and tau
     */
    public List<String> joints() {
        return joints;
    }

    /**
     * Whether the base moves freely.
     *
     * @return true for a floating base
     */
    public boolean isFloating() {
        return floating;
    }

    /**
     * Numbers in a configuration.
     *
     * @return joints, and 7 more for a floating base
     */
    public int nq() {
        return joints.size() + (floating ? 7 : 0);
    }

    /**
     * Numbers in a velocity, an acceleration and a generalised force.
     *
     * @return joints, and 6 more for a floating base
     */
    public int nv() {
        return joints.size() + (floating ? 6 : 0);
    }

    /**
     * Mass of what moves: of all links with a floating base; with a fixed base, of those that a joint carries.
     *
     * @return kg
     */
    public double movingMass() {
        double sum = 0;
        for (int body = floating ? 0 : 1; body < bodies; body++) {
            sum += constants[STRIDE * body + MASS];
        }
        return sum;
    }

    /**
     * Number of frames, which is the number of links.
     *
     * @return frames
     */
    public int frames() {
        return frameNames.size();
    }

    /**
     * A frame's name.
     *
     * @param frame its number
     * @return the link's name
     */
    public String frameName(int frame) {
        return frameNames.get(frame);
    }

    /**
     * The frame of a link.
     *
     * @param link the link's name
     * @return its number, for {@link FrameKinematics} and {@link FrameJacobian}
     * @throws BadInputException if there is no such link; names those there are
     */
    public int frame(String link) {
        int frame = frameNames.indexOf(link);
        if (frame < 0) {
            throw new BadInputException(
                    "robot '" + name + "' has no link '" + link + "'; its links are: " + String.join(", ", frameNames));
        }
        return frame;
    }
}
