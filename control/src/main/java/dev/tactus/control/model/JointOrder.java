package dev.tactus.control.model;

import dev.tactus.policies.command.BadInputException;
import java.util.HashSet;
import java.util.List;

/**
 * A robot's joints in the order of some interface: a maker's SDK, a simulator's asset, a policy. Whoever crosses from
 * one order to another takes the map once and applies it without allocation.
 *
 * @param name the order's name in {@code robot.yaml}
 * @param joints every joint of the robot once, in this order
 */
public record JointOrder(String name, List<String> joints) {

    /**
     * Makes the order.
     *
     * @param name the order's name
     * @param joints every joint once, copied
     */
    public JointOrder {
        joints = List.copyOf(joints);
    }

    /**
     * The map to another order of the same joints, for {@link #apply}.
     *
     * @param other the other order
     * @return for each place in the other order, the place of the same joint in this one; a new array
     * @throws BadInputException if the other has other joints
     */
    public int[] mapTo(JointOrder other) {
        if (!isPermutationOf(other.joints)) {
            throw new BadInputException("the joint orders '" + name + "' (" + String.join(", ", joints) + ") and '"
                    + other.name + "' (" + String.join(", ", other.joints)
                    + ") are not of the same joints. Name every joint once in both.");
        }
        return other.joints.stream().mapToInt(joints::indexOf).toArray();
    }

    /**
     * Whether this order holds exactly certain joints, each once.
     *
     * @param others the joints
     * @return whether it does
     */
    public boolean isPermutationOf(List<String> others) {
        return joints.size() == others.size()
                && new HashSet<>(joints).equals(new HashSet<>(others))
                && new HashSet<>(joints).size() == joints.size();
    }

    /**
     * Writes values in another order. Does not allocate.
     *
     * @param map from {@link #mapTo}
     * @param from values in the order whose {@code mapTo} made the map
     * @param to receives them in the other order; another array
     */
    public static void apply(int[] map, double[] from, double[] to) {
        for (int i = 0; i < map.length; i++) {
            to[i] = from[map[i]];
        }
    }
}
