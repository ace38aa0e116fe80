package dev.tactus.policies.guidance;

/**
 * How a chunk's rows lie in time.
 *
 * @param horizon H, rows of a chunk
 * @param actionSize D, elements of a row
 * @param firstRow the row that belongs to now; those before it are past
 */
public record ChunkLayout(int horizon, int actionSize, int firstRow) {

    /**
     * Elements of a chunk.
     *
     * @return {@code H * D}
     */
    public int size() {
        return horizon * actionSize;
    }

    /**
     * Rows that are not past.
     *
     * @return rows
     */
    public int rows() {
        return horizon - firstRow;
    }
}
