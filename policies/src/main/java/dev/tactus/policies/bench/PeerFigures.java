package dev.tactus.policies.bench;

import java.util.Arrays;
import java.util.Map;

/**
 * The same network in PyTorch beside the runtime, in turns.
 *
 * @param torchUs an evaluation in PyTorch, median
 * @param networkUs an evaluation here in the same rounds, median
 * @param ratioToTorch how many times faster the runtime is: the median over rounds of PyTorch's time over its own
 * @param largestDifference between the two predictions, relative to the largest element
 */
record PeerFigures(double torchUs, double networkUs, double ratioToTorch, double largestDifference) {
    /** What rounding in float32 may make of networks this deep. */
    static final double ALLOWED_DIFFERENCE = 1e-4;

    private static final double ROUND_NS = 60e6;

    boolean same() {
        return largestDifference <= ALLOWED_DIFFERENCE;
    }

    void addTo(Map<String, Object> report) {
        report.put("torch_us", torchUs);
        report.put("ratio_to_torch", ratioToTorch);
        report.put("network_beside_torch_us", networkUs);
        report.put("largest_relative_difference_to_torch", largestDifference);
    }

    /**
     * Compares. The peer has opened the network. Rounds of some 60 ms alternate between the two; the first third of
     * each is not counted, for the other one has just had the caches.
     *
     * @param subject the network here
     * @param peer the network there
     * @param rounds how many of each
     * @return the figures
     */
    static PeerFigures compare(BenchSubject subject, TorchPeer peer, int rounds) {
        double difference = peer.largestDifference(subject.example());
        int theirCalls = callsOfRound(Percentiles.of(peer.time(5)).median());
        int ourCalls = callsOfRound(Percentiles.of(time(subject, 50)).median());
        double[] theirs = new double[rounds];
        double[] ours = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                theirs[round] = settled(peer.time(theirCalls));
            }
            ours[round] = settled(time(subject, ourCalls));
            if (round % 2 == 1) {
                theirs[round] = settled(peer.time(theirCalls));
            }
            ratios[round] = theirs[round] / ours[round];
        }
        return new PeerFigures(
                Percentiles.of(theirs).median() / 1e3,
                Percentiles.of(ours).median() / 1e3,
                Percentiles.of(ratios).median(),
                difference);
    }

    private static int callsOfRound(double callNs) {
        return Math.max(3, (int) (ROUND_NS / callNs));
    }

    private static double[] time(BenchSubject subject, int calls) {
        double[] ns = new double[calls];
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            subject.call();
            ns[i] = System.nanoTime() - begin;
        }
        return ns;
    }

    private static double settled(double[] ns) {
        return Percentiles.of(Arrays.copyOfRange(ns, ns.length / 3, ns.length)).median();
    }
}
