package dev.tactus.sim.run;

import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.sim.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One scheme of a comparison under one delay, with a policy and a world of its own. */
final class Contender implements AutoCloseable {
    private final RunSetting setting;
    private final Policy policy;
    private final EpisodeRun run;

    Contender(
            SchemeOptions options,
            long delayNs,
            Task task,
            RobotConfig robot,
            PolicyBundle bundle,
            long seed,
            BooleanSupplier interrupted) {
        setting = new RunSetting(
                task.name(),
                bundle.sha256(),
                options,
                Optional.empty(),
                Optional.empty(),
                ClockArguments.Choice.lockstep,
                delayNs,
                seed);
        policy = Policy.open(bundle, options, System::nanoTime);
        run = new LockstepRun(task, robot, policy, delayNs, interrupted);
    }

    void episode(long seed) {
        run.episode(seed);
    }

    /** The scheme and what of it is not the bundle's. */
    String name() {
        return setting.scheme().text();
    }

    long delayNs() {
        return setting.delayNs();
    }

    RunReport report() {
        return new RunReport(setting, run.statistics());
    }

    /** Success by seed, of the first so many episodes. */
    boolean[] successes(int episodes) {
        List<EpisodeResult> results = run.statistics().episodes();
        boolean[] successes = new boolean[episodes];
        for (int i = 0; i < successes.length; i++) {
            successes[i] = results.get(i).success();
        }
        return successes;
    }

    @Override
    public void close() {
        run.close();
        policy.close();
    }
}
