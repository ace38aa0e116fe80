package dev.tactus.policies.bundle;

import java.util.List;
import java.util.Optional;

/**
 * One term of an observation, in the order in which terms are concatenated.
 *
 * @param name unique name within the policy
 * @param kind what the numbers mean
 * @param size how many numbers
 * @param joints joint names in the term's own order; empty if the term is not about joints
 * @param frame the frame in which a pose is expressed; empty if it is not a pose
 * @param subject the frame or object whose pose it is; empty if it is not a pose
 * @param unit unit of the numbers as {@code kind} says them, for example {@code rad} or {@code m}
 * @param rotation how a rotation is written
 * @param history how many steps, oldest first, newest at the policy's tick
 * @param alignment which measurement stands for a policy tick
 * @param image size and colour order if it is a picture, else empty
 * @param normalisation how the numbers enter the network
 */
public record ObservationTerm(
        String name,
        TermKind kind,
        int size,
        List<String> joints,
        String frame,
        String subject,
        String unit,
        Rotation rotation,
        int history,
        TimeAlignment alignment,
        Optional<ImageFormat> image,
        Normalisation normalisation) {

    /**
     * A term that is no picture and takes the latest measurement for a tick.
     *
     * @param name unique name within the policy
     * @param kind what the numbers mean
     * @param size how many numbers
     * @param joints joint names in the term's own order; empty if the term is not about joints
     * @param frame the frame in which a pose is expressed; empty if it is not a pose
     * @param subject the frame or object whose pose it is; empty if it is not a pose
     * @param unit unit of the numbers as {@code kind} says them
     * @param rotation how a rotation is written
     * @param history how many steps, oldest first, newest at the policy's tick
     * @param normalisation how the numbers enter the network
     */
    public ObservationTerm(
            String name,
            TermKind kind,
            int size,
            List<String> joints,
            String frame,
            String subject,
            String unit,
            Rotation rotation,
            int history,
            Normalisation normalisation) {
        this(
                name,
                kind,
                size,
                joints,
                frame,
                subject,
                unit,
                rotation,
                history,
                TimeAlignment.LATEST,
                Optional.empty(),
                normalisation);
    }

    /**
     * The same term with another normalisation, as training fits it.
     *
     * @param fitted the normalisation
     * @return the term
     */
    public ObservationTerm with(Normalisation fitted) {
        return new ObservationTerm(
                name, kind, size, joints, frame, subject, unit, rotation, history, alignment, image, fitted);
    }
}
