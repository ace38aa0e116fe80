package dev.tactus.control.safety;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A latched e-stop. Any thread trips it, the control thread obeys it within a cycle: an arm comes to a controlled stop and
 * is held, a quadruped goes to damping. It stays latched, whatever happens, until somebody calls {@link #clear}; nothing
 * in the product does so by itself. Software only: not safety-rated. Neither locks nor allocates.
 */
public final class EmergencyStop {
    /** Who or what tripped it. */
    public enum Cause {
        /** It is not latched. */
        NONE,
        /** A person or a program asked for it. */
        REQUEST,
        /** So many control deadlines in a row were missed as the robot's supervision allows. */
        MISSED_DEADLINES,
        /** So many reads in a row failed as the robot's supervision allows. */
        READ_FAILURES
    }

    private final AtomicReference<Cause> cause = new AtomicReference<>(Cause.NONE);
    private final InterventionCounters counters;
    private boolean counted;

    /**
     * Makes an e-stop that is not latched.
     *
     * @param counters counts each latching that the control thread obeys
     */
    public EmergencyStop(InterventionCounters counters) {
        this.counters = counters;
    }

    /**
     * Latches it; the first cause stays until it is cleared. Any thread.
     *
     * @param why anything but NONE
     */
    public void trip(Cause why) {
        cause.compareAndSet(Cause.NONE, why);
    }

    /**
     * Whether it is latched. Any thread.
     *
     * @return whether it is
     */
    public boolean latched() {
        return cause.get() != Cause.NONE;
    }

    /**
     * Why it is latched. Any thread.
     *
     * @return the first cause, or NONE
     */
    public Cause cause() {
        return cause.get();
    }

    /**
     * Unlatches it. The robot goes on holding (an arm) or damping (a quadruped) until the next start. Any thread.
     */
    public void clear() {
        cause.set(Cause.NONE);
    }

    /**
     * Obeys: whether it is latched, counted once a latching. Control thread.
     *
     * @return whether it is latched
     */
    public boolean obey() {
        boolean now = latched();
        if (now && !counted) {
            counters.count(Intervention.EMERGENCY_STOP);
        }
        counted = now;
        return now;
    }
}
