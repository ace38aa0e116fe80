package dev.tactus.control.safety;

/**
 * The stops of all joints at once, from a common now; the joints come to rest one after the other. Each joint's stop may
 * have begun earlier. Owned by one thread; allocates nothing after construction.
 */
final class StopProfile {
    /** Looks at a constraint are at least this far apart, s. */
    static final double SHORTEST_S = 0.004;

    private static final int RAMP_LOOKS = 3;
    private static final int MOST_LOOKS = 300;

    private final StopMotion[] stops;
    private final double[] elapsed;
    private final double[] q;
    private final double[] v;
    private final double[] a;
    private final double[] laterQ;
    private final double[] laterV;
    private final double[] laterA;
    private final double[] fastest;

    StopProfile(JointBounds[] bounds) {
        int joints = bounds.length;
        stops = new StopMotion[joints];
        for (int joint = 0; joint < joints; joint++) {
            stops[joint] = bounds[joint].newStop();
        }
        elapsed = new double[joints];
        q = new double[joints];
        v = new double[joints];
        a = new double[joints];
        laterQ = new double[joints];
        laterV = new double[joints];
        laterA = new double[joints];
        fastest = new double[joints];
    }

    StopMotion stop(int joint) {
        return stops[joint];
    }

    double position(int joint) {
        return q[joint];
    }

    double velocity(int joint) {
        return v[joint];
    }

    double acceleration(int joint) {
        return a[joint];
    }

    /** Plans one joint's stop from a state, beginning now. */
    void plan(int joint, double position, double velocity, double acceleration) {
        stops[joint].plan(position, velocity, acceleration);
        elapsed[joint] = 0;
        q[joint] = position;
        v[joint] = velocity;
        a[joint] = acceleration;
    }

    /** Takes one joint's stop over from another profile, at its now. */
    void follow(int joint, StopProfile other) {
        stops[joint].copy(other.stops[joint]);
        elapsed[joint] = other.elapsed[joint];
        q[joint] = other.q[joint];
        v[joint] = other.v[joint];
        a[joint] = other.a[joint];
    }

    /** Takes everything over from another profile, which is of no use afterwards until it is planned anew. */
    void take(StopProfile other) {
        for (int joint = 0; joint < stops.length; joint++) {
            StopMotion mine = stops[joint];
            stops[joint] = other.stops[joint];
            other.stops[joint] = mine;
            elapsed[joint] = other.elapsed[joint];
            q[joint] = other.q[joint];
            v[joint] = other.v[joint];
            a[joint] = other.a[joint];
        }
    }

    /** Lets time pass. */
    void advance(double seconds) {
        for (int joint = 0; joint < stops.length; joint++) {
            elapsed[joint] += seconds;
            StopMotion stop = stops[joint];
            stop.at(elapsed[joint]);
            q[joint] = stop.position();
            v[joint] = stop.velocity();
            a[joint] = stop.acceleration();
        }
    }

    /** The kind of the first among so many constraints that does not hold somewhere from now to rest, or null. */
    Intervention violation(StopConstraint[] constraints, int count) {
        double duration = 0;
        double ramp = 0;
        for (int joint = 0; joint < stops.length; joint++) {
            duration = Math.max(duration, stops[joint].durationS() - elapsed[joint]);
            ramp = Math.max(ramp, stops[joint].rampS() - elapsed[joint]);
        }
        for (int i = 0; i < count; i++) {
            if (!holds(constraints[i], Math.max(0, duration), ramp)) {
                return constraints[i].kind();
            }
        }
        return null;
    }

    private boolean holds(StopConstraint constraint, double duration, double ramp) {
        double time = 0;
        while (true) {
            look(time);
            double step = constraint.holdsFor(laterQ, laterV, laterA, fastest);
            if (step < 0) {
                return false;
            }
            if (time >= duration || step >= duration - time && !constraint.dependsOnAcceleration()) {
                return true;
            }
            step = constraint.dependsOnAcceleration() && time < ramp
                    ? Math.min(step, ramp / RAMP_LOOKS)
                    : Math.max(step, Math.max(SHORTEST_S, duration / MOST_LOOKS));
            time = Math.min(duration, time + step); // the last look is at rest
        }
    }

    /** Samples every joint at a time from now. */
    private void look(double seconds) {
        for (int joint = 0; joint < stops.length; joint++) {
            StopMotion stop = stops[joint];
            double time = elapsed[joint] + seconds;
            double peak = 0;
            if (time < stop.peakS()) {
                stop.at(stop.peakS());
                peak = Math.abs(stop.velocity());
            }
            stop.at(time);
            laterQ[joint] = stop.position();
            laterV[joint] = stop.velocity();
            laterA[joint] = stop.acceleration();
            fastest[joint] = Math.max(peak, Math.abs(laterV[joint]));
        }
    }
}
