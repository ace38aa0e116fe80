package dev.tactus.sim.hardware;

import java.util.Locale;

/**
 * Something that goes wrong with a robot for a while.
 *
 * @param kind what
 * @param fromNs when it begins, ns after {@link FaultyHardware#begin}
 * @param untilNs when it is over, ns after {@link FaultyHardware#begin}
 * @param probability that it shows in one read or write; 1 for always
 * @param delayNs how old the states are that are read, ns; counts for {@link Kind#STATE_DELAYED}
 */
public record Fault(Kind kind, long fromNs, long untilNs, double probability, long delayNs) {
    /** What can go wrong. */
    public enum Kind {
        /** Reads answer an error. */
        READ_FAILS,
        /** Writes answer an error, and the command does not arrive: the last one holds. */
        WRITE_FAILS,
        /** Reads give again and again what was read last, with its old stamp. */
        STATE_FROZEN,
        /** As STATE_FROZEN, but with stamps as if it were new: a sensor that hangs behind a driver that does not. */
        STATE_FROZEN_UNNOTICED,
        /** Reads give what was measured some time before, with its old stamp. */
        STATE_DELAYED,
        /** There is no connection: the drives stop by themselves, and connecting fails until it is over. */
        CONNECTION_LOST
    }

    /** Checks the numbers. */
    public Fault {
        if (fromNs < 0 || untilNs <= fromNs || !(probability > 0 && probability <= 1) || delayNs < 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s from %d ns until %d ns with probability %s and delay %d ns; allowed is 0 <= from < until,"
                            + " 0 < probability <= 1 and no negative delay",
                    kind,
                    fromNs,
                    untilNs,
                    probability,
                    delayNs));
        }
    }

    /**
     * A fault that shows all the time.
     *
     * @param kind what, not STATE_DELAYED
     * @param fromNs when it begins, ns
     * @param untilNs when it is over, ns; {@link Long#MAX_VALUE} for never
     * @return the fault
     */
    public static Fault of(Kind kind, long fromNs, long untilNs) {
        return new Fault(kind, fromNs, untilNs, 1, 0);
    }

    /**
     * A fault that shows now and then.
     *
     * @param kind what, not STATE_DELAYED
     * @param fromNs when it begins, ns
     * @param untilNs when it is over, ns
     * @param probability in one read or write
     * @return the fault
     */
    public static Fault sporadic(Kind kind, long fromNs, long untilNs, double probability) {
        return new Fault(kind, fromNs, untilNs, probability, 0);
    }

    /**
     * States that come late.
     *
     * @param fromNs when it begins, ns
     * @param untilNs when it is over, ns
     * @param delayNs how late, ns
     * @return the fault
     */
    public static Fault delay(long fromNs, long untilNs, long delayNs) {
        return new Fault(Kind.STATE_DELAYED, fromNs, untilNs, 1, delayNs);
    }
}
