package dev.tactus.control.model;

/**
 * What a URDF says about a link's mass: checked to be that of a body that can exist, and turned into the link's axes.
 *
 * @param mass kg
 * @param centre centre of mass in the link's frame, m
 * @param matrix inertia about the centre of mass along the link's axes, 3x3 row by row, kg m^2
 */
record UrdfInertia(double mass, double[] centre, double[] matrix) {
    /** Published inertias are rounded; this much of their trace is forgiven. */
    private static final double ROUNDING = 1e-6;
    /** No link of a robot has its mass further from its centre, m; inertias in kg mm2 or g cm2 look like that. */
    private static final double MAX_GYRATION = 5;

    static UrdfInertia of(XmlElement link, boolean moves) {
        if (link.child("inertial").isEmpty()) {
            if (moves) {
                throw link.error("is moved by a joint but has no <inertial>. Give it a mass and an inertia.");
            }
            return new UrdfInertia(0, new double[3], new double[9]);
        }
        XmlElement inertial = link.requireChild("inertial");
        double[] centre = {0, 0, 0};
        double[] rotation = UrdfReader.rotation(centre);
        if (inertial.child("origin").isPresent()) {
            centre = inertial.requireChild("origin").triple("xyz", 0, 0, 0);
            double[] rpy = inertial.requireChild("origin").triple("rpy", 0, 0, 0);
            UrdfReader.requireRadian(inertial.requireChild("origin"), rpy);
            rotation = UrdfReader.rotation(rpy);
        }
        double mass = inertial.requireChild("mass").number("value");
        if (mass <= 0) {
            throw inertial.requireChild("mass")
                    .error("of link '" + link.text("name") + "' is " + mass
                            + " kg; it must be greater than zero. A frame without mass has no <inertial>.");
        }
        XmlElement element = inertial.requireChild("inertia");
        double xy = element.number("ixy");
        double xz = element.number("ixz");
        double yz = element.number("iyz");
        double[] given = {element.number("ixx"), xy, xz, xy, element.number("iyy"), yz, xz, yz, element.number("izz")};
        check(link, element, given);
        double gyration = Math.sqrt((given[0] + given[4] + given[8]) / (2 * mass));
        if (gyration > MAX_GYRATION) {
            throw element.error("of link '" + link.text("name") + "' is that of " + mass + " kg at " + gyration
                    + " m from their centre: that looks like another unit. Write kg m2.");
        }
        return new UrdfInertia(mass, centre, rotated(rotation, given));
    }

    /** A body's principal moments are positive, and none exceeds the sum of the other two. */
    private static void check(XmlElement link, XmlElement element, double[] inertia) {
        double trace = inertia[0] + inertia[4] + inertia[8];
        double slack = ROUNDING * Math.abs(trace);
        if (!positiveDefinite(inertia, 0)) {
            throw element.error("of link '" + link.text("name") + "' is not positive definite, so no body has it. Check"
                    + " the signs and the size of its six numbers.");
        }
        double[] spread = new double[9];
        for (int i = 0; i < 9; i++) {
            spread[i] = (i % 4 == 0 ? trace / 2 : 0) - inertia[i];
        }
        if (!positiveDefinite(spread, slack)) {
            throw element.error("of link '" + link.text("name") + "' has a principal moment greater than the other two"
                    + " together, so no body has it. Check its six numbers.");
        }
    }

    /** Sylvester's criterion for matrix + slack * identity. */
    private static boolean positiveDefinite(double[] m, double slack) {
        double a = m[0] + slack;
        double b = m[4] + slack;
        double c = m[8] + slack;
        double minor = a * b - m[1] * m[1];
        double determinant = c * minor - m[5] * (a * m[5] - m[1] * m[2]) + m[2] * (m[1] * m[5] - b * m[2]);
        return a > 0 && minor > 0 && determinant > 0;
    }

    /** R I R^T. */
    private static double[] rotated(double[] r, double[] inertia) {
        double[] out = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        out[3 * i + j] += r[3 * i + k] * inertia[3 * k + l] * r[3 * j + l];
                    }
                }
            }
        }
        return out;
    }
}
