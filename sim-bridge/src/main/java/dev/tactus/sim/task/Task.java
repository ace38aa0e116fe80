package dev.tactus.sim.task;

import dev.tactus.control.loop.Clock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.ObservationTerm;
import java.util.List;

/** Something that a robot can practise, by name. Immutable; any number of scenes can be opened from any thread. */
public interface Task {

    /**
     * The name by which commands know it.
     *
     * @return for example {@code fr3-lift}
     */
    String name();

    /**
     * The robot that performs it.
     *
     * @return a folder of {@code hardware-configs}
     */
    String robot();

    /**
     * Time between two policy ticks.
     *
     * @return ns, a whole multiple of the robot's control period
     */
    long controlPeriodNs();

    /**
     * Ticks after which an episode without success ends.
     *
     * @return policy ticks
     */
    int maxTicks();

    /**
     * What a policy sees, in order, with identity normalisation.
     *
     * @return the terms
     */
    List<ObservationTerm> observationTerms();

    /**
     * What a policy commands, in order; discrete terms already carry the scale that they have in network space.
     *
     * @return the terms
     */
    List<ActionTerm> actionTerms();

    /**
     * Elements of one observation.
     *
     * @return the sum of the terms' sizes
     */
    default int observationSize() {
        return observationTerms().stream().mapToInt(ObservationTerm::size).sum();
    }

    /**
     * Elements of one action.
     *
     * @return the sum of the terms' sizes
     */
    default int actionSize() {
        return actionTerms().stream().mapToInt(ActionTerm::size).sum();
    }

    /**
     * Opens a simulated world of its own.
     *
     * @param robot the robot, as configured
     * @param clock stamps what the robot measures
     * @return the scene, not yet reset
     */
    Scene open(RobotConfig robot, Clock clock);
}
