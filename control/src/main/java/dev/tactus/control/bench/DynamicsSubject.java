package dev.tactus.control.bench;

import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import java.util.List;
import java.util.SplittableRandom;

/** A robot and the random states that both sides go through. */
final class DynamicsSubject {
    final String name;
    final MultibodyModel model;
    final int frame;
    final double[][] q;
    final double[][] v;
    final double[][] a;
    final double[][] tau;
    private final KinematicTree tree;

    /**
     * Draws the states: joints anywhere on their circle, velocities to 2, accelerations to 5, forces to 20.
     *
     * @param name what it is called in the report
     * @param tree its links
     * @param model the same, with the joints in the tree's order
     * @param link whose Jacobian is computed
     * @param states how many states
     * @param seed of the states
     */
    DynamicsSubject(String name, KinematicTree tree, MultibodyModel model, String link, int states, long seed) {
        this.name = name;
        this.tree = tree;
        this.model = model;
        frame = model.frame(link);
        SplittableRandom random = new SplittableRandom(seed);
        q = new double[states][];
        v = new double[states][];
        a = new double[states][];
        tau = new double[states][];
        for (int i = 0; i < states; i++) {
            q[i] = vector(random, model.nq(), Math.PI);
            if (model.isFloating()) {
                normalise(q[i]);
            }
            v[i] = vector(random, model.nv(), 2);
            a[i] = vector(random, model.nv(), 5);
            tau[i] = vector(random, model.nv(), 20);
        }
    }

    private static double[] vector(SplittableRandom random, int size, double largest) {
        return random.doubles(size, -largest, largest).toArray();
    }

    private static void normalise(double[] q) {
        double norm = Math.sqrt(q[3] * q[3] + q[4] * q[4] + q[5] * q[5] + q[6] * q[6]);
        for (int k = 3; k < 7; k++) {
            q[k] /= norm;
        }
    }

    int states() {
        return q.length;
    }

    /** The robot and the states in the form that the peer reads, every number to the last bit. */
    String toPeer() {
        StringBuilder out = new StringBuilder();
        List<String> moving = model.joints();
        out.append(model.isFloating() ? 1 : 0).append(' ').append(tree.links()).append('\n');
        for (int link = 0; link < tree.links(); link++) {
            boolean moves = moving.contains(tree.jointName(link));
            int type = !moves ? 0 : tree.jointType(link) == JointType.PRISMATIC ? 2 : 1;
            out.append(tree.parent(link)).append(' ').append(type);
            for (int k = 0; k < 3; k++) {
                append(out, tree.translation(link, k));
            }
            for (int k = 0; k < 9; k++) {
                append(out, tree.rotation(link, k));
            }
            for (int k = 0; k < 3; k++) {
                append(out, tree.axis(link, k));
            }
            append(out, tree.mass(link));
            for (int k = 0; k < 3; k++) {
                append(out, tree.centreOfMass(link, k));
            }
            for (int k = 0; k < 9; k++) {
                append(out, tree.inertia(link, k));
            }
            out.append('\n');
        }
        out.append(frame).append('\n').append(states()).append('\n');
        for (int i = 0; i < states(); i++) {
            for (double[] vector : List.of(q[i], v[i], a[i], tau[i])) {
                for (double value : vector) {
                    append(out, value);
                }
                out.append('\n');
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, double value) {
        out.append(' ').append(value);
    }
}
