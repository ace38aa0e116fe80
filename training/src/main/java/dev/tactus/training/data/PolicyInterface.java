package dev.tactus.training.data;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.TermKind;
import java.util.ArrayList;
import java.util.List;

/**
 * What a policy for a task sees and commands, before anything is learned. The normalisations of its terms are
 * placeholders that training replaces.
 *
 * @param task the task's name
 * @param robot the robot, a folder of {@code hardware-configs}
 * @param joints the robot's joints in the order of the joint terms
 * @param controlPeriodNs time between two actions, ns
 * @param observations observation terms in order
 * @param actions action terms in order
 * @param stiffness joint stiffness under which demonstrations are made, Nm/rad, in the order of {@code joints}
 * @param damping joint damping under which demonstrations are made, Nms/rad, in the order of {@code joints}
 * @param targetSmoothingS time constant of the lags by which the controller smooths targets in demonstrations, s
 */
public record PolicyInterface(
        String task,
        String robot,
        List<String> joints,
        long controlPeriodNs,
        List<ObservationTerm> observations,
        List<ActionTerm> actions,
        double[] stiffness,
        double[] damping,
        double targetSmoothingS) {

    /**
     * Elements of one observation.
     *
     * @return the sum of its terms
     */
    public int observationSize() {
        return observations.stream().mapToInt(ObservationTerm::size).sum();
    }

    /**
     * Elements of one action.
     *
     * @return the sum of its terms
     */
    public int actionSize() {
        return actions.stream().mapToInt(ActionTerm::size).sum();
    }

    /**
     * The dataset that its demonstrations make. Terms about the robot are its state, terms about objects the state of its
     * environment, as LeRobot divides them.
     *
     * @return the layout
     */
    public DatasetSpec datasetSpec() {
        List<String> state = new ArrayList<>();
        List<String> environment = new ArrayList<>();
        for (ObservationTerm term : observations) {
            (isEnvironment(term) ? environment : state).addAll(ElementNames.of(term));
        }
        List<String> action = new ArrayList<>();
        actions.forEach(term -> action.addAll(ElementNames.of(term)));
        int fps = Math.toIntExact(Math.round(1e9 / controlPeriodNs));
        return new DatasetSpec(robot, fps, List.copyOf(state), List.copyOf(environment), List.copyOf(action));
    }

    /**
     * Divides an observation.
     *
     * @param observation elements in the order of the terms
     * @param state receives the elements about the robot
     * @param environment receives the elements about objects
     */
    public void split(float[] observation, float[] state, float[] environment) {
        int from = 0;
        int stateAt = 0;
        int environmentAt = 0;
        for (ObservationTerm term : observations) {
            if (isEnvironment(term)) {
                System.arraycopy(observation, from, environment, environmentAt, term.size());
                environmentAt += term.size();
            } else {
                System.arraycopy(observation, from, state, stateAt, term.size());
                stateAt += term.size();
            }
            from += term.size();
        }
    }

    /**
     * Puts all observations of an episode together again.
     *
     * @param episode the episode
     * @return [length, observation size] row-major, elements in the order of the terms
     */
    public float[] observations(Episode episode) {
        int size = observationSize();
        int stateSize = episode.state().length / episode.length();
        int environmentSize = episode.environmentState().length / episode.length();
        float[] joined = new float[episode.length() * size];
        for (int frame = 0; frame < episode.length(); frame++) {
            int to = frame * size;
            int stateAt = frame * stateSize;
            int environmentAt = frame * environmentSize;
            for (ObservationTerm term : observations) {
                if (isEnvironment(term)) {
                    System.arraycopy(episode.environmentState(), environmentAt, joined, to, term.size());
                    environmentAt += term.size();
                } else {
                    System.arraycopy(episode.state(), stateAt, joined, to, term.size());
                    stateAt += term.size();
                }
                to += term.size();
            }
        }
        return joined;
    }

    private static boolean isEnvironment(ObservationTerm term) {
        return term.kind() == TermKind.OBJECT_POSE;
    }
}
