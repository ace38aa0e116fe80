package dev.tactus.sim.run;

import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.sim.task.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Policies for tasks: the one that comes with a task, and whether another sees and commands what the task offers. */
final class TaskPolicies {
    private TaskPolicies() {}

    /** Loads a bundle, the task's own if none is named, and refuses one that does not fit robot and task. */
    static PolicyBundle load(Optional<Path> named, Trust trust, Task task, RobotConfig robot) {
        PolicyBundle bundle = PolicyBundle.load(
                named.orElseGet(
                        () -> TactusHome.path().resolve("policies/bundles").resolve(task.name())),
                trust);
        bundle.requireFits(
                robot.name(), robot.joints().stream().map(JointConfig::name).toList(), task.controlPeriodNs());
        requireGains(bundle, "stiffness", bundle.spec().gains().stiffness(), robot, JointConfig::stiffness);
        requireGains(bundle, "damping", bundle.spec().gains().damping(), robot, JointConfig::damping);
        compare(
                bundle,
                task,
                "observation",
                bundle.spec().observations().stream().map(TaskPolicies::words).toList(),
                task.observationTerms().stream().map(TaskPolicies::words).toList());
        compare(
                bundle,
                task,
                "action",
                bundle.spec().actions().stream().map(TaskPolicies::words).toList(),
                task.actionTerms().stream().map(TaskPolicies::words).toList());
        return bundle;
    }

    /** An arm that is stiffer or softer than the one that a policy learned on moves otherwise. */
    private static void requireGains(
            PolicyBundle bundle, String what, double[] trained, RobotConfig robot, ToDoubleFunction<JointConfig> gain) {
        double[] present = robot.joints().stream().mapToDouble(gain).toArray();
        if (!Arrays.equals(trained, present)) {
            throw new BadInputException(bundle.path() + ": the policy was trained with joint " + what + " "
                    + Arrays.toString(trained) + ", and robot.yaml of " + robot.name() + " has "
                    + Arrays.toString(present) + ". Set the gains of one to those of the other.");
        }
    }

    private static void compare(PolicyBundle bundle, Task task, String what, List<String> has, List<String> needed) {
        if (!has.equals(needed)) {
            throw new BadInputException(bundle.path() + ": the policy's " + what + " terms are not those of task "
                    + task.name() + ".\n  policy: " + String.join("\n          ", has) + "\n  task:   "
                    + String.join("\n          ", needed) + "\nUse a policy that was trained on this task.");
        }
    }

    private static String words(ObservationTerm term) {
        return term.name() + ": " + term.kind() + " x " + term.size() + " " + term.unit() + ", joints " + term.joints()
                + ", " + term.subject() + " in " + term.frame() + ", rotation " + term.rotation();
    }

    private static String words(ActionTerm term) {
        return term.name() + ": " + term.kind() + " x " + term.size() + " " + term.unit() + ", joints " + term.joints()
                + ", " + term.subject() + " in " + term.frame() + ", rotation " + term.rotation() + ", relative to '"
                + term.relativeTo() + "', discrete " + term.discrete();
    }
}
