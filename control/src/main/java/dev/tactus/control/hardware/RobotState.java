package dev.tactus.control.hardware;

/**
 * What a robot measured, written in place by {@link HardwareInterface#read}. One thread owns it: the control thread. The
 * arrays are handed out as they are; only the driver writes them.
 */
public final class RobotState {
    private final double[] position;
    private final double[] velocity;
    private final double[] effort;
    private final double[] baseOrientation = {0, 0, 0, 1};
    private final double[] baseAngularVelocity = new double[3];
    private final double[] baseLinearAcceleration = new double[3];
    private boolean hasImu;
    private double gripperOpening;
    private long stampNs;

    /**
     * Makes a state of zeros, without IMU.
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
     * Whether the robot has an inertial measurement unit. Without one the base's orientation is the identity and its
     * angular velocity and linear acceleration are zero.
     *
     * @return whether the driver fills what the IMU measures
     */
    public boolean hasImu() {
        return hasImu;
    }

    /**
     * Says whether the robot has an inertial measurement unit.
     *
     * @param has whether the driver fills what it measures
     */
    public void hasImu(boolean has) {
        hasImu = has;
    }

    /**
     * Orientation of the base in the world, as the IMU estimates it.
     *
     * @return unit quaternion x, y, z, w (REP-103) that turns base coordinates into world coordinates, written in place
     *     by the driver
     */
    public double[] baseOrientation() {
        return baseOrientation;
    }

    /**
     * Angular velocity of the base, as the IMU's gyroscope measures it.
     *
     * @return rad/s, about the axes of the base frame, written in place by the driver
     */
    public double[] baseAngularVelocity() {
        return baseAngularVelocity;
    }

    /**
     * Linear acceleration at the IMU, as its accelerometer measures it: gravity shows as +9.81 upwards at rest.
     *
     * @return m/s2, along the axes of the base frame, written in place by the driver
     */
    public double[] baseLinearAcceleration() {
        return baseLinearAcceleration;
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

    /**
     * Takes over another state's content.
     *
     * @param other a state of as many joints
     */
    public void copyFrom(RobotState other) {
        int joints = position.length;
        System.arraycopy(other.position, 0, position, 0, joints);
        System.arraycopy(other.velocity, 0, velocity, 0, joints);
        System.arraycopy(other.effort, 0, effort, 0, joints);
        System.arraycopy(other.baseOrientation, 0, baseOrientation, 0, baseOrientation.length);
        System.arraycopy(other.baseAngularVelocity, 0, baseAngularVelocity, 0, baseAngularVelocity.length);
        System.arraycopy(other.baseLinearAcceleration, 0, baseLinearAcceleration, 0, baseLinearAcceleration.length);
        hasImu = other.hasImu;
        gripperOpening = other.gripperOpening;
        stampNs = other.stampNs;
    }
}
