package dev.tactus.sim.fault;

import java.util.Locale;

/** What is injected, about a second into an episode. */
enum FaultKind {
    /** No new observation reaches the policy for a second and a half. */
    OBSERVATION_FROZEN("observation frozen for 1.5 s"),
    /** Every observation reaches the policy 100 ms late, until the end. */
    OBSERVATION_DELAYED("observation delayed 100 ms"),
    /** One chunk, and all behind it, arrive 500 ms late. */
    CHUNK_LATE("chunk late by 500 ms"),
    /** Chunks are full of NaN for half a second. */
    CHUNK_NAN("NaN chunks for 0.5 s"),
    /** The clock jumps a second ahead. */
    CLOCK_AHEAD("clock jumps +1 s"),
    /** The clock jumps a second back. */
    CLOCK_BACK("clock jumps -1 s"),
    /** The control thread does not run for 20 ms; the world does. */
    CONTROL_DELAYED("control thread delayed 20 ms"),
    /** Reads fail for good. */
    READS_FAIL("hardware read failing"),
    /** Somebody trips the e-stop while the arm swings as fast as its limits allow. */
    E_STOP("e-stop at full speed"),
    /** A neighbour in the same process makes garbage as fast as it can, on the wall clock. */
    GARBAGE("garbage-collection pressure");

    private final String words;

    FaultKind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** The name for files. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is right that the e-stop is, or is not, latched at the end. */
    boolean allows(boolean latched) {
        return switch (this) {
            case READS_FAIL, E_STOP, CLOCK_AHEAD -> latched;
            case GARBAGE -> true; // a machine that serves no deadline for long enough is stopped, and rightly
            case OBSERVATION_FROZEN, OBSERVATION_DELAYED, CHUNK_LATE, CHUNK_NAN, CLOCK_BACK, CONTROL_DELAYED ->
                !latched;
        };
    }
}
