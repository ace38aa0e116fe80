package dev.tactus.control.controller;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.command.BadInputException;
import java.util.List;

/**
 * How {@link EndEffectorController} reads the rows of an action chunk and how fast it may follow them.
 *
 * @param controlPeriodNs P, length of a policy tick, ns
 * @param poseElement index of the first of nine pose elements within a row: position in m, then the first two columns of
 *     the rotation, in the robot's base frame
 * @param gripperElement index of the gripper's element within a row: above 0 opens, otherwise closes
 * @param referenceSpeed how far ahead of the reference a joint's target may be, per period, rad/s
 * @param leastReplanNs the least time left of a tick for which a newer chunk changes the motion within it, ns
 * @param smoothingS time constant of each of the two lags that smooth the targets, s; 0 for none
 */
public record EndEffectorSettings(
        long controlPeriodNs,
        int poseElement,
        int gripperElement,
        double referenceSpeed,
        long leastReplanNs,
        double smoothingS) {
    /** Reference speed unless told otherwise, rad/s. */
    public static final double REFERENCE_SPEED = 2.0;

    /** Smoothing for demonstrations, s. A policy runs with the smoothing that it was trained with: its bundle records it. */
    public static final double SMOOTHING_S = 0.08;

    private static final int POSE_SIZE = 9;

    /** Checks the numbers. */
    public EndEffectorSettings {
        if (controlPeriodNs <= 0 || leastReplanNs <= 0 || leastReplanNs > controlPeriodNs) {
            throw new IllegalArgumentException("control period " + controlPeriodNs + " ns, least replan time "
                    + leastReplanNs + " ns; allowed is 0 < least replan time <= control period");
        }
        if (!(referenceSpeed > 0) || !(smoothingS >= 0)) {
            throw new IllegalArgumentException("reference speed " + referenceSpeed + " rad/s, smoothing " + smoothingS
                    + " s; allowed is a speed above 0 and a smoothing of 0 or more");
        }
    }

    /**
     * Finds the elements in an action. A newer chunk changes a tick's motion while at least half of it is left.
     *
     * @param actions the action's terms in order
     * @param controlPeriodNs length of a policy tick, ns
     * @param smoothingS time constant of each of the two lags that smooth the targets, s
     * @return the settings
     * @throws BadInputException if there is no absolute end-effector pose of 9 elements or no gripper element
     */
    public static EndEffectorSettings of(List<ActionTerm> actions, long controlPeriodNs, double smoothingS) {
        int pose = find(actions, TermKind.END_EFFECTOR_POSE, POSE_SIZE);
        int gripper = find(actions, TermKind.GRIPPER, 1);
        return new EndEffectorSettings(
                controlPeriodNs, pose, gripper, REFERENCE_SPEED, controlPeriodNs / 2, smoothingS);
    }

    /**
     * The policy tick from which on a chunk is followed: the present one while enough of it is left, else the next.
     *
     * @param sinceStartNs how long the episode lasts when the chunk arrives, ns
     * @return the tick
     */
    public long takeOverTick(long sinceStartNs) {
        return Math.ceilDiv(sinceStartNs + leastReplanNs - controlPeriodNs, controlPeriodNs);
    }

    private static int find(List<ActionTerm> actions, TermKind kind, int size) {
        int element = 0;
        for (ActionTerm term : actions) {
            if (term.kind() == kind && term.size() == size && term.relativeTo().isEmpty()) {
                return element;
            }
            element += term.size();
        }
        throw new BadInputException("the action has no absolute term of kind " + kind + " with " + size
                + " elements, which the end-effector controller needs; its terms are "
                + actions.stream()
                        .map(term -> term.name() + " (" + term.kind() + ", " + term.size() + ")")
                        .toList());
    }
}
