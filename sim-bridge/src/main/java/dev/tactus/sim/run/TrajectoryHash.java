package dev.tactus.sim.run;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over every state that a run went through: two runs with the same hash were the same to the bit. */
final class TrajectoryHash {
    private final MessageDigest digest;

    TrajectoryHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(double[] state) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * state.length);
        bytes.asDoubleBuffer().put(state);
        digest.update(bytes.array());
    }

    /** The hash so far, in hexadecimal; adding may go on. */
    String value() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be cloned", e);
        }
    }
}
