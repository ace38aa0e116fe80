package dev.tactus.sim.mujoco;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.DoctorCheck;
import dev.tactus.policies.command.MissingPartException;

/** The doctor's line about MuJoCo: where the library is and its version, or how it will be fetched. Fetches nothing. */
public final class MujocoCheck implements DoctorCheck {
    private static final String PART = "MuJoCo";

    /** Makes the check; ServiceLoader does. */
    public MujocoCheck() {}

    @Override
    public Finding look() {
        try {
            MujocoLocation location = MujocoLocation.find(System.getenv());
            return switch (location.source()) {
                case ENVIRONMENT -> present(location, MujocoLocation.VARIABLE);
                case CACHE -> present(location, "cache");
                case NOT_FETCHED -> notFetched(location);
            };
        } catch (BadInputException e) {
            return new Finding(PART, State.REQUIRED, e.getMessage());
        }
    }

    private static Finding present(MujocoLocation location, String from) {
        MujocoLibrary.check(location.file());
        return new Finding(PART, State.PRESENT, MujocoLibrary.VERSION + ", " + location.file() + " (" + from + ")");
    }

    private static Finding notFetched(MujocoLocation location) {
        MujocoDownload download;
        try {
            download = MujocoDownload.official(location.file());
        } catch (MissingPartException e) {
            return new Finding(PART, State.REQUIRED, e.getMessage());
        }
        return download.canFetch()
                ? new Finding(
                        PART,
                        State.ABSENT,
                        "not here yet; the first command that needs it fetches " + MujocoLibrary.VERSION + " ("
                                + download.megabytes() + " MB) into " + location.file())
                : new Finding(
                        PART,
                        State.REQUIRED,
                        "not here, and no python3 with pip to fetch it. " + MujocoDownload.remedy());
    }
}
