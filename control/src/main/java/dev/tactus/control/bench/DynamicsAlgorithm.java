package dev.tactus.control.bench;

import java.util.List;

/** What the dynamics benchmark times, and what the same work is called in {@code control/bench/pinocchio_peer.cpp}. */
enum DynamicsAlgorithm {
    /** Inverse dynamics. */
    RNEA("rnea", "rnea"),
    /** Mass matrix; in Pinocchio along the world's or along each body's axes. */
    CRBA("crba", "crba", "crba_local"),
    /** Forward dynamics; in Pinocchio along the world's or along each body's axes. */
    ABA("aba", "aba", "aba_local"),
    /** Poses of all bodies and the Jacobian of one frame. */
    JACOBIAN("jacobian", "jacobian");

    final String word;
    /** Ways to the same result; the fastest counts. */
    final List<String> peers;

    DynamicsAlgorithm(String word, String... peers) {
        this.word = word;
        this.peers = List.of(peers);
    }
}
