package dev.tactus.policies.compose;

import dev.tactus.policies.bundle.NetworkSpec.Condition;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.denoiser.PolicyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A composition out of a file, what {@code --compose FILE.yaml} takes: other bundles that a policy is composed with, and
 * how. The composed policy goes by the description of the first, sees what all of them see, and hands each its own part.
 * The README of this module lists the keys. Not for the real-time path.
 */
public final class Compositions {
    private static final int SCHEMA = 1;

    private final PolicySpec spec;
    private final Path file;
    private final Function<Path, PolicyModel> bundles;
    private final List<Member> members = new ArrayList<>();

    /** A policy that takes part. */
    private record Member(PolicySpec spec, DenoiserSource source, double weight) {}

    private enum Kind {
        LINEAR,
        OR,
        AND
    }

    /** What differences in length are allowed. */
    private enum Tail {
        LONGEST
    }

    private Compositions(PolicySpec spec, Path file, Function<Path, PolicyModel> bundles) {
        this.spec = spec;
        this.file = file;
        this.bundles = bundles;
    }

    /**
     * Composes a policy with others.
     *
     * @param spec the policy; its schedule, sampler and scheme are those of the composition
     * @param source opens its denoiser
     * @param file the composition
     * @param bundles loads a bundle that the file names
     * @return the composed policy
     * @throws BadInputException if the file is wrong, or the policies do not go together
     */
    public static PolicyModel read(
            PolicySpec spec, DenoiserSource source, Path file, Function<Path, PolicyModel> bundles) {
        return new Compositions(spec, file, bundles).read(source, ConfigMap.read(file));
    }

    private PolicyModel read(DenoiserSource source, ConfigMap map) {
        map.integer("schema", SCHEMA, SCHEMA);
        Kind kind = map.choice("operator", Kind.class);
        members.add(new Member(spec, source, weight(map, kind)));
        boolean tail = map.has("tail") && map.choice("tail", Tail.class) == Tail.LONGEST;
        for (ConfigMap entry : map.maps("with")) {
            members.add(member(entry, kind, tail));
            entry.rejectUnknownKeys();
        }
        Operator operator = operator(map, kind);
        map.rejectUnknownKeys();
        List<Condition> inputs = new ArrayList<>();
        members.forEach(member -> inputs.addAll(member.spec().network().conditions()));
        return new PolicyModel(spec.seeing(observations(), inputs), batch -> open(operator, batch));
    }

    private Operator operator(ConfigMap map, Kind kind) {
        double[] weights = members.stream().mapToDouble(Member::weight).toArray();
        return switch (kind) {
            case LINEAR -> new Operator.Linear(weights);
            case OR -> {
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = Math.log(weights[i]);
                }
                yield new Operator.Or(map.number("temperature", 0.0, Double.MAX_VALUE), weights);
            }
            case AND -> {
                if (members.size() != 2) {
                    throw map.error(
                            "with", "'and' composes two policies, so one is named here; found " + (members.size() - 1));
                }
                yield new Operator.And(
                        map.number("kappa_least", -Double.MAX_VALUE, 0.5),
                        map.number("kappa_greatest", 0.5, Double.MAX_VALUE));
            }
        };
    }

    /** A share of a linear composition, prior odds of "or"; "and" has none. */
    private static double weight(ConfigMap map, Kind kind) {
        return switch (kind) {
            case LINEAR -> map.number("weight", -Double.MAX_VALUE, Double.MAX_VALUE);
            case OR -> map.number("weight", Double.MIN_NORMAL, Double.MAX_VALUE);
            case AND -> 0.0;
        };
    }

    private Member member(ConfigMap map, Kind kind, boolean tail) {
        PolicyModel bundle = bundles.apply(file.resolveSibling(map.text("bundle")));
        PolicySpec other = bundle.spec();
        String problem = PolicyMatch.ofActions(spec, other);
        if (!problem.isEmpty()) {
            throw map.error("bundle", problem);
        }
        if (other.horizon() > spec.horizon() || other.horizon() < spec.horizon() && !tail) {
            throw map.error(
                    "bundle",
                    "policy '" + other.name() + "' has horizon " + other.horizon() + " and '"
                            + spec.name() + "' " + spec.horizon()
                            + "; they must be equal, or the first may be longer with"
                            + " 'tail: longest' in this file, and then the last rows are its own");
        }
        return new Member(other, bundle.source(), weight(map, kind));
    }

    /** What all see together; a term that two of them see is one, and must be the same. */
    private List<ObservationTerm> observations() {
        List<ObservationTerm> all = new ArrayList<>();
        for (Member member : members) {
            for (ObservationTerm term : member.spec().observations()) {
                List<ObservationTerm> alike = all.stream()
                        .filter(one -> one.name().equals(term.name()))
                        .toList();
                String difference = alike.isEmpty() ? "" : PolicyMatch.observation(alike.getFirst(), term);
                if (!difference.isEmpty()) {
                    throw new BadInputException(
                            file + ": policies see " + difference + "; a term of one name must be"
                                    + " the same in all of them. Train them on the same normalisation, or name the terms apart.");
                }
                if (alike.isEmpty()) {
                    all.add(term);
                }
            }
        }
        return all;
    }

    private Composition open(Operator operator, int batch) {
        int common = members.stream()
                .mapToInt(member -> member.spec().conditionSize())
                .sum();
        List<Parent> parents = new ArrayList<>();
        try {
            int from = 0;
            for (Member member : members) {
                int size = member.spec().conditionSize();
                parents.add(new Parent(
                        "policy '" + member.spec().name() + "'",
                        member.source().open(batch),
                        ConditionSlice.range(common, from, size)));
                from += size;
            }
            return new Composition(parents, operator);
        } catch (RuntimeException e) {
            parents.forEach(parent -> parent.denoiser().close());
            throw e;
        }
    }
}
