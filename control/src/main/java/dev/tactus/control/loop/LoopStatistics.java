package dev.tactus.control.loop;

import org.HdrHistogram.Histogram;

/**
 * How a control loop has kept time so far. The histograms are the caller's own copies, in ns, three significant digits,
 * values above a minute counted as a minute; they hold neither the first cycle nor one that a clock jump fell into.
 *
 * @param cycles cycles that were run
 * @param missedDeadlines deadlines that passed before the cycle before them had ended
 * @param caughtUp those of them whose cycle was run late instead of never
 * @param mostConsecutiveMisses most deadlines missed in a row
 * @param clockJumps how often the clock ran backwards or leapt ahead
 * @param lateness how late after its deadline each cycle began
 * @param duration how long each cycle took
 * @param dt time between the beginnings of two cycles, as handed to the task
 */
public record LoopStatistics(
        long cycles,
        long missedDeadlines,
        long caughtUp,
        long mostConsecutiveMisses,
        long clockJumps,
        Histogram lateness,
        Histogram duration,
        Histogram dt) {}
