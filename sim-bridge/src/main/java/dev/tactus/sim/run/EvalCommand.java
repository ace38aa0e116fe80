package dev.tactus.sim.run;

import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.cli.ModelArguments;
import dev.tactus.policies.cli.SchemeArguments;
import dev.tactus.policies.cli.TrustOptions;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.sim.task.Task;
import dev.tactus.sim.task.Tasks;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./tactus eval}: what a policy is worth on a task. */
@Command(
        name = "eval",
        description = {
            "What a policy is worth on a task: success with its confidence interval, inference time, network"
                    + " evaluations, smoothness of the motion and of the hand-over between chunks.",
            "In lock-step time figures but those of inference repeat themselves to the bit, and --delay-ms shows what"
                    + " a slower machine would do."
        })
public final class EvalCommand implements TactusCommand {
    private static final int EPISODES = 50;

    @Parameters(index = "0", paramLabel = "BUNDLE", description = "The policy bundle, a folder or a tar of one.")
    private Path bundle;

    @Option(
            names = "--task",
            paramLabel = "T",
            defaultValue = "fr3-lift",
            description = "The task (default: ${DEFAULT-VALUE}).")
    private String taskName;

    @Mixin
    private SchemeArguments scheme;

    @Mixin
    private ModelArguments guidance;

    @Mixin
    private EpisodeArguments episodes;

    @Mixin
    private ClockArguments time;

    @Mixin
    private TrustOptions trust;

    @Option(
            names = "--log-chunks",
            paramLabel = "FILE",
            description = "Write every chunk as CSV, for policy tune-rti; in lock-step time.")
    private Optional<Path> chunkLog = Optional.empty();

    /** Made by ServiceLoader. */
    public EvalCommand() {}

    @Override
    public Integer call() {
        episodes.check();
        time.check();
        if (chunkLog.isPresent() && time.clock() != ClockArguments.Choice.lockstep) {
            throw new BadInputException(
                    "--log-chunks writes to the disk in every cycle, which wall time has no time for;"
                            + " leave it out, or choose --clock lockstep");
        }
        Task task = Tasks.named(taskName);
        RobotConfig robot = RobotCatalogue.load(task.robot());
        PolicyBundle loaded = TaskPolicies.load(Optional.of(bundle), trust.trust(), task, robot);
        return new PolicyJob(
                        task,
                        robot,
                        loaded,
                        guidance.policy(loaded, trust.trust()),
                        guidance,
                        scheme.options(),
                        time,
                        episodes,
                        episodes.episodes(EPISODES),
                        false,
                        false,
                        chunkLog)
                .execute();
    }
}
