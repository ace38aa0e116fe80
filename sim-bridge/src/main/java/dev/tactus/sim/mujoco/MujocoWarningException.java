package dev.tactus.sim.mujoco;

/**
 * MuJoCo warned during the call that threw this. Its counters are cleared, so that the next call starts clean. After
 * {@link Kind#BAD_POSITION}, {@link Kind#BAD_VELOCITY} and {@link Kind#BAD_ACCELERATION} MuJoCo has already reset the
 * data (unless the model turns autoreset off): the trajectory ends here.
 */
public final class MujocoWarningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What MuJoCo warns about, in the order of its {@code mjtWarning}. */
    public enum Kind {
        /** An inertia matrix is singular or nearly so. */
        SINGULAR_INERTIA("a (nearly) singular inertia matrix"),
        /** More contacts than there is memory for. */
        CONTACTS_FULL("more contacts than its memory holds (raise <size memory=...> in the MJCF)"),
        /** More constraints than there is memory for. */
        CONSTRAINTS_FULL("more constraints than its memory holds (raise <size memory=...> in the MJCF)"),
        /** NaN, infinity or a huge number in a position. */
        BAD_POSITION("NaN or a huge number in qpos"),
        /** NaN, infinity or a huge number in a velocity. */
        BAD_VELOCITY("NaN or a huge number in qvel"),
        /** NaN, infinity or a huge number in an acceleration: the simulation is unstable. */
        BAD_ACCELERATION("NaN or a huge number in qacc: the simulation is unstable"),
        /** NaN, infinity or a huge number in a control. */
        BAD_CONTROL("NaN or a huge number in ctrl; all controls were taken as zero");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** What MuJoCo warned about. */
    private final Kind kind;

    MujocoWarningException(Kind kind, String model, int element, double timeS, String said) {
        super("MuJoCo warns of " + kind.words + " (element " + element + " of " + model + ", time " + timeS + " s)."
                + (said.isEmpty() ? "" : " It said: " + said));
        this.kind = kind;
    }

    /**
     * What MuJoCo warned about.
     *
     * @return the kind; the first in MuJoCo's order if there were several
     */
    public Kind kind() {
        return kind;
    }
}
