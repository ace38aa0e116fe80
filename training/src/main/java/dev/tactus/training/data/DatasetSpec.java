package dev.tactus.training.data;

import java.util.List;

/**
 * What the frames of a dataset consist of.
 *
 * @param robotType the robot's name
 * @param fps frames a second
 * @param stateNames a name for every element of {@code observation.state}
 * @param environmentNames a name for every element of {@code observation.environment_state}; may be empty
 * @param actionNames a name for every element of {@code action}
 */
public record DatasetSpec(
        String robotType, int fps, List<String> stateNames, List<String> environmentNames, List<String> actionNames) {}
