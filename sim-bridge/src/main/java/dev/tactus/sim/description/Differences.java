package dev.tactus.sim.description;

import java.util.ArrayList;
import java.util.List;

/** Collects what differs between the URDF or robot.yaml and the MJCF. */
final class Differences {
    /** Figures are written in decimal in both files; anything beyond rounding is a difference. */
    private static final double TOLERANCE = 1e-9;

    private final String file;
    private final List<String> lines = new ArrayList<>();
    private boolean namesAgree = true;

    Differences(String file) {
        this.file = file;
    }

    /** A joint or body that one side lacks, or another order: what else is compared by name makes no sense then. */
    void name(String line) {
        namesAgree = false;
        lines.add(line + " (" + file + ")");
    }

    void add(String line) {
        lines.add(line + " (" + file + ")");
    }

    void figure(String what, double expected, String source, double mjcf) {
        if (!(Math.abs(expected - mjcf) <= TOLERANCE)) {
            lines.add(what + ": " + expected + " in " + source + ", " + mjcf + " in " + file);
        }
    }

    boolean namesAgree() {
        return namesAgree;
    }

    List<String> lines() {
        return lines;
    }
}
