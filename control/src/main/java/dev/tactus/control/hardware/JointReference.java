package dev.tactus.control.hardware;

/**
 * One sample of the motion that the arm shall follow: position, velocity and acceleration that belong together, and the
 * gripper's target. A controller writes it, the limit filter changes what may not be issued. One thread owns it: the
 * control thread.
 */
public final class JointReference {
    private final double[] position;
    private final double[] velocity;
    private final double[] acceleration;
    private double gripperOpening;

    /**
     * Makes a reference of zeros.
     *
     * @param joints number of joints
     */
    public JointReference(int joints) {
        position = new double[joints];
        velocity = new double[joints];
        acceleration = new double[joints];
    }

    /**
     * Number of joints.
     *
     * @return joints
     */
    public int joints() {
        return position.length;
    }

    /**
     * Joint positions.
     *
     * @return rad, robot's joint order, written in place
     */
    public double[] position() {
        return position;
    }

    /**
     * Joint velocities.
     *
     * @return rad/s, robot's joint order, written in place
     */
    public double[] velocity() {
        return velocity;
    }

    /**
     * Joint accelerations.
     *
     * @return rad/s2, robot's joint order, written in place
     */
    public double[] acceleration() {
        return acceleration;
    }

    /**
     * Target of the gripper's opening.
     *
     * @return m, the sum over both fingers
     */
    public double gripperOpening() {
        return gripperOpening;
    }

    /**
     * Sets the gripper's target.
     *
     * @param metres the sum over both fingers, m
     */
    public void gripperOpening(double metres) {
        gripperOpening = metres;
    }
}
