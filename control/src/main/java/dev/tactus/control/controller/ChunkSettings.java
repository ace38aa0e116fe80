package dev.tactus.control.controller;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.command.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a controller reads the rows of an action chunk and how fast it may follow them.
 *
 * @param controlPeriodNs P, length of a policy tick, ns
 * @param elements where in a row the elements are that the controller wants, in its order: for an end-effector pose
 *     nine, the position in m and the first two columns of the rotation, in the robot's base frame; for joint positions
 *     one a joint, in the robot's joint order, in rad
 * @param gripperElement index of the gripper's element within a row, above 0 opens, otherwise closes; empty where the
 *     policy has no gripper, whose target then stays where it was at the start
 * @param referenceSpeed how far ahead of the reference a joint's target may be, per period, rad/s
 * @param leastReplanNs the least time left of a tick for which a newer chunk changes the motion within it, ns; the whole
 *     period where chunks take over at the beginnings of ticks only. Half a period is the choice: waiting for ticks costs
 *     up to a period of the observation's age (on fr3-lift with real-time iteration and a delay of 5 ms 74 instead of
 *     29 ms at the median) and is worth a fifth of the jerk (192 instead of 239 rad/s3 rms), of which the robot allows
 *     5000; it lifted 50 of 50 either way
 * @param smoothingS time constant of each of the two lags that smooth the targets, s; 0 for none
 */
public record ChunkSettings(
        long controlPeriodNs,
        List<Integer> elements,
        OptionalInt gripperElement,
        double referenceSpeed,
        long leastReplanNs,
        double smoothingS) {
    /** Reference speed unless told otherwise, rad/s. */
    public static final double REFERENCE_SPEED = 2.0;

    /** Smoothing for demonstrations, s. A policy runs with the smoothing that it was trained with: its bundle records it. */
    public static final double SMOOTHING_S = 0.08;

    private static final int POSE_SIZE = 9;

    /** Checks the numbers. */
    public ChunkSettings {
        if (controlPeriodNs <= 0 || leastReplanNs <= 0 || leastReplanNs > controlPeriodNs) {
            throw new IllegalArgumentException("control period " + controlPeriodNs + " ns, least replan time "
                    + leastReplanNs + " ns; allowed is 0 < least replan time <= control period");
        }
        if (!(referenceSpeed > 0) || !(smoothingS >= 0)) {
            throw new IllegalArgumentException("reference speed " + referenceSpeed + " rad/s, smoothing " + smoothingS
                    + " s; allowed is a speed above 0 and a smoothing of 0 or more");
        }
        elements = List.copyOf(elements);
    }

    /**
     * Finds the elements of {@link EndEffectorController} in an action.
     *
     * @param actions the action's terms in order
     * @param controlPeriodNs length of a policy tick, ns
     * @param smoothingS time constant of each of the two lags that smooth the targets, s
     * @return the settings
     * @throws BadInputException if there is no absolute end-effector pose of 9 elements or no gripper element
     */
    public static ChunkSettings endEffector(List<ActionTerm> actions, long controlPeriodNs, double smoothingS) {
        int pose = find(actions, TermKind.END_EFFECTOR_POSE, POSE_SIZE)
                .orElseThrow(() -> missing(actions, TermKind.END_EFFECTOR_POSE, POSE_SIZE));
        int gripper = find(actions, TermKind.GRIPPER, 1).orElseThrow(() -> missing(actions, TermKind.GRIPPER, 1));
        List<Integer> elements = new ArrayList<>();
        for (int i = 0; i < POSE_SIZE; i++) {
            elements.add(pose + i);
        }
        return of(controlPeriodNs, elements, OptionalInt.of(gripper), smoothingS);
    }

    /**
     * Finds the elements of {@link JointPositionController} in an action, joint by joint by name.
     *
     * @param actions the action's terms in order
     * @param joints the robot's joints in order
     * @param controlPeriodNs length of a policy tick, ns
     * @param smoothingS time constant of each of the two lags that smooth the targets, s
     * @return the settings
     * @throws BadInputException if a joint has no absolute position in the action
     */
    public static ChunkSettings jointPosition(
            List<ActionTerm> actions, List<String> joints, long controlPeriodNs, double smoothingS) {
        List<Integer> elements = new ArrayList<>();
        for (String joint : joints) {
            int element = 0;
            int found = -1;
            for (ActionTerm term : actions) {
                boolean absolute = term.relativeTo().isEmpty();
                if (term.kind() == TermKind.JOINT_POSITION
                        && absolute
                        && term.joints().contains(joint)) {
                    found = element + term.joints().indexOf(joint);
                }
                element += term.size();
            }
            if (found < 0) {
                throw new BadInputException("the action has no absolute position of joint " + joint
                        + ", which the joint position controller needs; its terms are " + words(actions));
            }
            elements.add(found);
        }
        return of(controlPeriodNs, elements, find(actions, TermKind.GRIPPER, 1), smoothingS);
    }

    private static ChunkSettings of(
            long controlPeriodNs, List<Integer> elements, OptionalInt gripper, double smoothingS) {
        return new ChunkSettings(controlPeriodNs, elements, gripper, REFERENCE_SPEED, controlPeriodNs / 2, smoothingS);
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

    private static OptionalInt find(List<ActionTerm> actions, TermKind kind, int size) {
        int element = 0;
        for (ActionTerm term : actions) {
            if (term.kind() == kind && term.size() == size && term.relativeTo().isEmpty()) {
                return OptionalInt.of(element);
            }
            element += term.size();
        }
        return OptionalInt.empty();
    }

    private static BadInputException missing(List<ActionTerm> actions, TermKind kind, int size) {
        return new BadInputException("the action has no absolute term of kind " + kind + " with " + size
                + " elements, which the end-effector controller needs; its terms are " + words(actions));
    }

    private static List<String> words(List<ActionTerm> actions) {
        return actions.stream()
                .map(term -> term.name() + " (" + term.kind() + ", " + term.size() + ")")
                .toList();
    }
}
