package dev.tactus.control.model;

/**
 * A posture that joint PD drives a legged robot to. The arrays are in joint order and shared: read them only.
 *
 * @param name the posture's name
 * @param position rad, within the position limits
 * @param stiffness Nm/rad, not negative
 * @param damping Nms/rad, not negative
 * @param durationNs ns, how long the way there takes
 */
public record Posture(String name, double[] position, double[] stiffness, double[] damping, long durationNs) {

    /**
     * Makes the posture.
     *
     * @param name the posture's name
     * @param position rad, joint order, copied
     * @param stiffness Nm/rad, joint order, copied
     * @param damping Nms/rad, joint order, copied
     * @param durationNs ns
     */
    public Posture {
        position = position.clone();
        stiffness = stiffness.clone();
        damping = damping.clone();
    }
}
