package dev.tactus.control.loop;

import dev.tactus.control.realtime.RealTimeSettings;

/**
 * How a control loop keeps time.
 *
 * @param periodNs time between deadlines, ns, more than 0
 * @param overrun what is done about missed deadlines
 * @param overrunLimit CATCH_UP: most cycles run back to back; STOP: missed deadlines in a row that end the loop; at
 *     least 1, without meaning under SKIP
 * @param realTime what the control thread asks of the operating system, and for how long it spins
 */
public record LoopSettings(long periodNs, Overrun overrun, int overrunLimit, RealTimeSettings realTime) {
    private static final long SHORTEST_JUMP_NS = 500_000_000L;
    private static final long JUMP_PERIODS = 10;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a value is outside what is allowed
     */
    public LoopSettings {
        if (periodNs <= 0) {
            throw new IllegalArgumentException("period " + periodNs + " ns; allowed is more than 0");
        }
        if (overrunLimit < 1) {
            throw new IllegalArgumentException("overrun limit " + overrunLimit + "; allowed is 1 or more");
        }
    }

    /**
     * An ordinary thread that skips missed deadlines.
     *
     * @param periodNs time between deadlines, ns
     * @return the settings
     */
    public static LoopSettings ofPeriod(long periodNs) {
        return new LoopSettings(periodNs, Overrun.SKIP, 1, RealTimeSettings.ORDINARY);
    }

    /**
     * The same with another overrun policy.
     *
     * @param policy what is done about missed deadlines
     * @param limit see {@link #overrunLimit}
     * @return the settings
     */
    public LoopSettings onOverrun(Overrun policy, int limit) {
        return new LoopSettings(periodNs, policy, limit, realTime);
    }

    /**
     * The same with other rights.
     *
     * @param rights what the control thread asks for
     * @return the settings
     */
    public LoopSettings withRights(RealTimeSettings rights) {
        return new LoopSettings(periodNs, overrun, overrunLimit, rights);
    }

    /** Two readings of the clock that are further apart than this are a jump: the loop reads it far more often. */
    long jumpNs() {
        return Math.max(SHORTEST_JUMP_NS, JUMP_PERIODS * periodNs);
    }
}
