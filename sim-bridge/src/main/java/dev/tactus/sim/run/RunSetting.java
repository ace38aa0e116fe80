package dev.tactus.sim.run;

import dev.tactus.policies.scheme.SchemeOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a report says about how its run was set up.
 *
 * @param task the task's name
 * @param policySha256 hash of the policy's bundle
 * @param scheme the execution scheme, with what the user chose for it
 * @param guidance the file that guides the sampling, if one does
 * @param composition the file that names the policies it is composed with, if one does
 * @param clock which time it ran in
 * @param delayNs simulated time that every inference was charged, ns; 0 on the wall clock
 * @param seed the first episode's seed
 */
record RunSetting(
        String task,
        String policySha256,
        SchemeOptions scheme,
        Optional<Path> guidance,
        Optional<Path> composition,
        ClockArguments.Choice clock,
        long delayNs,
        long seed) {

    boolean onWallClock() {
        return clock == ClockArguments.Choice.wall;
    }

    double delayMs() {
        return delayNs * 1e-6;
    }

    String clockWords() {
        return onWallClock() ? "wall" : "lock-step";
    }
}
