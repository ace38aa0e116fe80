package dev.tactus.policies.runner;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands action chunks from one producing thread to one consuming thread: the latest wins, nobody waits, nothing is
 * allocated. A triple buffer: producer and consumer own one chunk each, and the third changes hands by one atomic
 * exchange, so both sides are wait-free and neither ever sees a chunk that the other is touching.
 */
public final class ChunkBuffer {
    private static final int FRESH = 4;
    private static final int INDEX = 3;

    private final ActionChunk[] chunks;
    private final AtomicInteger middle = new AtomicInteger(1);
    private int back; // the producer's
    private int front = 2; // the consumer's

    /**
     * Makes a buffer of empty chunks.
     *
     * @param rows the most rows of a chunk
     * @param actionSize elements of a row
     */
    public ChunkBuffer(int rows, int actionSize) {
        chunks = new ActionChunk[] {
            new ActionChunk(rows, actionSize), new ActionChunk(rows, actionSize), new ActionChunk(rows, actionSize)
        };
    }

    /**
     * The most rows of a chunk.
     *
     * @return rows
     */
    public int rows() {
        return chunks[0].capacity();
    }

    /**
     * Elements of a row.
     *
     * @return elements
     */
    public int actionSize() {
        return chunks[0].actionSize();
    }

    /**
     * The chunk to fill next. Producer only; belongs to the producer until {@link #publish}. Holds some old content.
     *
     * @return the chunk
     */
    public ActionChunk writable() {
        return chunks[back];
    }

    /** Makes what was written visible to the consumer, in place of whatever it has not fetched yet. Producer only. */
    public void publish() {
        back = middle.getAndSet(back | FRESH) & INDEX;
    }

    /**
     * Fetches the latest published chunk, if there is one that was not fetched yet. Consumer only.
     *
     * @return whether {@link #current} changed
     */
    public boolean poll() {
        if ((middle.getOpaque() & FRESH) == 0) {
            return false;
        }
        front = middle.getAndSet(front) & INDEX;
        return true;
    }

    /**
     * The chunk that was fetched last. Consumer only; does not change before the next {@link #poll} that returns true.
     *
     * @return the chunk; without rows if nothing was fetched yet
     */
    public ActionChunk current() {
        return chunks[front];
    }
}
