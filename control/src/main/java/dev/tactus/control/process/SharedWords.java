package dev.tactus.control.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Eight-byte words in shared memory, each atomic on its own. Neither end allocates, locks or waits. */
public final class SharedWords {
    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment words;

    SharedWords(MemorySegment words) {
        this.words = words;
    }

    /**
     * Reads a word; whatever its writer did before it wrote it is visible.
     *
     * @param index which
     * @return its value
     */
    public long get(int index) {
        return (long) WORD.getAcquire(words, 8L * index);
    }

    /**
     * Writes a word.
     *
     * @param index which
     * @param value its value
     */
    public void set(int index, long value) {
        WORD.setRelease(words, 8L * index, value);
    }

    /**
     * Writes a word if it still has the expected value.
     *
     * @param index which
     * @param expected what it must be
     * @param value what it becomes
     * @return whether it was written
     */
    public boolean compareAndSet(int index, long expected, long value) {
        return WORD.compareAndSet(words, 8L * index, expected, value);
    }
}
