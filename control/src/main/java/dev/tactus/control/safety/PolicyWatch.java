package dev.tactus.control.safety;

import dev.tactus.control.model.Supervision;

/**
 * Watches what the reference follows from: an observation that is too old, or a policy that has not spoken for too long,
 * stops the robot until a fresh one comes. Neither latches. Called by the control thread; allocates nothing, never throws.
 */
public final class PolicyWatch {
    private final long staleNs;
    private final long silentNs;
    private final InterventionCounters counters;
    private long lastStampNs;
    private long heardNs;
    private boolean listening;
    private Intervention reason;

    /**
     * Takes the robot's figures.
     *
     * @param supervision how old an observation, and how long a silence, may be
     * @param counters counts each stop
     */
    public PolicyWatch(Supervision supervision, InterventionCounters counters) {
        staleNs = supervision.staleObservationNs();
        silentNs = supervision.policySilenceNs();
        this.counters = counters;
    }

    /** Forgets everything: no observation stands behind the reference, so there is nothing to watch. */
    public void reset() {
        listening = false;
        reason = null;
    }

    /**
     * Looks at the observation behind the reference.
     *
     * @param nowNs time, ns
     * @param stampNs when that observation was made, ns
     * @return whether the robot must stop
     */
    public boolean stops(long nowNs, long stampNs) {
        if (!listening || stampNs != lastStampNs) {
            listening = true;
            lastStampNs = stampNs;
            heardNs = nowNs;
        }
        Intervention now = nowNs - stampNs > staleNs
                ? Intervention.STALE_OBSERVATION
                : nowNs - heardNs > silentNs ? Intervention.POLICY_SILENCE : null;
        if (now != null && reason == null) {
            counters.count(now);
        }
        reason = now;
        return now != null;
    }
}
