package dev.tactus.policies.contract;

import java.util.List;
import java.util.Optional;

/**
 * A deployment contract as Isaac Lab's users write it ({@code deploy.yaml}). Two joint orders meet in it: that of the
 * robot's motors, in which gains are, and that of the policy, in which defaults, actions and observations are.
 *
 * @param joints joint names in the order of the motors
 * @param motorOfJoint for each joint of the policy its index among the motors
 * @param stepS time between two actions, s
 * @param stiffness Nm/rad, in the order of the motors
 * @param damping Nms/rad, in the order of the motors
 * @param defaultPosition rad, in the order of the policy
 * @param actions action terms in order
 * @param inputs groups of observation terms, one for each input of the network
 * @param notes what of the file has no place in a policy's description
 */
record DeployContract(
        List<String> joints,
        List<Integer> motorOfJoint,
        double stepS,
        double[] stiffness,
        double[] damping,
        double[] defaultPosition,
        List<Action> actions,
        List<Group> inputs,
        List<String> notes) {

    /**
     * An action: {@code clip(raw * scale + offset)}.
     *
     * @param name the framework's name of it, which says its kind
     * @param jointIds joints of the policy that it moves
     * @param scale one per joint
     * @param offset one per joint
     * @param clip [joint][least, greatest], in physical units; empty for none
     */
    record Action(String name, List<Integer> jointIds, double[] scale, double[] offset, Optional<double[][]> clip) {}

    /**
     * The observation terms of an input.
     *
     * @param name of the input; empty if the contract has one unnamed group
     * @param timeMajor whether histories are laid out step by step instead of term by term
     * @param terms in order
     */
    record Group(Optional<String> name, boolean timeMajor, List<Observation> terms) {}

    /**
     * An observation term: {@code clip(value) * scale}, or {@code clip(value * scale)}.
     *
     * @param name the framework's name of it, which says its meaning
     * @param scale one per element; empty if the file does not say how many elements there are
     * @param same the one scale of every element where {@code scale} is empty
     * @param clip least and greatest; empty for none
     * @param scaleFirst whether it is scaled before it is clipped
     * @param history steps, oldest first
     */
    record Observation(
            String name, double[] scale, double same, Optional<double[]> clip, boolean scaleFirst, int history) {}

    /** Joint names in the order of the policy. */
    List<String> policyJoints() {
        return motorOfJoint.stream().map(joints::get).toList();
    }
}
