package dev.tactus.policies.bundle;

/** How a term writes a rotation. */
public enum Rotation {
    /** The term has no rotation. */
    NONE,
    /** The first two columns of the rotation matrix, x axis then y axis, six numbers (Zhou et al., CVPR 2019). */
    COLUMNS_6D,
    /** Unit quaternion in ROS order x, y, z, w. */
    QUATERNION_XYZW
}
