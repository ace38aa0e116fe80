package dev.tactus.policies.bundle;

import dev.tactus.policies.schedule.Parameterisation;
import java.util.List;

/**
 * Everything that {@code policy.yaml} records: what a policy sees, what it commands, and how its network is to be
 * sampled. Nothing here is guessed at run time. {@code policy.yaml} is its written form, see {@link PolicyYaml}.
 *
 * @param name the policy's name
 * @param kind what kind of network it is
 * @param robot the robot it was trained for, a folder of {@code hardware-configs}
 * @param task the task it was trained on
 * @param joints the robot's joints in the order of every joint term that does not say otherwise
 * @param parameterisation what the network predicts
 * @param schedule the noise schedule it was trained with
 * @param horizon H, rows of an action chunk
 * @param observationSteps To, observations that condition the network
 * @param actionSteps Ta, rows that receding horizon executes before it infers again
 * @param controlPeriodNs time between two rows of a chunk, ns
 * @param observations the observation terms in order
 * @param actions the action terms in order
 * @param rti how real-time iteration runs it
 * @param network names and types of the network's inputs and output
 * @param stiffness joint stiffness it was trained with, Nm/rad, in the order of {@code joints}
 * @param damping joint damping it was trained with, Nms/rad, in the order of {@code joints}
 * @param targetSmoothingS time constant of the lags by which the controller that it was trained with smooths targets, s
 * @param provenance where it comes from
 */
public record PolicySpec(
        String name,
        PolicyKind kind,
        String robot,
        String task,
        List<String> joints,
        Parameterisation parameterisation,
        Schedule schedule,
        int horizon,
        int observationSteps,
        int actionSteps,
        long controlPeriodNs,
        List<ObservationTerm> observations,
        List<ActionTerm> actions,
        RealTimeIterationSpec rti,
        NetworkSpec network,
        double[] stiffness,
        double[] damping,
        double targetSmoothingS,
        Provenance provenance) {

    /** Kinds of policy network. */
    public enum PolicyKind {
        /** Iterated denoising over a noise schedule. */
        DIFFUSION,
        /** An ordinary differential equation from noise to data. */
        FLOW,
        /** One or few steps of a consistency function. */
        CONSISTENCY,
        /** Minimal iterative policy, two steps. */
        MIP,
        /** Mean and variance of a Gaussian. */
        GAUSSIAN,
        /** One output. */
        DETERMINISTIC,
        /** Descent on a learned energy. */
        ENERGY
    }

    /**
     * A noise schedule by name.
     *
     * @param name for example {@code squared_cosine}
     * @param steps K, training steps
     * @param clipSample bound on every element of the predicted clean sample
     */
    public record Schedule(String name, int steps, double clipSample) {}

    /**
     * How real-time iteration (Duan, Yin, Kragic, RTI-DP) runs the policy.
     *
     * @param steps the noise levels of a steady cycle, descending to 0
     * @param discrete how discrete elements of an action live with a warm start
     * @param discreteFactor what discrete elements are divided by: in the data with {@link DiscreteVariant#SCALE}
     *     (already part of their normalisation), in the guess with {@link DiscreteVariant#CLIP}
     */
    public record RealTimeIterationSpec(List<Integer> steps, DiscreteVariant discrete, double discreteFactor) {}

    /** How discrete elements of an action live with a warm start, which assumes small changes. */
    public enum DiscreteVariant {
        /** The network was trained on the values divided by the factor; the guess is left as it is. */
        SCALE,
        /** The network was trained on the values; after each cycle the guess becomes sign / factor. */
        CLIP
    }

    /**
     * Names and types of the network's inputs and output. Everything else is float32: latent and prediction {@code [B,
     * H, D]}, condition {@code [B, C]}.
     *
     * @param latent name of the input that takes the noisy chunk
     * @param level name of the input that takes the noise level, {@code [B]}
     * @param condition name of the input that takes the normalised observations
     * @param prediction name of the output
     * @param levelType type of the noise level
     */
    public record NetworkSpec(String latent, String level, String condition, String prediction, LevelType levelType) {

        /** The names that this repository's own export writes: latent, timestep (int64), condition, prediction. */
        public static final NetworkSpec STANDARD =
                new NetworkSpec("latent", "timestep", "condition", "prediction", LevelType.INT64);
    }

    /** Type of the noise level input. */
    public enum LevelType {
        /** Whole levels k. */
        INT64,
        /** Levels as float32. */
        FLOAT32
    }

    /**
     * Where a policy comes from.
     *
     * @param run name of the training run
     * @param datasetSha256 hash of the demonstrations
     * @param parent hash of the bundle that it was tuned from; empty if trained from nothing
     */
    public record Provenance(String run, String datasetSha256, String parent) {}

    /**
     * Size of one observation: the sum of its terms.
     *
     * @return elements
     */
    public int observationSize() {
        return observations.stream().mapToInt(ObservationTerm::size).sum();
    }

    /**
     * Size of the network's condition: {@code observationSteps * observationSize()}, oldest observation first.
     *
     * @return elements
     */
    public int conditionSize() {
        return observationSteps * observationSize();
    }

    /**
     * Size of one action: the sum of its terms.
     *
     * @return elements
     */
    public int actionSize() {
        return actions.stream().mapToInt(ActionTerm::size).sum();
    }

    /**
     * The chunk row that belongs to the tick of the newest observation.
     *
     * @return {@code observationSteps - 1}
     */
    public int firstActionRow() {
        return observationSteps - 1;
    }
}
