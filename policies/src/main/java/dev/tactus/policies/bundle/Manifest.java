package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The {@code MANIFEST} of a bundle: SHA-256 sums of its files, in the format of {@code sha256sum}. */
final class Manifest {
    /** What a file of a bundle may be called. */
    static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}";

    private Manifest() {}

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] of(Map<String, byte[]> files) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(files)
                .forEach((name, bytes) ->
                        text.append(sha256(bytes)).append("  ").append(name).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, String> parse(byte[] bytes, String file) {
        Map<String, String> sums = new TreeMap<>();
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            number++;
            if (!line.matches("[0-9a-f]{64}  " + NAME)) {
                throw new BadInputException(file + ":" + number
                        + ": not a line of a manifest; allowed is a SHA-256 sum, two spaces and a file name. "
                        + PolicyBundle.RECOPY);
            }
            if (sums.put(line.substring(66), line.substring(0, 64)) != null) {
                throw new BadInputException(
                        file + ":" + number + ": '" + line.substring(66) + "' stands twice. " + PolicyBundle.RECOPY);
            }
        }
        return sums;
    }
}
