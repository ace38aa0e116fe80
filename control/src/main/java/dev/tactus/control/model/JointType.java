package dev.tactus.control.model;

/** How a joint moves its link against the parent. */
public enum JointType {
    /** Not at all. */
    FIXED,
    /** It turns about its axis, between limits. */
    REVOLUTE,
    /** It turns about its axis, without end. */
    CONTINUOUS,
    /** It slides along its axis, between limits. */
    PRISMATIC
}
