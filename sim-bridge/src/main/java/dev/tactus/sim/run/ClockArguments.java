package dev.tactus.sim.run;

import dev.tactus.policies.command.BadInputException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The part of a command line that says which time a policy runs in, and what inference costs in it. */
final class ClockArguments {
    /** The two clocks of the architecture. */
    enum Choice {
        lockstep,
        wall
    }

    @Option(
            names = "--clock",
            paramLabel = "C",
            defaultValue = "lockstep",
            description = "lockstep or wall (default: ${DEFAULT-VALUE}).")
    private Choice clock;

    @Option(
            names = "--delay-ms",
            paramLabel = "D",
            defaultValue = "0",
            description = "Simulated time that lock-step charges every inference (default: ${DEFAULT-VALUE}).")
    private int delayMs;

    /** Refuses a delay that cannot be. */
    void check() {
        if (clock == Choice.wall && delayMs != 0) {
            throw new BadInputException(
                    "--delay-ms " + delayMs + " with --clock wall: on the wall clock inference takes"
                            + " as long as it takes. Leave it out, or choose --clock lockstep.");
        }
        requireDelay(delayMs);
    }

    static void requireDelay(int delayMs) {
        if (delayMs < 0 || delayMs > 10_000) {
            throw new BadInputException("--delay-ms " + delayMs + "; allowed is 0 to 10000");
        }
    }

    Choice clock() {
        return clock;
    }

    long delayNs() {
        return Duration.ofMillis(delayMs).toNanos();
    }
}
