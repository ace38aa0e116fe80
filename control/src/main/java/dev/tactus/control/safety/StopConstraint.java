package dev.tactus.control.safety;

import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.LimitKind;
import dev.tactus.control.model.RobotConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What must hold of all joints together, now and along the stop that would follow. Owned by one thread. */
interface StopConstraint {
    /**
     * What a distance keeps back, m. Where it is short, looks are {@link StopProfile#SHORTEST_S} apart; a distance that is
     * not negative at both of two looks is, in between, no less than - d h^2 / 8 with d its second derivative, which at
     * 100 m/s2 makes 0.2 mm.
     */
    double GUARD_M = 1e-3;

    /**
     * For how long the constraint surely holds from a sample on.
     *
     * @param q rad, robot's joint order
     * @param v rad/s
     * @param a rad/s2
     * @param fastest rad/s, the greatest speed of each joint from here to rest
     * @return s, infinite where nothing moves; negative if the constraint does not hold at the sample itself
     */
    double holdsFor(double[] q, double[] v, double[] a, double[] fastest);

    /**
     * Whether acceleration counts, so that the ramps at the beginning of a stop want looks of their own.
     *
     * @return whether it does
     */
    default boolean dependsOnAcceleration() {
        return false;
    }

    /**
     * What is counted where it does not hold.
     *
     * @return the kind
     */
    Intervention kind();

    /**
     * The limit that this is.
     *
     * @return its place in the robot's order of priority
     */
    LimitKind limit();

    /** The constraints of a robot, in its order of priority. */
    static StopConstraint[] of(RobotConfig robot, KinematicTree tree) {
        List<StopConstraint> all = new ArrayList<>();
        robot.workspace().ifPresent(box -> all.add(new WorkspaceConstraint(robot, tree, box)));
        robot.selfCollision().ifPresent(figures -> all.add(new CollisionConstraint(robot, tree, figures)));
        if (TorqueConstraint.appliesTo(robot)) {
            all.add(new TorqueConstraint(robot, tree));
        }
        all.sort(Comparator.comparingInt(constraint -> robot.limitPriority().indexOf(constraint.limit())));
        return all.toArray(StopConstraint[]::new);
    }
}
