package dev.tactus.policies.compose;

import dev.tactus.policies.command.BadInputException;

/**
 * What one policy sees of a condition that several share: for each element of its own condition an element of the common
 * one, or a fixed number. Immutable; copying allocates nothing.
 */
public final class ConditionSlice {
    private static final int FIXED = -1;

    private final int commonSize;
    private final int[] source;
    private final float[] fixed;

    private ConditionSlice(int commonSize, int[] source, float[] fixed) {
        this.commonSize = commonSize;
        this.source = source;
        this.fixed = fixed;
    }

    /**
     * All of it.
     *
     * @param size elements of a condition
     * @return the slice
     */
    public static ConditionSlice all(int size) {
        return range(size, 0, size);
    }

    /**
     * A part of it.
     *
     * @param commonSize elements of the common condition
     * @param from the first that the policy sees
     * @param size how many it sees
     * @return the slice
     */
    public static ConditionSlice range(int commonSize, int from, int size) {
        if (from < 0 || size < 0 || from + size > commonSize) {
            throw new IllegalArgumentException(size + " elements from " + from + " on, of " + commonSize);
        }
        int[] source = new int[size];
        for (int i = 0; i < size; i++) {
            source[i] = from + i;
        }
        return new ConditionSlice(commonSize, source, new float[size]);
    }

    /**
     * The same slice with some elements held at fixed numbers: the null condition of classifier-free guidance.
     *
     * @param elements elements of the policy's own condition
     * @param values the number that each of them always is, normalised
     * @return the slice
     * @throws BadInputException if there is no such element
     */
    public ConditionSlice with(int[] elements, float[] values) {
        int[] newSource = source.clone();
        float[] newFixed = fixed.clone();
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] < 0 || elements[i] >= newSource.length) {
                throw new BadInputException("element " + elements[i] + " of a condition that has " + newSource.length
                        + "; 0 to " + (newSource.length - 1) + " are allowed");
            }
            newSource[elements[i]] = FIXED;
            newFixed[elements[i]] = values[i];
        }
        return new ConditionSlice(commonSize, newSource, newFixed);
    }

    /**
     * Elements of the common condition.
     *
     * @return elements
     */
    public int commonSize() {
        return commonSize;
    }

    /**
     * Elements that the policy sees.
     *
     * @return C
     */
    public int size() {
        return source.length;
    }

    /** Fills a policy's conditions, {@code [B, size]}, from the common ones, {@code [B, commonSize]}. */
    void copy(float[] common, float[] own) {
        int chunks = own.length / source.length;
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (int i = 0; i < source.length; i++) {
                own[chunk * source.length + i] = source[i] == FIXED ? fixed[i] : common[chunk * commonSize + source[i]];
            }
        }
    }
}
