package dev.tactus.training.data;

import java.nio.file.Path;

/**
 * Writes a task's demonstrations, whose observations come in the order of the task's terms, as a LeRobot dataset. The
 * dataset appears under its name when {@link #finish} is called, and not before.
 */
public final class DemonstrationWriter implements AutoCloseable {
    private final PolicyInterface policy;
    private final LeRobotWriter writer;
    private final float[] state;
    private final float[] environment;

    /**
     * Starts a dataset.
     *
     * @param folder its folder, which must not exist yet
     * @param policy the task's interface
     */
    public DemonstrationWriter(Path folder, PolicyInterface policy) {
        this.policy = policy;
        DatasetSpec spec = policy.datasetSpec();
        state = new float[spec.stateNames().size()];
        environment = new float[spec.environmentNames().size()];
        writer = new LeRobotWriter(folder, spec);
    }

    /**
     * Adds a frame to the running episode.
     *
     * @param observation the observation in the order of the task's terms
     * @param action the action to imitate: what the demonstrator meant to command there, which is not what it executed
     *     where it disturbed itself on purpose
     */
    public void addFrame(float[] observation, float[] action) {
        if (observation.length != policy.observationSize()) {
            throw new IllegalArgumentException(
                    observation.length + " observation elements; the task has " + policy.observationSize());
        }
        policy.split(observation, state, environment);
        writer.addFrame(state, environment, action);
    }

    /**
     * Ends the running episode.
     *
     * @param success whether the task was done
     */
    public void endEpisode(boolean success) {
        writer.endEpisode(policy.task(), success);
    }

    /** Writes the dataset under its name. */
    public void finish() {
        writer.finish();
    }

    /** Frees what is open; without {@link #finish} nothing of the dataset stays. */
    @Override
    public void close() {
        writer.close();
    }
}
