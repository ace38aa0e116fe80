package dev.tactus.control.controller;

import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;

/**
 * The chunk that is followed and the one that takes over from it, out of chunks that arrive late, early, overlapping or
 * out of order. A chunk whose observation is older than that of the newest one so far is dropped and counted. One whose
 * first row belongs to a later tick waits for that tick while the chunk before it still has rows. Control thread;
 * allocates nothing after construction.
 */
final class ChunkSequence {
    private final ChunkBuffer chunks;
    private final InterventionCounters counters;
    private ActionChunk followed;
    private ActionChunk next;
    private boolean waiting;
    private boolean any;

    ChunkSequence(ChunkBuffer chunks, InterventionCounters counters) {
        this.chunks = chunks;
        this.counters = counters;
        followed = new ActionChunk(chunks.rows(), chunks.actionSize());
        next = new ActionChunk(chunks.rows(), chunks.actionSize());
    }

    /** Forgets every chunk, and drops the one that lies in the buffer. */
    void begin() {
        chunks.poll();
        followed.begin(0, 0, 0, 0);
        waiting = false;
        any = false;
    }

    /** Fetches what has arrived since the last call. */
    void poll() {
        if (!chunks.poll()) {
            return;
        }
        ActionChunk newest = waiting ? next : followed;
        if (any && chunks.current().observationStampNs() < newest.observationStampNs()) {
            counters.count(Intervention.OUTDATED_CHUNK);
            return;
        }
        next.copyFrom(chunks.current());
        waiting = true;
        any = true;
    }

    /** Whether a chunk has come since the beginning. */
    boolean any() {
        return any;
    }

    /** Lets the chunk that waits take over if it is for this tick, or if nothing else is; says whether it did. */
    boolean takeOver(long tick) {
        if (!waiting) {
            return false;
        }
        int present = followed.rowAt(tick);
        boolean served = present >= 0 && present < followed.rows();
        if (next.rowAt(tick) < 0 && served) {
            return false;
        }
        ActionChunk last = followed;
        followed = next;
        next = last;
        waiting = false;
        return true;
    }

    /** The chunk that is followed; without rows before the first one took over. */
    ActionChunk followed() {
        return followed;
    }
}
