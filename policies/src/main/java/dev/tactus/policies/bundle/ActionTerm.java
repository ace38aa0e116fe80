package dev.tactus.policies.bundle;

import java.util.List;

/**
 * One term of an action, in the order in which terms are concatenated.
 *
 * @param name unique name within the policy
 * @param kind what the numbers mean
 * @param size how many numbers
 * @param joints joint names in the term's own order; empty if the term is not about joints
 * @param frame the frame in which a pose is expressed; empty if it is not a pose
 * @param subject the frame that is commanded; empty if it is not a pose
 * @param unit unit of the numbers as {@code kind} says them
 * @param rotation how a rotation is written
 * @param relativeTo what the numbers are relative to; empty for absolute actions
 * @param discrete whether the physical value is only ever -1 or +1 (a gripper): thresholded at 0 on output
 * @param normalisation how the numbers enter the network
 */
public record ActionTerm(
        String name,
        TermKind kind,
        int size,
        List<String> joints,
        String frame,
        String subject,
        String unit,
        Rotation rotation,
        String relativeTo,
        boolean discrete,
        Normalisation normalisation) {

    /**
     * The same term with another normalisation, as training fits it.
     *
     * @param fitted the normalisation
     * @return the term
     */
    public ActionTerm with(Normalisation fitted) {
        return new ActionTerm(name, kind, size, joints, frame, subject, unit, rotation, relativeTo, discrete, fitted);
    }
}
