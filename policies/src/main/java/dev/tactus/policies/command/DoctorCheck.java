package dev.tactus.policies.command;

/** One line of {@code ./tactus doctor}: what this machine offers of one part. Found through ServiceLoader. */
public interface DoctorCheck {

    /**
     * Looks. Never throws for a part that is absent: that is a finding.
     *
     * @return what was found
     */
    Finding look();

    /**
     * What was found.
     *
     * @param part the part's name, for example {@code "MuJoCo"}
     * @param state whether it is there
     * @param detail a version or a figure if present; what to do about it if not
     */
    record Finding(String part, State state, String detail) {}

    /** Whether a part is there. */
    enum State {
        /** Present and usable. */
        PRESENT,
        /** Absent; something works less well or not at all without it, and the detail says how to get it. */
        ABSENT,
        /** Absent, and the main job cannot run without it. */
        REQUIRED
    }
}
