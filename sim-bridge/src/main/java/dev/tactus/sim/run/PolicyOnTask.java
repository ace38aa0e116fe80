package dev.tactus.sim.run;

import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.cli.TrustOptions;
import dev.tactus.sim.task.Task;
import dev.tactus.sim.task.Tasks;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The part of a command line that names a task and a policy for it. */
public final class PolicyOnTask {
    @Parameters(
            index = "0",
            paramLabel = "TASK",
            arity = "0..1",
            defaultValue = "fr3-lift",
            description = "The task (default: ${DEFAULT-VALUE}).")
    private String taskName;

    @Option(names = "--policy", paramLabel = "BUNDLE", description = "Policy bundle; the task's own if none.")
    private Optional<Path> policy;

    @Mixin
    private TrustOptions trust;

    /** Made by the command that has it as a part. */
    public PolicyOnTask() {}

    /**
     * The task.
     *
     * @return the task of that name
     */
    public Task task() {
        return Tasks.named(taskName);
    }

    /**
     * The robot that performs it.
     *
     * @return the robot as its robot.yaml states it
     */
    public RobotConfig robot() {
        return RobotCatalogue.load(task().robot());
    }

    /**
     * Loads the policy; refuses one that does not fit robot and task.
     *
     * @return the bundle
     */
    public PolicyBundle bundle() {
        return TaskPolicies.load(policy, trust.trust(), task(), robot());
    }

    Trust trust() {
        return trust.trust();
    }
}
