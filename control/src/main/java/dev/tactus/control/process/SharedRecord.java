package dev.tactus.control.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A record in shared memory that one process writes and others read, the latest wins. The writer goes round {@value #SLOTS}
 * slots and then says which one is the newest, so that a writer that is kept from going on, or dies, in the middle leaves
 * the record before for everybody to read. A reader copies the newest slot and then looks whether the writer came round
 * meanwhile: each slot is a seqlock (Boehm, Can Seqlocks Get Along With Programming Language Memory Models?, 2012), whose
 * sequence is odd while it is being written.
 *
 * <pre>newest:i64 version:i32 length:i32 { sequence:i64 payload[length] } x {@value #SLOTS}</pre>
 *
 * <p>One thread at a time writes, and one at a time reads through one object. Neither end allocates, locks, waits or
 * throws, except for offsets outside of the payload.
 */
public final class SharedRecord {
    static final int SLOTS = 4;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final VarHandle WORD = LONG.varHandle();
    private static final int HEADER = 16;
    private static final int SEQUENCE = 8;
    private static final int VERSION_AT = 8;
    private static final int LENGTH_AT = 12;

    private final MemorySegment record;
    private final MemorySegment[] sequences = new MemorySegment[SLOTS];
    private final MemorySegment[] payloads = new MemorySegment[SLOTS];
    private long writing;
    private MemorySegment written;
    private MemorySegment read;

    SharedRecord(MemorySegment record) {
        this.record = record;
        long slot = (record.byteSize() - HEADER) / SLOTS;
        for (int i = 0; i < SLOTS; i++) {
            sequences[i] = record.asSlice(HEADER + i * slot, SEQUENCE);
            payloads[i] = record.asSlice(HEADER + i * slot + SEQUENCE, slot - SEQUENCE);
        }
        written = payloads[0];
        read = payloads[0];
    }

    /** Bytes of a whole record. */
    static long bytes(long payload) {
        return HEADER + SLOTS * (SEQUENCE + Math.ceilDiv(payload, 8L) * 8);
    }

    /** Writes version and length: once, before anybody knows the file. */
    void format(int version) {
        record.set(ValueLayout.JAVA_INT, VERSION_AT, version);
        record.set(ValueLayout.JAVA_INT, LENGTH_AT, (int) payloads[0].byteSize());
    }

    /** Whether version and length are those that this program would write. */
    boolean isFormatted(int version) {
        return record.get(ValueLayout.JAVA_INT, VERSION_AT) == version
                && record.get(ValueLayout.JAVA_INT, LENGTH_AT) == payloads[0].byteSize();
    }

    /** Begins to write; the writer only. */
    public void beginWrite() {
        writing = (long) WORD.getOpaque(record, 0L) + 1;
        int slot = (int) (writing % SLOTS);
        written = payloads[slot];
        WORD.setOpaque(sequences[slot], 0L, 2 * writing - 1);
        VarHandle.storeStoreFence(); // readers see the odd sequence before any of the new numbers
    }

    /** Ends writing: what was put is a whole, and the newest. */
    public void endWrite() {
        WORD.setRelease(sequences[(int) (writing % SLOTS)], 0L, 2 * writing);
        WORD.setRelease(record, 0L, writing);
    }

    /**
     * Begins to read the newest.
     *
     * @return its number, which {@link #endRead} is to be told; 0 if it was never written
     */
    public long beginRead() {
        long newest = (long) WORD.getAcquire(record, 0L);
        read = payloads[(int) (newest % SLOTS)];
        return newest;
    }

    /**
     * Ends reading.
     *
     * @param began what {@link #beginRead} answered
     * @return whether everything that was read in between belongs together
     */
    public boolean endRead(long began) {
        VarHandle.loadLoadFence(); // the numbers are read before the sequence is looked at
        return began != 0 && (long) WORD.getOpaque(sequences[(int) (began % SLOTS)], 0L) == 2 * began;
    }

    /**
     * A whole number.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @return its value
     */
    public long getLong(long at) {
        return read.get(LONG, at);
    }

    /**
     * Sets a whole number.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @param value its value
     */
    public void putLong(long at, long value) {
        written.set(LONG, at, value);
    }

    /**
     * A number.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @return its value
     */
    public double getDouble(long at) {
        return read.get(DOUBLE, at);
    }

    /**
     * Sets a number.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @param value its value
     */
    public void putDouble(long at, double value) {
        written.set(DOUBLE, at, value);
    }

    /**
     * Copies an array out.
     *
     * @param at bytes from the payload's start, a multiple of 8
     * @param out filled
     */
    public void get(long at, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = read.get(DOUBLE, at + 8L * i);
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
            written.set(DOUBLE, at + 8L * i, values[i]);
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
            out[i] = read.get(FLOAT, at + 4L * i);
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
            written.set(FLOAT, at + 4L * i, values[i]);
        }
    }

    /**
     * Copies bytes out.
     *
     * @param at bytes from the payload's start
     * @param out filled
     */
    public void get(long at, byte[] out) {
        MemorySegment.copy(read, ValueLayout.JAVA_BYTE, at, out, 0, out.length);
    }

    /**
     * Copies bytes in.
     *
     * @param at bytes from the payload's start
     * @param values the bytes
     * @param count how many of them
     */
    public void put(long at, byte[] values, int count) {
        MemorySegment.copy(values, 0, written, ValueLayout.JAVA_BYTE, at, count);
    }
}
