package dev.tactus.control.hardware;

import dev.tactus.control.model.CommandInterface;

/**
 * What is sent to a robot in one cycle, read in place by {@link HardwareInterface#write}. The {@link #mode} says which of
 * its arrays count:
 *
 * <ul>
 *   <li>{@code EFFORT}: {@link #effort}, beside gravity compensation, as in libfranka's torque interface: the robot
 *       compensates gravity itself, so zero lets a balanced arm float.
 *   <li>{@code POSITION}: {@link #position}, with {@link #velocity} as feed-forward; the drives close the loop.
 *   <li>{@code VELOCITY}: {@link #velocity}; the drives close the loop.
 *   <li>{@code JOINT_PD}: the drives make {@code tau = stiffness (position - q) + damping (velocity - dq) + effort}, as
 *       Unitree's low-level interface does.
 * </ul>
 *
 * <p>All arrays are in the robot's joint order and are written in place. One thread owns a command: the control thread.
 */
public final class JointCommand {
    private final double[] position;
    private final double[] velocity;
    private final double[] effort;
    private final double[] stiffness;
    private final double[] damping;
    private CommandInterface mode = CommandInterface.EFFORT;
    private double gripperOpening;

    /**
     * Makes an effort command of zeros.
     *
     * @param joints number of joints
     */
    public JointCommand(int joints) {
        position = new double[joints];
        velocity = new double[joints];
        effort = new double[joints];
        stiffness = new double[joints];
        damping = new double[joints];
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
     * What the drives shall follow.
     *
     * @return the command interface, EFFORT until it is set
     */
    public CommandInterface mode() {
        return mode;
    }

    /**
     * Says what the drives shall follow.
     *
     * @param mode one of the robot's command interfaces
     */
    public void mode(CommandInterface mode) {
        this.mode = mode;
    }

    /**
     * Joint positions; count in POSITION and JOINT_PD.
     *
     * @return rad, robot's joint order, written in place
     */
    public double[] position() {
        return position;
    }

    /**
     * Joint velocities; count in POSITION (feed-forward), VELOCITY and JOINT_PD.
     *
     * @return rad/s, robot's joint order, written in place
     */
    public double[] velocity() {
        return velocity;
    }

    /**
     * Joint torques: in EFFORT beside gravity compensation, in JOINT_PD added to what the drives make.
     *
     * @return Nm, robot's joint order, written in place
     */
    public double[] effort() {
        return effort;
    }

    /**
     * Stiffness of the drives' own loop; counts in JOINT_PD.
     *
     * @return Nm/rad, robot's joint order, written in place
     */
    public double[] stiffness() {
        return stiffness;
    }

    /**
     * Damping of the drives' own loop; counts in JOINT_PD.
     *
     * @return Nms/rad, robot's joint order, written in place
     */
    public double[] damping() {
        return damping;
    }

    /**
     * Target of the gripper's opening; of no effect on robots without one.
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

    /**
     * Takes over another command's content.
     *
     * @param other a command for as many joints
     */
    public void copyFrom(JointCommand other) {
        int joints = effort.length;
        System.arraycopy(other.position, 0, position, 0, joints);
        System.arraycopy(other.velocity, 0, velocity, 0, joints);
        System.arraycopy(other.effort, 0, effort, 0, joints);
        System.arraycopy(other.stiffness, 0, stiffness, 0, joints);
        System.arraycopy(other.damping, 0, damping, 0, joints);
        mode = other.mode;
        gripperOpening = other.gripperOpening;
    }
}
