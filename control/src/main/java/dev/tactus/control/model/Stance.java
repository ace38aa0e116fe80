package dev.tactus.control.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a legged robot gets up and how it goes down.
 *
 * @param postures by name, in the order in which standing up goes through them; lying down goes back
 * @param damping Nms/rad, joint order: what is left of the drives' law when the robot is damped, so that it sinks
 *     slowly instead of falling. Shared: read it only.
 */
public record Stance(Map<String, Posture> postures, double[] damping) {

    /**
     * Makes the stance.
     *
     * @param postures by name, in the order of standing up, copied
     * @param damping Nms/rad, joint order, copied
     */
    public Stance {
        postures = Collections.unmodifiableMap(new LinkedHashMap<>(postures));
        damping = damping.clone();
    }
}
