package dev.tactus.control.model;

import java.util.List;

/**
 * The shape of a robot for keeping it off itself. Pairs that are not listed are neighbours, or can never meet within the
 * position limits.
 *
 * @param margin m, the least distance that two capsules of a pair keep; not negative
 * @param capsules the shapes, each moving with a link
 * @param pairs those that are held against each other
 */
public record SelfCollision(double margin, List<Capsule> capsules, List<CapsulePair> pairs) {

    /**
     * Makes the shape.
     *
     * @param margin m, not negative
     * @param capsules the shapes, copied
     * @param pairs those that are held against each other, copied
     */
    public SelfCollision {
        capsules = List.copyOf(capsules);
        pairs = List.copyOf(pairs);
    }
}
