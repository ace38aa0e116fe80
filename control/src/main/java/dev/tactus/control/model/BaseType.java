package dev.tactus.control.model;

/** How a robot's base stands in the world. */
public enum BaseType {
    /** Bolted down: an arm. */
    FIXED,
    /** Free to move with six degrees of freedom that no motor drives: a legged robot. */
    FLOATING
}
