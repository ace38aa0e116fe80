package dev.tactus.policies.bundle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names, types and shapes of a network's inputs and outputs. Everything but the level is float32. Shapes are those of
 * one sample: the batch axis comes first and is left out.
 *
 * @param chunkShape shape of latent, prediction and gradient; its product is {@code H * D}
 * @param latent input that takes the noisy chunk; empty for kinds that have none
 * @param level input that takes the noise level; empty for kinds that have none
 * @param stopLevel second level input of a consistency trajectory model, the level to arrive at
 * @param conditions inputs that take the normalised observations; the condition vector is their concatenation
 * @param prediction output with the prediction; empty for an energy
 * @param logStd output with the logarithm of the standard deviation, Gaussian policies only
 * @param energy output with the energy, one number a sample; energy policies only
 * @param gradient output with the energy's gradient by the latent; energy policies only
 * @param states recurrent states, empty if it has none
 * @param externalData files beside the model that hold its weights, empty if it holds them itself
 */
public record NetworkSpec(
        List<Integer> chunkShape,
        Optional<String> latent,
        Optional<Level> level,
        Optional<Level> stopLevel,
        List<Condition> conditions,
        Optional<String> prediction,
        Optional<String> logStd,
        Optional<String> energy,
        Optional<String> gradient,
        List<State> states,
        List<String> externalData) {

    /** Names that this repository's own export writes for the network of a diffusion policy. */
    public static final String LATENT = "latent";

    /** See {@link #LATENT}. */
    public static final String TIMESTEP = "timestep";

    /** See {@link #LATENT}. */
    public static final String CONDITION = "condition";

    /** See {@link #LATENT}. */
    public static final String PREDICTION = "prediction";

    /**
     * A level input.
     *
     * @param name its name
     * @param type its type
     * @param per how many levels it takes
     */
    public record Level(String name, LevelType type, LevelPer per) {}

    /** Type of a level input. */
    public enum LevelType {
        /** Whole levels k. */
        INT64,
        /** Levels as float32. */
        FLOAT32
    }

    /** Shape of a level input. */
    public enum LevelPer {
        /** One level a chunk, {@code [B]}. */
        CHUNK,
        /** One level a row, {@code [B, H]}. */
        ROW
    }

    /**
     * An input that takes observations.
     *
     * @param name its name
     * @param terms names of the observation terms that feed it, in order
     * @param layout how the terms' histories are laid out
     * @param shape shape of one sample
     */
    public record Condition(String name, List<String> terms, Layout layout, List<Integer> shape) {}

    /** How the histories of several terms become one vector. Histories are oldest first. */
    public enum Layout {
        /** All terms of the oldest step, then all of the next; needs the same history of every term. */
        TIME_MAJOR,
        /** All steps of the first term, then all of the next. */
        TERM_MAJOR
    }

    /**
     * A recurrent state: the output of a cycle whose chunk is accepted is the input of the next.
     *
     * @param input input that takes it
     * @param output output that gives it
     * @param shape its shape with the batch axis, which is written 0 (B in the file), wherever that stands
     * @param initial file with its values at the start of an episode, float32 little-endian for one sample; empty for
     *     zeros
     */
    public record State(String input, String output, List<Integer> shape, Optional<String> initial) {

        /** The batch axis in {@link #shape}. */
        public static final int BATCH = 0;

        /**
         * Elements of one sample.
         *
         * @return the product of the shape without the batch axis
         */
        public int size() {
            return shape.stream().filter(axis -> axis != BATCH).reduce(1, Math::multiplyExact);
        }
    }

    /**
     * The files that it needs beside the model: external weights and initial states.
     *
     * @return their names
     */
    public List<String> files() {
        return Stream.concat(externalData.stream(), states.stream().flatMap(state -> state.initial().stream()))
                .toList();
    }

    /**
     * The same with other condition inputs.
     *
     * @param inputs all of them
     * @return the network
     */
    public NetworkSpec seeing(List<Condition> inputs) {
        return new NetworkSpec(
                chunkShape,
                latent,
                level,
                stopLevel,
                List.copyOf(inputs),
                prediction,
                logStd,
                energy,
                gradient,
                states,
                externalData);
    }

    /**
     * The network of a diffusion policy as this repository exports it: inputs {@code latent [B, H, D]}, {@code timestep}
     * int64 {@code [B]} and {@code condition [B, C]}, output {@code prediction [B, H, D]}.
     *
     * @param horizon H
     * @param actionSize D
     * @param observations the terms, all with the same history
     * @return the network
     */
    public static NetworkSpec standard(int horizon, int actionSize, List<ObservationTerm> observations) {
        int size = observations.stream()
                .mapToInt(term -> term.history() * term.size())
                .sum();
        Condition condition = new Condition(
                CONDITION, observations.stream().map(ObservationTerm::name).toList(), Layout.TIME_MAJOR, List.of(size));
        return new NetworkSpec(
                List.of(horizon, actionSize),
                Optional.of(LATENT),
                Optional.of(new Level(TIMESTEP, LevelType.INT64, LevelPer.CHUNK)),
                Optional.empty(),
                List.of(condition),
                Optional.of(PREDICTION),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
