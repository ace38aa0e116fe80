package dev.tactus.control.model;

import dev.tactus.policies.command.BadInputException;
import java.util.List;

/**
 * A robot's links and joints as a tree in flat arrays. Links are numbered so that a parent comes before its children;
 * link 0 is the root. Every other link is carried by exactly one joint, which has the link's number: {@code
 * jointName(i)} moves link i against link {@code parent(i)}. A joint that moves has one coordinate, and coordinates are
 * numbered along the links. Immutable; the accessors do not allocate unless they say so.
 *
 * <p>Lengths in m, angles in rad, masses in kg, inertias in kg m^2. Matrices are 3x3, row by row.
 */
public final class KinematicTree {
    private final String name;
    private final String[] linkNames;
    private final String[] jointNames;
    private final JointType[] types;
    private final int[] parents;
    private final int[] coordinates;
    private final int coordinateCount;
    private final double[] translations;
    private final double[] rotations;
    private final double[] axes;
    private final double[] masses;
    private final double[] centres;
    private final double[] inertias;
    private final double[] limits;

    /** One link and the joint that carries it; the root has neither parent nor limits. */
    record Link(
            String name,
            String joint,
            JointType type,
            int parent,
            double[] translation,
            double[] rotation,
            double[] axis,
            double mass,
            double[] centre,
            double[] inertia,
            double[] limits) {}

    /** Makes the tree of links whose parents come before them. */
    KinematicTree(String name, List<Link> links) {
        int n = links.size();
        this.name = name;
        linkNames = new String[n];
        jointNames = new String[n];
        types = new JointType[n];
        parents = new int[n];
        coordinates = new int[n];
        translations = new double[3 * n];
        rotations = new double[9 * n];
        axes = new double[3 * n];
        masses = new double[n];
        centres = new double[3 * n];
        inertias = new double[9 * n];
        limits = new double[4 * n];
        int moving = 0;
        for (int i = 0; i < n; i++) {
            Link link = links.get(i);
            linkNames[i] = link.name;
            jointNames[i] = link.joint;
            types[i] = link.type;
            parents[i] = link.parent;
            coordinates[i] = link.type == JointType.FIXED ? -1 : moving++;
            masses[i] = link.mass;
            System.arraycopy(link.translation, 0, translations, 3 * i, 3);
            System.arraycopy(link.rotation, 0, rotations, 9 * i, 9);
            System.arraycopy(link.axis, 0, axes, 3 * i, 3);
            System.arraycopy(link.centre, 0, centres, 3 * i, 3);
            System.arraycopy(link.inertia, 0, inertias, 9 * i, 9);
            System.arraycopy(link.limits, 0, limits, 4 * i, 4);
        }
        coordinateCount = moving;
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
     * Number of links, the root among them.
     *
     * @return links
     */
    public int links() {
        return linkNames.length;
    }

    /**
     * Number of joints that move.
     *
     * @return coordinates
     */
    public int coordinates() {
        return coordinateCount;
    }

    /**
     * A link's name.
     *
     * @param link the link's number
     * @return its name
     */
    public String linkName(int link) {
        return linkNames[link];
    }

    /**
     * A link's number.
     *
     * @param linkName its name
     * @return its number
     * @throws BadInputException if there is no such link; names those there are
     */
    public int link(String linkName) {
        return find(linkNames, linkName, "link");
    }

    /**
     * The number of the link that a joint carries.
     *
     * @param joint the joint's name
     * @return the link's number
     * @throws BadInputException if there is no such joint; names those there are
     */
    public int linkOfJoint(String joint) {
        return find(jointNames, joint, "joint");
    }

    /**
     * Whether there is a link of that name.
     *
     * @param linkName the name
     * @return whether there is
     */
    public boolean hasLink(String linkName) {
        return List.of(linkNames).contains(linkName);
    }

    /**
     * Whether there is a joint of that name.
     *
     * @param joint the name
     * @return whether there is
     */
    public boolean hasJoint(String joint) {
        return !joint.isEmpty() && List.of(jointNames).contains(joint);
    }

    /**
     * The name of the joint that carries a link.
     *
     * @param link the link's number
     * @return its joint's name; empty for the root
     */
    public String jointName(int link) {
        return jointNames[link];
    }

    /**
     * How the joint that carries a link moves.
     *
     * @param link the link's number
     * @return the joint's type; fixed for the root
     */
    public JointType jointType(int link) {
        return types[link];
    }

    /**
     * The link that a link hangs on.
     *
     * @param link the link's number
     * @return the parent's number, smaller than the link's; -1 for the root
     */
    public int parent(int link) {
        return parents[link];
    }

    /**
     * The coordinate of the joint that carries a link.
     *
     * @param link the link's number
     * @return the coordinate's number, or -1 if the joint is fixed
     */
    public int coordinate(int link) {
        return coordinates[link];
    }

    /**
     * Where the joint stands in the parent link's frame, at coordinate zero.
     *
     * @param link the link's number
     * @param k 0 x, 1 y, 2 z
     * @return m
     */
    public double translation(int link, int k) {
        return translations[3 * link + k];
    }

    /**
     * How the joint is turned in the parent link's frame, at coordinate zero.
     *
     * @param link the link's number
     * @param k element of the rotation matrix, row by row, 0 to 8
     * @return the element
     */
    public double rotation(int link, int k) {
        return rotations[9 * link + k];
    }

    /**
     * The joint's axis in the link's own frame, of length one.
     *
     * @param link the link's number
     * @param k 0 x, 1 y, 2 z
     * @return the component
     */
    public double axis(int link, int k) {
        return axes[3 * link + k];
    }

    /**
     * A link's mass.
     *
     * @param link the link's number
     * @return kg; zero for a frame without mass
     */
    public double mass(int link) {
        return masses[link];
    }

    /**
     * The mass of all links together.
     *
     * @return kg
     */
    public double totalMass() {
        double sum = 0;
        for (double mass : masses) {
            sum += mass;
        }
        return sum;
    }

    /**
     * A link's centre of mass in its own frame.
     *
     * @param link the link's number
     * @param k 0 x, 1 y, 2 z
     * @return m
     */
    public double centreOfMass(int link, int k) {
        return centres[3 * link + k];
    }

    /**
     * A link's inertia about its centre of mass, along the axes of its own frame.
     *
     * @param link the link's number
     * @param k element of the symmetric matrix, row by row, 0 to 8
     * @return kg m^2
     */
    public double inertia(int link, int k) {
        return inertias[9 * link + k];
    }

    /**
     * The least position of the joint that carries a link.
     *
     * @param link the link's number
     * @return rad or m; negative infinity if it has none
     */
    public double positionMin(int link) {
        return limits[4 * link];
    }

    /**
     * The greatest position of the joint that carries a link.
     *
     * @param link the link's number
     * @return rad or m; infinity if it has none
     */
    public double positionMax(int link) {
        return limits[4 * link + 1];
    }

    /**
     * The velocity limit of the joint that carries a link.
     *
     * @param link the link's number
     * @return rad/s or m/s; zero if the joint is fixed
     */
    public double velocityLimit(int link) {
        return limits[4 * link + 2];
    }

    /**
     * The effort limit of the joint that carries a link.
     *
     * @param link the link's number
     * @return Nm or N; zero if the joint is fixed
     */
    public double effortLimit(int link) {
        return limits[4 * link + 3];
    }

    private int find(String[] names, String wanted, String kind) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(wanted) && !wanted.isEmpty()) {
                return i;
            }
        }
        String known = String.join(
                ", ", List.of(names).stream().filter(n -> !n.isEmpty()).toList());
        throw new BadInputException(
                "robot '" + name + "' has no " + kind + " '" + wanted + "'; its " + kind + "s are: " + known);
    }
}
