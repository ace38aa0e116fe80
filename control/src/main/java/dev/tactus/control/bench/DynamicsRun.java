package dev.tactus.control.bench;

/**
 * What one run of an algorithm gave.
 *
 * @param elapsedNs wall time of all calls
 * @param sum of all elements of the results of all states
 * @param magnitude the same of their absolute values
 */
record DynamicsRun(long elapsedNs, double sum, double magnitude) {
    /** Whether two sides computed the same, to 1e-9 of the results' size. */
    boolean agrees(DynamicsRun other) {
        return Math.abs(sum - other.sum) <= 1e-9 * magnitude
                && Math.abs(magnitude - other.magnitude) <= 1e-9 * magnitude;
    }
}
