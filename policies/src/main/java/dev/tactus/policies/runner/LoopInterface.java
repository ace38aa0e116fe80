package dev.tactus.policies.runner;

import dev.tactus.policies.bundle.PolicySpec;
import java.util.List;

/**
 * What a policy and the loop around it agree on: robot, joint order, rate, and the meaning of every observed and commanded
 * number. Two policies with the same one can take each other's place; networks, histories and normalisations may differ.
 */
record LoopInterface(
        String robot, List<String> joints, long controlPeriodNs, List<String> observations, List<String> actions) {

    static LoopInterface of(PolicySpec spec) {
        return new LoopInterface(
                spec.robot(),
                spec.joints(),
                spec.controlPeriodNs(),
                spec.observations().stream()
                        .map(term -> term.name() + ": " + term.kind() + " x " + term.size() + " " + term.unit() + " of "
                                + term.joints() + term.subject() + " in " + term.frame() + " " + term.rotation())
                        .toList(),
                spec.actions().stream()
                        .map(term -> term.name() + ": " + term.kind() + " x " + term.size() + " " + term.unit() + " of "
                                + term.joints() + term.subject() + " in " + term.frame() + " " + term.rotation()
                                + " to "
                                + term.relativeTo() + (term.discrete() ? " discrete" : ""))
                        .toList());
    }
}
