package dev.tactus.control.hardware;

/**
 * What a robot measured, written in place by {@link HardwareInterface#read}. One thread owns it: the control thread. The
 * arrays are handed out as they are; only the driver writes them.
 */
public final class RobotState {
    private final double[] position;
    private final double[] velocity;
    private final double[] effort;
    private double gripperOpening;
    private long stampNs;

    /**
     * Makes a state of zeros.
     *
     * @param joints number of joints
     */
    public RobotState(int joints) {
        position = new double[joints];
        velocity = new double[joints];
        effort = new double[joints];
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
     * @return rad, robot's joint order, written in place by the driver
     */
    public double[] position() {
        return position;
    }

    /**
     * Joint velocities.
     *
     * @return rad/s, robot's joint order, written in place by the driver
     */
    public double[] velocity() {
        return velocity;
    }

    /**
     * Measured joint torques.
     *
     * @return Nm, robot's joint order, written in place by the driver
     */
    public double[] effort() {
        return effort;
    }

    /**
     * Opening of the gripper, the sum over both fingers.
     *
     * @return m; 0 for a robot without one
     */
    public double gripperOpening() {
        return gripperOpening;
    }

    /**
     * Sets the gripper's opening.
     *
     * @param metres the sum over both fingers, m
     */
    public void gripperOpening(double metres) {
        gripperOpening = metres;
    }

    /**
     * When this was measured.
     *
     * @return ns on the loop's clock
     */
    public long stampNs() {
        return stampNs;
    }

    /**
     * Sets the time of measurement.
     *
     * @param nanoseconds ns on the loop's clock
     */
    public void stampNs(long nanoseconds) {
        stampNs = nanoseconds;
    }
}
