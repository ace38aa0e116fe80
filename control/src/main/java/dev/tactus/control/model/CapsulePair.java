package dev.tactus.control.model;

/**
 * Two capsules that are held against each other.
 *
 * @param first index of one in {@link SelfCollision#capsules}
 * @param second index of the other, greater than the first
 */
public record CapsulePair(int first, int second) {}
