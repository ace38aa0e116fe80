package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that {@code policy.yaml} records: what a policy sees, what it commands, and how its network is to be
 * sampled. Nothing here is guessed at run time. {@code policy.yaml} is its written form, see {@link PolicyYaml}.
 *
 * @param name the policy's name
 * @param kind what kind of network it is
 * @param robot the robot it was trained for, a folder of {@code hardware-configs}
 * @param task the task it was trained on
 * @param joints the robot's joints in the order of every joint term that does not say otherwise
 * @param horizon H, rows of an action chunk
 * @param observationSteps To: row To - 1 of a chunk belongs to the tick of the newest observation
 * @param actionSteps Ta, rows that receding horizon executes before it infers again
 * @param controlPeriodNs time between two rows of a chunk, ns
 * @param gains the controller that it was trained with
 * @param observations the observation terms in order
 * @param nullTerms observation terms whose normalised numbers are zero in an unconditional evaluation, as they were in
 *     part of the training; empty if the network was not trained for classifier-free guidance
 * @param actions the action terms in order
 * @param sampling how a chunk comes out of the network
 * @param rti how real-time iteration runs it; kinds diffusion and flow only
 * @param network names, types and shapes of the network's inputs and outputs
 * @param provenance where it comes from
 */
public record PolicySpec(
        String name,
        PolicyKind kind,
        String robot,
        String task,
        List<String> joints,
        int horizon,
        int observationSteps,
        int actionSteps,
        long controlPeriodNs,
        Gains gains,
        List<ObservationTerm> observations,
        List<String> nullTerms,
        List<ActionTerm> actions,
        SamplingSpec sampling,
        Optional<RealTimeIterationSpec> rti,
        NetworkSpec network,
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
        ENERGY;

        /**
         * Whether a chunk begins as noise that the network is asked to remove, level by level.
         *
         * @return whether it has a parameterisation and a schedule
         */
        public boolean denoises() {
            return this == DIFFUSION || this == FLOW || this == CONSISTENCY;
        }

        /**
         * Whether the network takes a chunk: all kinds but those that answer at once.
         *
         * @return whether it has a latent input
         */
        public boolean hasLatent() {
            return this != GAUSSIAN && this != DETERMINISTIC;
        }
    }

    /**
     * How real-time iteration (Duan, Yin, Kragic, RTI-DP) runs the policy.
     *
     * @param steps the steps of a steady cycle, descending to 0: levels k of a discrete schedule, elsewhere the
     *     intervals of the sampler's own grid counted from its clean end
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
     * Where a policy comes from.
     *
     * @param run name of the training run
     * @param datasetSha256 hash of the demonstrations
     * @param parent hash of the bundle that it was tuned from; empty if trained from nothing
     */
    public record Provenance(String run, String datasetSha256, String parent) {}

    /**
     * The same policy with other eyes: what several policies together see.
     *
     * @param terms all observation terms
     * @param inputs all condition inputs, which name them
     * @return the description
     */
    public PolicySpec seeing(List<ObservationTerm> terms, List<NetworkSpec.Condition> inputs) {
        return new PolicySpec(
                name,
                kind,
                robot,
                task,
                joints,
                horizon,
                observationSteps,
                actionSteps,
                controlPeriodNs,
                gains,
                List.copyOf(terms),
                nullTerms,
                actions,
                sampling,
                rti,
                network.seeing(inputs),
                provenance);
    }

    /**
     * Size of one observation: the sum of its terms.
     *
     * @return elements
     */
    public int observationSize() {
        return observations.stream().mapToInt(ObservationTerm::size).sum();
    }

    /**
     * Observations that a window holds: the longest history of any term.
     *
     * @return steps
     */
    public int windowSteps() {
        return observations.stream().mapToInt(ObservationTerm::history).max().orElseThrow();
    }

    /**
     * Size of the network's condition: all steps of all terms of all its condition inputs.
     *
     * @return C
     */
    public int conditionSize() {
        return network.conditions().stream()
                .flatMap(input -> input.terms().stream())
                .map(this::observation)
                .mapToInt(term -> term.history() * term.size())
                .sum();
    }

    /**
     * An observation term by name.
     *
     * @param term its name, one that the policy has
     * @return the term
     */
    public ObservationTerm observation(String term) {
        return observations.stream()
                .filter(one -> one.name().equals(term))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Size of one action: the sum of its terms.
     *
     * @return D
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

    /**
     * How real-time iteration runs it.
     *
     * @return the specification
     * @throws BadInputException if the policy is of a kind that has none
     */
    public RealTimeIterationSpec requireRti() {
        return rti.orElseThrow(() -> new BadInputException("policy '" + name
                + "' is of kind " + kind.name().toLowerCase(Locale.ROOT)
                + ", which has no noise levels to iterate on; real-time iteration runs kinds diffusion and flow."
                + " Choose another scheme."));
    }
}
