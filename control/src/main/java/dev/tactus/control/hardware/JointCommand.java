package dev.tactus.control.hardware;

/**
 * What is sent to a robot in one cycle, read in place by {@link HardwareInterface#write}. Torques are meant as in
 * libfranka's torque interface: the robot compensates gravity itself, so zero lets a balanced arm float. One thread owns
 * it: the control thread.
 */
public final class JointCommand {
    private final double[] effort;
    private double gripperOpening;

    /**
     * Makes a command of zeros.
     *
     * @param joints number of joints
     */
    public JointCommand(int joints) {
        effort = new double[joints];
    }

    /**
     * Number of joints.
     *
     * @return joints
     */
    public int joints() {
        return effort.length;
    }

    /**
     * Joint torques beside gravity compensation.
     *
     * @return Nm, robot's joint order, written in place by the control loop
     */
    public double[] effort() {
        return effort;
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
