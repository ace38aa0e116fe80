package dev.tactus.sim.run;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.cli.ModelArguments;
import dev.tactus.policies.cli.SchemeArguments;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.TactusCommand;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./tactus run}: the main job. A policy drives a robot in closed loop, in simulation. */
@Command(
        name = "run",
        description = {
            "A policy drives a robot in closed loop, in simulation.",
            "In lock-step time the world waits for the policy and a run repeats itself to the bit; on the wall clock"
                    + " nobody waits, and ages and misses are measured."
        })
public final class RunCommand implements TactusCommand {
    private static final int EPISODES = 10;

    @Mixin
    private PolicyOnTask on;

    @Mixin
    private SchemeArguments scheme;

    @Mixin
    private ModelArguments guidance;

    @Mixin
    private EpisodeArguments episodes;

    @Mixin
    private ClockArguments time;

    @Option(
            names = "--headless",
            description = "No live line on the terminal, only a line per episode and the summary.")
    private boolean headless;

    @Option(
            names = "--processes",
            description = "Robot, controller and watchdog as processes of their own, this one is the policy's; needs"
                    + " --clock wall.")
    private boolean processes;

    /** Made by ServiceLoader. */
    public RunCommand() {}

    @Override
    public Integer call() {
        episodes.check();
        time.check();
        if (processes && time.clock() != ClockArguments.Choice.wall) {
            throw new BadInputException(
                    "--processes: processes of their own wait for nobody, so lock-step time cannot be"
                            + " had. Add --clock wall.");
        }
        PolicyBundle bundle = on.bundle();
        return new PolicyJob(
                        on.task(),
                        on.robot(),
                        bundle,
                        guidance.policy(bundle, on.trust()),
                        guidance,
                        scheme.options(),
                        time,
                        episodes,
                        episodes.episodes(EPISODES),
                        !headless,
                        processes,
                        Optional.empty())
                .execute();
    }
}
