package dev.tactus.control.dynamics;

/**
 * Where a robot's frames are in the world, how fast they move, and what they are accelerated by without any acceleration of
 * the joints. Call {@link #update(double[])} or {@link #update(double[], double[])} first; the other methods answer for
 * that state. Allocates in the constructor only; one thread at a time.
 *
 * <p>Poses in m, matrices by rows; six-vectors are that of the frame's origin (m/s, m/s^2), then the angular one (rad/s,
 * rad/s^2), both along the <em>world's</em> axes. A fixed base's root link is the world.
 */
public final class FrameKinematics {
    /** Doubles a body, in both arrays. */
    static final int STRIDE = BodyPoses.STRIDE;

    final MultibodyModel model;
    /** Rotation by rows, position. */
    final double[] pose;
    /** Velocity of the origin, angular velocity, acceleration of the origin, angular acceleration. */
    final double[] motion;

    private final BodyPoses poses;

    /**
     * Makes room for one robot.
     *
     * @param model the robot
     */
    public FrameKinematics(MultibodyModel model) {
        this.model = model;
        poses = new BodyPoses(model);
        pose = poses.values;
        motion = new double[STRIDE * model.bodies];
    }

    /**
     * Poses of all frames. Velocities are left as they were.
     *
     * @param q configuration, nq
     */
    public void update(double[] q) {
        poses.inWorld(q);
    }

    /**
     * Poses and velocities of all frames, and their accelerations without acceleration of base and joints.
     *
     * @param q configuration, nq
     * @param v velocity, nv
     */
    public void update(double[] q, double[] v) {
        update(q);
        moveBase(v);
        double[] w = pose;
        double[] m = motion;
        for (int body = 1; body < model.bodies; body++) {
            int t = STRIDE * body;
            int p = STRIDE * model.parent[body];
            double rate = v[model.inV[body]];
            double zx = rate * w[t + 2];
            double zy = rate * w[t + 5];
            double zz = rate * w[t + 8];
            carry(p, t, w[t + 9] - w[p + 9], w[t + 10] - w[p + 10], w[t + 11] - w[p + 11]);
            double wx = m[p + 3];
            double wy = m[p + 4];
            double wz = m[p + 5];
            // linear rows for a sliding joint, with twice the cross product (Coriolis)
            int at = model.slides[body] ? t : t + 3;
            double twice = model.slides[body] ? 2 : 1;
            m[at] += zx;
            m[at + 1] += zy;
            m[at + 2] += zz;
            m[at + 6] += twice * (wy * zz - wz * zy);
            m[at + 7] += twice * (wz * zx - wx * zz);
            m[at + 8] += twice * (wx * zy - wy * zx);
        }
    }

    /** With no derivative of its velocity in its own axes, the base's origin has the acceleration w x v. */
    private void moveBase(double[] v) {
        if (!model.floating) {
            return;
        }
        double[] w = pose;
        double[] m = motion;
        for (int row = 0; row < 3; row++) {
            double a = w[3 * row];
            double b = w[3 * row + 1];
            double c = w[3 * row + 2];
            m[row] = a * v[0] + b * v[1] + c * v[2];
            m[3 + row] = a * v[3] + b * v[4] + c * v[5];
        }
        m[6] = m[4] * m[2] - m[5] * m[1];
        m[7] = m[5] * m[0] - m[3] * m[2];
        m[8] = m[3] * m[1] - m[4] * m[0];
    }

    /** The motion of a point of a body, d away from the body's origin. */
    private void carry(int body, int to, double dx, double dy, double dz) {
        carry(motion, body, motion, to, dx, dy, dz);
        acceleration(body, motion, to + 6, dx, dy, dz);
    }

    private static void carry(double[] m, int body, double[] out, int to, double dx, double dy, double dz) {
        double wx = m[body + 3];
        double wy = m[body + 4];
        double wz = m[body + 5];
        out[to] = m[body] + wy * dz - wz * dy;
        out[to + 1] = m[body + 1] + wz * dx - wx * dz;
        out[to + 2] = m[body + 2] + wx * dy - wy * dx;
        out[to + 3] = wx;
        out[to + 4] = wy;
        out[to + 5] = wz;
    }

    private void acceleration(int body, double[] out, int to, double dx, double dy, double dz) {
        double[] m = motion;
        double wx = m[body + 3];
        double wy = m[body + 4];
        double wz = m[body + 5];
        double ax = m[body + 9];
        double ay = m[body + 10];
        double az = m[body + 11];
        double sx = wy * dz - wz * dy;
        double sy = wz * dx - wx * dz;
        double sz = wx * dy - wy * dx;
        out[to] = m[body + 6] + ay * dz - az * dy + wy * sz - wz * sy;
        out[to + 1] = m[body + 7] + az * dx - ax * dz + wz * sx - wx * sz;
        out[to + 2] = m[body + 8] + ax * dy - ay * dx + wx * sy - wy * sx;
        out[to + 3] = ax;
        out[to + 4] = ay;
        out[to + 5] = az;
    }

    /**
     * A component of a frame's position.
     *
     * @param frame its number ({@link MultibodyModel#frame})
     * @param k 0 x, 1 y, 2 z
     * @return m, in the world
     */
    public double position(int frame, int k) {
        return pose[STRIDE * model.frameBody[frame] + 9 + k] + offset(frame, k);
    }

    /** From the origin of the frame's body to the frame, along the world's axes. */
    double offset(int frame, int k) {
        double[] w = pose;
        double[] local = model.framePose;
        int t = STRIDE * model.frameBody[frame] + 3 * k;
        int f = 12 * frame + 9;
        return w[t] * local[f] + w[t + 1] * local[f + 1] + w[t + 2] * local[f + 2];
    }

    /**
     * An element of a frame's rotation matrix.
     *
     * @param frame its number
     * @param k 0 to 8, by rows
     * @return the element; columns are the frame's axes in the world
     */
    public double rotation(int frame, int k) {
        double[] w = pose;
        double[] local = model.framePose;
        int t = STRIDE * model.frameBody[frame] + k / 3 * 3;
        int f = 12 * frame + k % 3;
        return w[t] * local[f] + w[t + 1] * local[f + 3] + w[t + 2] * local[f + 6];
    }

    /**
     * Copies a frame's pose.
     *
     * @param frame its number
     * @param position receives x, y, z; m
     * @param rotation receives nine elements, by rows
     */
    public void copyPose(int frame, double[] position, double[] rotation) {
        for (int k = 0; k < 3; k++) {
            position[k] = position(frame, k);
        }
        for (int k = 0; k < 9; k++) {
            rotation[k] = rotation(frame, k);
        }
    }

    /**
     * A frame's velocity; needs {@link #update(double[], double[])}.
     *
     * @param frame its number
     * @param out receives the velocity of the origin, then the angular velocity; world axes
     */
    public void velocity(int frame, double[] out) {
        int body = STRIDE * model.frameBody[frame];
        carry(motion, body, out, 0, offset(frame, 0), offset(frame, 1), offset(frame, 2));
    }

    /**
     * What the velocities alone accelerate a frame by, the Jacobian's derivative times v; needs
     * {@link #update(double[], double[])}. The frame's whole acceleration is J a + this. Without gravity.
     *
     * @param frame its number
     * @param out receives the acceleration of the origin, then the angular acceleration; world axes
     */
    public void biasAcceleration(int frame, double[] out) {
        int body = STRIDE * model.frameBody[frame];
        acceleration(body, out, 0, offset(frame, 0), offset(frame, 1), offset(frame, 2));
    }
}
