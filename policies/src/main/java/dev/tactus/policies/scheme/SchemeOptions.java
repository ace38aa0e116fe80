package dev.tactus.policies.scheme;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a user may say about a scheme; whatever is left empty comes from the bundle.
 *
 * @param name one of {@link Schemes#names}
 * @param actionSteps Ta of receding horizon
 * @param ddimSteps N of {@code ddim}
 * @param rtiSteps levels of a steady cycle of {@code rti}; empty for the bundle's
 * @param stallTicks ticks without inference after which {@code rti} denoises fully; the bundle's Ta if empty
 */
public record SchemeOptions(
        String name, OptionalInt actionSteps, int ddimSteps, List<Integer> rtiSteps, OptionalInt stallTicks) {
    private static final int DDIM_STEPS = 10;

    /**
     * A scheme as the bundle has it.
     *
     * @param name one of {@link Schemes#names}
     * @return the options
     */
    public static SchemeOptions named(String name) {
        return new SchemeOptions(name, OptionalInt.empty(), DDIM_STEPS, List.of(), OptionalInt.empty());
    }

    /**
     * The same with another Ta.
     *
     * @param ticks Ta
     * @return the options
     */
    public SchemeOptions withActionSteps(int ticks) {
        return new SchemeOptions(name, OptionalInt.of(ticks), ddimSteps, rtiSteps, stallTicks);
    }

    /**
     * The same with another number of DDIM steps.
     *
     * @param steps N
     * @return the options
     */
    public SchemeOptions withDdimSteps(int steps) {
        return new SchemeOptions(name, actionSteps, steps, rtiSteps, stallTicks);
    }

    /**
     * The same with other levels of a steady cycle.
     *
     * @param levels strictly descending
     * @return the options
     */
    public SchemeOptions withRtiSteps(List<Integer> levels) {
        return new SchemeOptions(name, actionSteps, ddimSteps, List.copyOf(levels), stallTicks);
    }

    /**
     * The same with another stall limit.
     *
     * @param ticks ticks without inference after which {@code rti} denoises fully
     * @return the options
     */
    public SchemeOptions withStallTicks(int ticks) {
        return new SchemeOptions(name, actionSteps, ddimSteps, rtiSteps, OptionalInt.of(ticks));
    }
}
