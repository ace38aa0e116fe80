package dev.tactus.control.hardware;

/**
 * One sample of the motion that the robot shall follow: position, velocity and acceleration that belong together, the
 * gripper's target, and for a robot whose drives close the loop on board ({@code joint_pd}) the gains that they shall do
 * it with. A controller writes it, the safety filter changes what may not be issued. One thread owns it: the control
 * thread.
 */
public final class JointReference {
    private final double[] position;
    private final double[] velocity;
    private final double[] acceleration;
    private final double[] stiffness;
    private final double[] damping;
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
        stiffness = new double[joints];
        damping = new double[joints];
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
     * Stiffness of the drives' own control loop; of no effect on robots that take efforts or positions.
     *
     * @return Nm/rad, robot's joint order, written in place
     */
    public double[] stiffness() {
        return stiffness;
    }

    /**
     * Damping of the drives' own control loop; of no effect on robots that take efforts or positions.
     *
     * @return Nms/rad, robot's joint order, written in place
     */
    public double[] damping() {
        return damping;
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
