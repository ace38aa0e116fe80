package dev.tactus.policies.contract;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.contract.DeployContract.Action;
import dev.tactus.policies.contract.DeployContract.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The terms of a contract as terms of a policy. The framework's {@code clip(value - default) * scale} becomes {@code
 * clip(value) * gain + offset} with bounds and offset moved by the default, and its action {@code clip(raw * scale +
 * offset)} is undone the other way round; both are the same function of the physical value.
 */
final class ContractTerms {
    private final DeployContract contract;
    private final String file;
    private final List<String> notes;

    ContractTerms(DeployContract contract, String file, List<String> notes) {
        this.contract = contract;
        this.file = file;
        this.notes = notes;
    }

    /** What a framework's name means. */
    private enum Meaning {
        JOINT_POSITION_RELATIVE(TermKind.JOINT_POSITION, "rad", "joint_pos_rel", "joint_pos_rel_without_wheel"),
        JOINT_POSITION(TermKind.JOINT_POSITION, "rad", "joint_pos"),
        JOINT_VELOCITY(TermKind.JOINT_VELOCITY, "rad/s", "joint_vel_rel", "joint_vel"),
        ANGULAR_VELOCITY(TermKind.BASE_ANGULAR_VELOCITY, "rad/s", "base_ang_vel"),
        GRAVITY(TermKind.PROJECTED_GRAVITY, "1", "projected_gravity"),
        COMMAND(
                TermKind.VELOCITY_COMMAND,
                "m/s",
                "velocity_commands",
                "generated_commands",
                "keyboard_velocity_commands"),
        PREVIOUS_ACTION(TermKind.PREVIOUS_ACTION, "1", "last_action", "actions");

        private final TermKind kind;
        private final String unit;
        private final List<String> names;

        Meaning(TermKind kind, String unit, String... names) {
            this.kind = kind;
            this.unit = unit;
            this.names = List.of(names);
        }

        static Optional<Meaning> of(String name) {
            return Arrays.stream(values())
                    .filter(meaning -> meaning.names.contains(name))
                    .findFirst();
        }
    }

    List<ActionTerm> actions() {
        List<ActionTerm> terms = new ArrayList<>();
        for (Action action : contract.actions()) {
            TermKind kind = switch (action.name()) {
                case "JointPositionAction" -> TermKind.JOINT_POSITION;
                case "JointVelocityAction" -> TermKind.JOINT_VELOCITY;
                case "JointEffortAction" -> TermKind.TORQUE;
                default ->
                    throw bad(
                            "actions." + action.name(),
                            "is no action that is known here; allowed are"
                                    + " JointPositionAction, JointVelocityAction and JointEffortAction");
            };
            String unit = kind == TermKind.JOINT_POSITION ? "rad" : kind == TermKind.JOINT_VELOCITY ? "rad/s" : "Nm";
            terms.add(new ActionTerm(
                    action.name(),
                    kind,
                    action.jointIds().size(),
                    action.jointIds().stream().map(contract.policyJoints()::get).toList(),
                    "",
                    "",
                    unit,
                    Rotation.NONE,
                    "",
                    false,
                    normalisation(action)));
        }
        return terms;
    }

    private Normalisation normalisation(Action action) {
        int size = action.scale().length;
        Affine affine = new Affine(size);
        for (int i = 0; i < size; i++) {
            requireScale("actions." + action.name(), action.scale()[i]);
            affine.gain[i] = 1.0 / action.scale()[i];
            affine.offset[i] = -action.offset()[i] / action.scale()[i];
            if (action.clip().isPresent()) {
                affine.min[i] = action.clip().get()[i][0];
                affine.max[i] = action.clip().get()[i][1];
            }
        }
        return affine.normalisation();
    }

    ObservationTerm observation(Observation term, List<ActionTerm> actions) {
        Optional<Meaning> meaning = Meaning.of(term.name());
        if (meaning.isEmpty()) {
            notes.add("observations." + term.name()
                    + ": what it means is not known here; it becomes a term of kind custom,"
                    + " which whoever runs the policy must fill");
        }
        int size = size(term, meaning, actions);
        boolean joints = meaning.isPresent()
                && (meaning.get().kind == TermKind.JOINT_POSITION || meaning.get().kind == TermKind.JOINT_VELOCITY);
        return new ObservationTerm(
                term.name(),
                meaning.map(one -> one.kind).orElse(TermKind.CUSTOM),
                size,
                joints ? contract.policyJoints() : List.of(),
                "",
                "",
                meaning.map(one -> one.unit).orElse(""),
                Rotation.NONE,
                term.history(),
                normalisation(term, meaning, size, actions));
    }

    private int size(Observation term, Optional<Meaning> meaning, List<ActionTerm> actions) {
        int expected = meaning.map(one -> switch (one) {
                    case JOINT_POSITION_RELATIVE, JOINT_POSITION, JOINT_VELOCITY ->
                        contract.motorOfJoint().size();
                    case ANGULAR_VELOCITY, GRAVITY, COMMAND -> 3;
                    case PREVIOUS_ACTION ->
                        actions.stream().mapToInt(ActionTerm::size).sum();
                })
                .orElse(term.scale().length);
        if (expected == 0) {
            throw bad(
                    "observations." + term.name(),
                    "how many elements it has is not said; write its scale as a list," + " one number an element");
        }
        if (term.scale().length != 0 && term.scale().length != expected) {
            throw bad(
                    "observations." + term.name(),
                    "has a scale for " + term.scale().length + " elements; a term of" + " this name has " + expected
                            + " here. Name it otherwise if it means something else");
        }
        return expected;
    }

    private Normalisation normalisation(
            Observation term, Optional<Meaning> meaning, int size, List<ActionTerm> actions) {
        Affine affine = new Affine(size);
        for (int i = 0; i < size; i++) {
            double scale = term.scale().length == 0 ? term.same() : term.scale()[i];
            requireScale("observations." + term.name(), scale);
            double gain = 1.0; // from the physical value to what the framework scales and clips
            double shift = 0.0;
            if (meaning.isPresent() && meaning.get() == Meaning.JOINT_POSITION_RELATIVE) {
                shift = -contract.defaultPosition()[i];
            } else if (meaning.isPresent() && meaning.get() == Meaning.PREVIOUS_ACTION) {
                Normalisation action = element(actions, i);
                gain = action.gain()[0];
                shift = action.offset()[0];
            }
            affine.gain[i] = gain * scale;
            affine.offset[i] = shift * scale;
            if (term.clip().isPresent()) {
                double inside = term.scaleFirst() ? scale : 1.0;
                double a = (term.clip().get()[0] / inside - shift) / gain;
                double b = (term.clip().get()[1] / inside - shift) / gain;
                affine.min[i] = Math.min(a, b);
                affine.max[i] = Math.max(a, b);
            }
        }
        return affine.normalisation();
    }

    /** The normalisation of one element of the action, all terms in a row. */
    private static Normalisation element(List<ActionTerm> actions, int index) {
        int rest = index;
        for (ActionTerm term : actions) {
            if (rest < term.size()) {
                Normalisation all = term.normalisation();
                return new Normalisation(
                        1.0, all.clipMin()[rest], all.clipMax()[rest], new double[] {all.gain()[rest]}, new double[] {
                            all.offset()[rest]
                        });
            }
            rest -= term.size();
        }
        throw new IllegalArgumentException("element " + index + " of an action that is shorter");
    }

    private void requireScale(String where, double scale) {
        if (scale == 0.0) {
            throw bad(where, "a scale of 0 erases the numbers; any other is allowed");
        }
    }

    private BadInputException bad(String where, String problem) {
        return new BadInputException(file + ": " + where + ": " + problem + ".");
    }

    /** A normalisation being filled. */
    private static final class Affine {
        private final double[] min;
        private final double[] max;
        private final double[] gain;
        private final double[] offset;

        Affine(int size) {
            min = new double[size];
            max = new double[size];
            gain = new double[size];
            offset = new double[size];
            Arrays.fill(min, -Double.MAX_VALUE);
            Arrays.fill(max, Double.MAX_VALUE);
        }

        Normalisation normalisation() {
            return new Normalisation(1.0, min, max, gain, offset);
        }
    }
}
