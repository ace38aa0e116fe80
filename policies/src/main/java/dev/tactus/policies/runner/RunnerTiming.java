package dev.tactus.policies.runner;

import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * What a {@link PolicyRunner} has to know of the loop that it serves. Its functions are called on the policy's thread,
 * and neither wait nor allocate.
 *
 * @param clockNs the clock that stamps the observations, ns
 * @param takeOverTick from a time, ns, the policy tick from which on control follows a chunk that is published then
 * @param oldestNs the greatest age of an observation at which anything may still follow from it, ns
 */
public record RunnerTiming(LongSupplier clockNs, LongUnaryOperator takeOverTick, long oldestNs) {

    /** Checks the limit. */
    public RunnerTiming {
        if (oldestNs <= 0) {
            throw new IllegalArgumentException("oldest observation " + oldestNs + " ns; allowed is more than 0");
        }
    }
}
