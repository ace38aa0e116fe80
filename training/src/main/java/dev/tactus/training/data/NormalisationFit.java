package dev.tactus.training.data;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.TermKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits the normalisation of terms to demonstrations, as Diffusion Policy does: every element from its least and greatest
 * value to [-1, 1]; an element that never changes is only shifted to 0; elements of a rotation matrix stay as they are.
 * A discrete action keeps the scale that its task gives it.
 *
 * @param observations the observation terms, fitted
 * @param actions the action terms, fitted
 */
public record NormalisationFit(List<ObservationTerm> observations, List<ActionTerm> actions) {
    private static final double CONSTANT_RANGE = 1e-4;
    private static final int POSITION_SIZE = 3;

    /**
     * Fits to a dataset.
     *
     * @param policy the terms
     * @param episodes the demonstrations
     * @return the fitted terms
     */
    public static NormalisationFit of(PolicyInterface policy, List<Episode> episodes) {
        Range seen = new Range(policy.observationSize());
        Range done = new Range(policy.actionSize());
        for (Episode episode : episodes) {
            seen.take(policy.observations(episode));
            done.take(episode.action());
        }
        List<ObservationTerm> observations = new ArrayList<>();
        int at = 0;
        for (ObservationTerm term : policy.observations()) {
            observations.add(
                    term.with(fit(seen, at, term.size(), scaledElements(term.kind(), term.rotation(), term.size()))));
            at += term.size();
        }
        List<ActionTerm> actions = new ArrayList<>();
        at = 0;
        for (ActionTerm term : policy.actions()) {
            actions.add(term.with(
                    term.discrete()
                            ? term.normalisation()
                            : fit(done, at, term.size(), scaledElements(term.kind(), term.rotation(), term.size()))));
            at += term.size();
        }
        return new NormalisationFit(List.copyOf(observations), List.copyOf(actions));
    }

    /**
     * Observations as the network sees them.
     *
     * @param rows [n, observation size] row-major, physical
     * @return the same, normalised
     */
    public float[] observations(float[] rows) {
        return apply(
                rows, observations.stream().map(ObservationTerm::normalisation).toList());
    }

    /**
     * Actions as the network sees them.
     *
     * @param rows [n, action size] row-major, physical
     * @return the same, normalised
     */
    public float[] actions(float[] rows) {
        return apply(rows, actions.stream().map(ActionTerm::normalisation).toList());
    }

    /** Least and greatest value of every element. */
    private record Range(double[] min, double[] max) {
        Range(int size) {
            this(new double[size], new double[size]);
            Arrays.fill(min, Double.POSITIVE_INFINITY);
            Arrays.fill(max, Double.NEGATIVE_INFINITY);
        }

        void take(float[] rows) {
            for (int i = 0; i < rows.length; i++) {
                int element = i % min.length;
                min[element] = Math.min(min[element], rows[i]);
                max[element] = Math.max(max[element], rows[i]);
            }
        }
    }

    private static int scaledElements(TermKind kind, Rotation rotation, int size) {
        boolean pose = kind == TermKind.END_EFFECTOR_POSE || kind == TermKind.OBJECT_POSE;
        return pose && rotation != Rotation.NONE ? POSITION_SIZE : size;
    }

    private static Normalisation fit(Range range, int at, int size, int scaled) {
        Normalisation fitted = Normalisation.identity(size);
        for (int i = 0; i < scaled; i++) {
            double width = range.max[at + i] - range.min[at + i];
            boolean constant = width < CONSTANT_RANGE;
            fitted.gain()[i] = constant ? 1.0 : 2.0 / width;
            fitted.offset()[i] = constant ? -range.min[at + i] : -1.0 - fitted.gain()[i] * range.min[at + i];
        }
        return fitted;
    }

    private static float[] apply(float[] rows, List<Normalisation> terms) {
        float[] normalised = new float[rows.length];
        int at = 0;
        while (at < rows.length) {
            for (Normalisation term : terms) {
                for (int i = 0; i < term.gain().length; i++, at++) {
                    normalised[at] = (float) term.apply(i, rows[at]);
                }
            }
        }
        return normalised;
    }
}
