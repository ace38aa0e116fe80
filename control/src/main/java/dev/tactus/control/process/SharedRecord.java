package dev.tactus.control.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A record in shared memory that one process writes and others read: a seqlock (Boehm, Can Seqlocks Get Along With
 * Programming Language Memory Models?, 2012). The sequence is odd while the record is being written; a reader copies and
 * then looks whether the sequence is still what it was. Nobody waits for anybody: a writer that dies in the middle leaves
 * a record that cannot be read until somebody writes it again, and nothing worse.
 *
 * <pre>sequence:i64 version:i32 length:i32 payload[length]</pre>
 *
 * <p>Neither end allocates, locks or throws, except for offsets outside of the payload.
 */
public final class SharedRecord {
    static final int HEADER = 16;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final VarHandle SEQUENCE = LONG.varHandle();
    private static final int VERSION_AT = 8;
    private static final int LENGTH_AT = 12;

    private final MemorySegment record;
    private final MemorySegment payload;

    SharedRecord(MemorySegment record) {
        this.record = record;
        this.payload = record.asSlice(HEADER);
    }

    /** Writes version and length: once, before anybody knows the file. */
    void format(int version) {
        record.set(ValueLayout.JAVA_INT, VERSION_AT, version);
        record.set(ValueLayout.JAVA_INT, LENGTH_AT, (int) payload.byteSize());
    }

    /** Whether version and length are those that this program would write. */
    boolean isFormatted(int version) {
        return record.get(ValueLayout.JAVA_INT, VERSION_AT) == version
                && record.get(ValueLayout.JAVA_INT, LENGTH_AT) == payload.byteSize();
    }

    /** Begins to write; the writer only. A record that a dead writer left open is taken over. */
    public void beginWrite() {
        long sequence = (long) SEQUENCE.getOpaque(record, 0L);
        SEQUENCE.setOpaque(record, 0L, sequence | 1);
        VarHandle.storeStoreFence(); // readers see the odd sequence before any of the new numbers
    }

    /** Ends writing: what was put is a whole. */
    public void endWrite() {
        long sequence = (long) SEQUENCE.getOpaque(record, 0L);
        SEQUENCE.setRelease(record, 0L, sequence + 1);
    }

    /**
     * Begins to read.
     *
     * @return what {@link #endRead} is to be told; odd if there is nothing to read now because it is being written, 0 if
     *     it was never written
     */
    public long beginRead() {
        return (long) SEQUENCE.getAcquire(record, 0L);
    }

    /**
     * Ends reading.
     *
     * @param began what {@link #beginRead} answered
     * @return whether everything that was read in between belongs together
     */
    public boolean endRead(long began) {
        VarHandle.loadLoadFence(); // the numbers are read before the sequence is looked at again
        return (began & 1) == 0 && (long) SEQUENCE.getOpaque(record, 0L) == began;
    }

    /**
     * A whole number.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @return its value
     */
    public long getLong(long at) {
        return payload.get(LONG, at);
    }

    /**
     * Sets a whole number.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @param value its value
     */
    public void putLong(long at, long value) {
        payload.set(LONG, at, value);
    }

    /**
     * A number.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @return its value
     */
    public double getDouble(long at) {
        return payload.get(DOUBLE, at);
    }

    /**
     * Sets a number.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @param value its value
     */
    public void putDouble(long at, double value) {
        payload.set(DOUBLE, at, value);
    }

    /**
     * Copies an array out.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @param out filled
     */
    public void get(long at, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = payload.get(DOUBLE, at + 8L * i);
        }
    }

    /**
     * Copies an array in.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @param values all of them are copied
     */
    public void put(long at, double[] values) {
        for (int i = 0; i < values.length; i++) {
            payload.set(DOUBLE, at + 8L * i, values[i]);
        }
    }

    /**
     * Copies an array out.
     *
     * @param at bytes from the payload's start, a multiple of 4
     * @param out filled
     */
    public void get(long at, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = payload.get(FLOAT, at + 4L * i);
        }
    }

    /**
     * Copies an array in.
     *
     * @param at bytes from the payload's start, a multiple of 4
     * @param values all of them are copied
     */
    public void put(long at, float[] values) {
        for (int i = 0; i < values.length; i++) {
            payload.set(FLOAT, at + 4L * i, values[i]);
        }
    }

    /**
     * Copies bytes out.
     *
     * @param at bytes from the payload's start
     * @param out filled
     */
    public void get(long at, byte[] out) {
        MemorySegment.copy(payload, ValueLayout.JAVA_BYTE, at, out, 0, out.length);
    }

    /**
     * Copies bytes in.
     *
     * @param at bytes from the payload's start
     * @param values the bytes
     * @param count how many of them
     */
    public void put(long at, byte[] values, int count) {
        MemorySegment.copy(values, 0, payload, ValueLayout.JAVA_BYTE, at, count);
    }
}
