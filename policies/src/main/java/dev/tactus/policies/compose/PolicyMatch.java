package dev.tactus.policies.compose;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicySpec;
import java.util.List;
import java.util.Objects;

/**
 * Whether chunks of two policies mean the same, number by number: only then may estimates be combined. Normalised space is
 * part of it, so terms must be normalised alike, to {@value #TOLERANCE}.
 */
public final class PolicyMatch {
    private static final double TOLERANCE = 1e-6;
    private static final String REMEDY = ". Train one of the two on the other's layout and normalisation.";

    private PolicyMatch() {}

    /**
     * Compares what two policies command.
     *
     * @param one a policy
     * @param other the policy to be combined with it
     * @return the first difference with what to do about it; empty if there is none
     */
    public static String ofActions(PolicySpec one, PolicySpec other) {
        if (!one.kind().denoises() || !other.kind().denoises()) {
            return "policies '" + one.name() + "' and '" + other.name() + "' are of kinds " + one.kind() + " and "
                    + other.kind() + "; kinds with noise levels can be combined: diffusion, flow, consistency";
        }
        String difference = first(
                difference("robot", one.robot(), other.robot()),
                difference("joint order", one.joints(), other.joints()),
                difference("control period (ns)", one.controlPeriodNs(), other.controlPeriodNs()),
                difference(
                        "observation_steps, which place a chunk in time,",
                        one.observationSteps(),
                        other.observationSteps()),
                difference("action terms", actionNames(one), actionNames(other)));
        for (int i = 0; difference.isEmpty() && i < one.actions().size(); i++) {
            difference = action(one.actions().get(i), other.actions().get(i));
        }
        return described(one, other, difference);
    }

    /**
     * Compares what two policies see, for a policy that is to be given the other's condition.
     *
     * @param one a policy
     * @param other the policy that is to see the same
     * @return the first difference with what to do about it; empty if there is none
     */
    public static String ofObservations(PolicySpec one, PolicySpec other) {
        String difference = difference("condition inputs", conditions(one), conditions(other));
        for (int i = 0; difference.isEmpty() && i < one.observations().size(); i++) {
            ObservationTerm term = one.observations().get(i);
            difference = observation(term, other.observation(term.name()));
        }
        return described(one, other, difference);
    }

    /** Compares two terms that go by the same name. */
    static String observation(ObservationTerm one, ObservationTerm other) {
        Normalisation none = Normalisation.identity(1);
        return first(
                difference("observation term '" + one.name() + "'", one.with(none), other.with(none)),
                normalisation(one.name(), one.normalisation(), other.normalisation()));
    }

    private static String action(ActionTerm one, ActionTerm other) {
        Normalisation none = Normalisation.identity(1);
        return first(
                difference("action term '" + one.name() + "'", one.with(none), other.with(none)),
                normalisation(one.name(), one.normalisation(), other.normalisation()));
    }

    private static String normalisation(String term, Normalisation one, Normalisation other) {
        String name = "normalisation of '" + term + "', ";
        return first(
                apart(name + "scale", new double[] {one.scale()}, new double[] {other.scale()}),
                apart(name + "clip_min", one.clipMin(), other.clipMin()),
                apart(name + "clip_max", one.clipMax(), other.clipMax()),
                apart(name + "gain", one.gain(), other.gain()),
                apart(name + "offset", one.offset(), other.offset()));
    }

    private static String apart(String what, double[] one, double[] other) {
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i] && !(Math.abs(one[i] - other[i]) <= TOLERANCE)) {
                return difference(what + " of element " + i, one[i], other[i]);
            }
        }
        return "";
    }

    private static List<String> actionNames(PolicySpec spec) {
        return spec.actions().stream()
                .map(term -> term.name() + "[" + term.size() + "]")
                .toList();
    }

    private static List<String> conditions(PolicySpec spec) {
        return spec.network().conditions().stream()
                .map(input -> input.terms() + " " + input.layout())
                .toList();
    }

    private static String difference(String what, Object one, Object other) {
        return Objects.equals(one, other) ? "" : what + ": " + one + " and " + other;
    }

    private static String first(String... differences) {
        for (String difference : differences) {
            if (!difference.isEmpty()) {
                return difference;
            }
        }
        return "";
    }

    private static String described(PolicySpec one, PolicySpec other, String difference) {
        return difference.isEmpty()
                ? ""
                : "policies '" + one.name() + "' and '" + other.name() + "' differ in " + difference
                        + "; they must be equal" + REMEDY;
    }
}
