package dev.tactus.control.controller;

/**
 * Where the tool shall be and how it shall move, in the robot's base frame; and the joint posture that it shall keep as
 * far as the tool leaves freedom. All arrays are written in place. One thread owns it: the control thread.
 */
public final class CartesianReference {
    private final double[] position = new double[3];
    private final double[] rotation = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    private final double[] velocity = new double[6];
    private final double[] acceleration = new double[6];
    private final double[] posture;

    /**
     * Makes a reference at the base's origin, at rest.
     *
     * @param joints number of joints
     */
    public CartesianReference(int joints) {
        posture = new double[joints];
    }

    /**
     * Position of the tool.
     *
     * @return m, x y z
     */
    public double[] position() {
        return position;
    }

    /**
     * Orientation of the tool.
     *
     * @return rotation matrix row by row; its columns are the tool's axes
     */
    public double[] rotation() {
        return rotation;
    }

    /**
     * Velocity of the tool.
     *
     * @return m/s of its origin, then rad/s
     */
    public double[] velocity() {
        return velocity;
    }

    /**
     * Acceleration of the tool.
     *
     * @return m/s2 of its origin, then rad/s2
     */
    public double[] acceleration() {
        return acceleration;
    }

    /**
     * The posture that the null space is drawn to.
     *
     * @return rad, robot's joint order
     */
    public double[] posture() {
        return posture;
    }
}
