package dev.tactus.policies.scheme;

import dev.tactus.policies.command.BadInputException;

/** The last delays that were measured, in ticks really consumed; what a scheme plans with is the greatest of them. */
final class DelayWindow {
    private static final int LONGEST = 10_000;

    private final int initial;
    private final int[] last;
    private long measured;

    /**
     * Makes an empty window.
     *
     * @param initial what to plan with until something was measured, ticks
     * @param length how many measurements count
     */
    DelayWindow(int initial, int length) {
        if (initial < 0) {
            throw new BadInputException("an initial delay of " + initial + " ticks; allowed is 0 or more");
        }
        if (length < 1 || length > LONGEST) {
            throw new BadInputException(
                    "the greatest of the last " + length + " delays; allowed is 1 to " + LONGEST + " of them");
        }
        this.initial = initial;
        this.last = new int[length];
    }

    void clear() {
        measured = 0;
    }

    void add(int ticks) {
        last[(int) (measured % last.length)] = ticks;
        measured++;
    }

    int greatest() {
        if (measured == 0) {
            return initial;
        }
        int greatest = 0;
        for (int i = 0; i < Math.min(measured, last.length); i++) {
            greatest = Math.max(greatest, last[i]);
        }
        return greatest;
    }
}
