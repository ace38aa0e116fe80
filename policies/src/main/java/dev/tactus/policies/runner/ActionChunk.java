package dev.tactus.policies.runner;

/**
 * A chunk of actions in physical units, one row per policy tick, elements in the order of the policy's action terms.
 * Row {@code r} belongs to tick {@code firstTick() + r}. Mutable and preallocated, so that a loop can fill it again and
 * again; one thread at a time.
 */
public final class ActionChunk {
    private final int capacity;
    private final int actionSize;
    private final double[] values;
    private int rows;
    private long firstTick;
    private long observationStampNs;
    private long sequence;

    /**
     * Makes an empty chunk.
     *
     * @param capacity the most rows it can hold
     * @param actionSize elements of a row
     */
    public ActionChunk(int capacity, int actionSize) {
        if (capacity < 1 || actionSize < 1) {
            throw new IllegalArgumentException(
                    "capacity " + capacity + " and action size " + actionSize + " must be at least 1");
        }
        this.capacity = capacity;
        this.actionSize = actionSize;
        this.values = new double[capacity * actionSize];
    }

    /**
     * Starts a new content. The values of the rows are whatever they were until they are set.
     *
     * @param rows how many rows it has now, at most {@link #capacity}
     * @param firstTick the policy tick that row 0 belongs to
     * @param observationStampNs stamp of the newest observation behind it, ns
     * @param sequence running number of the inference that made it, from 1
     */
    public void begin(int rows, long firstTick, long observationStampNs, long sequence) {
        if (rows < 0 || rows > capacity) {
            throw new IllegalArgumentException(rows + " rows; allowed is 0 to " + capacity);
        }
        this.rows = rows;
        this.firstTick = firstTick;
        this.observationStampNs = observationStampNs;
        this.sequence = sequence;
    }

    /**
     * The most rows it can hold.
     *
     * @return rows
     */
    public int capacity() {
        return capacity;
    }

    /**
     * Rows that it has now; 0 until something was written.
     *
     * @return rows
     */
    public int rows() {
        return rows;
    }

    /**
     * Elements of a row.
     *
     * @return elements
     */
    public int actionSize() {
        return actionSize;
    }

    /**
     * The policy tick that row 0 belongs to: that of the newest observation behind it.
     *
     * @return the tick
     */
    public long firstTick() {
        return firstTick;
    }

    /**
     * Stamp of the newest observation behind it, on the clock of whoever stamped the observation.
     *
     * @return ns
     */
    public long observationStampNs() {
        return observationStampNs;
    }

    /**
     * Running number of the inference that made it, from 1 at the start of an episode.
     *
     * @return the number; 0 if nothing was written yet
     */
    public long sequence() {
        return sequence;
    }

    /**
     * The row for a tick.
     *
     * @param tick a policy tick
     * @return the row; -1 before the first, {@link #rows} or more after the last
     */
    public int rowAt(long tick) {
        return (int) Math.clamp(tick - firstTick, -1L, (long) Integer.MAX_VALUE);
    }

    /**
     * One number.
     *
     * @param row 0 to {@code rows() - 1}
     * @param element 0 to {@code actionSize() - 1}
     * @return its value in physical units
     */
    public double get(int row, int element) {
        return values[index(row, element)];
    }

    /**
     * Sets one number.
     *
     * @param row 0 to {@code rows() - 1}
     * @param element 0 to {@code actionSize() - 1}
     * @param value its value in physical units
     */
    public void set(int row, int element, double value) {
        values[index(row, element)] = value;
    }

    /**
     * Takes over another chunk's content.
     *
     * @param other a chunk with the same action size and no more rows than this one's capacity
     */
    public void copyFrom(ActionChunk other) {
        if (other.actionSize != actionSize) {
            throw new IllegalArgumentException("action size " + other.actionSize + "; this chunk has " + actionSize);
        }
        begin(other.rows, other.firstTick, other.observationStampNs, other.sequence);
        System.arraycopy(other.values, 0, values, 0, rows * actionSize);
    }

    private int index(int row, int element) {
        if (row < 0 || row >= rows || element < 0 || element >= actionSize) {
            throw outside(row, element);
        }
        return row * actionSize + element;
    }

    private IndexOutOfBoundsException outside(int row, int element) {
        return new IndexOutOfBoundsException("row " + row + ", element " + element + "; this chunk has " + rows
                + " rows of " + actionSize + " elements");
    }
}
