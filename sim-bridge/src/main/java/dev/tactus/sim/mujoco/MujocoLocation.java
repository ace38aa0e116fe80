package dev.tactus.sim.mujoco;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.UserFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where this user's MuJoCo library is, or will be after it was fetched.
 *
 * @param file the library's file
 * @param source who named it
 */
record MujocoLocation(Path file, Source source) {
    /** The environment variable that names a library. */
    static final String VARIABLE = "TACTUS_MUJOCO_LIB";

    /** Who named the file. */
    enum Source {
        /** The environment variable. */
        ENVIRONMENT,
        /** It is in the user's cache. */
        CACHE,
        /** It belongs in the user's cache, and is not there yet. */
        NOT_FETCHED
    }

    /**
     * Looks in the order variable, cache. Fetches nothing.
     *
     * @param environment the process's environment
     * @return the place
     * @throws BadInputException if the variable names something that is no file
     */
    static MujocoLocation find(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            Path file = Path.of(named).toAbsolutePath();
            if (!Files.isRegularFile(file)) {
                throw new BadInputException(VARIABLE + "=" + named + " names no file. Name a libmujoco.so."
                        + MujocoLibrary.VERSION + ", or unset it to have the library fetched.");
            }
            return new MujocoLocation(file, Source.ENVIRONMENT);
        }
        Path file = UserFolder.CACHE
                .path(environment)
                .resolve("mujoco-" + MujocoLibrary.VERSION)
                .resolve(MujocoWheel.LIBRARY);
        return new MujocoLocation(file, isWhole(file) ? Source.CACHE : Source.NOT_FETCHED);
    }

    /** A file of another length is a damaged one: it is fetched anew. */
    private static boolean isWhole(Path file) {
        try {
            return Files.isRegularFile(file)
                    && MujocoWheel.forMachine(System.getProperty("os.name"), System.getProperty("os.arch"))
                                    .map(MujocoWheel::libraryBytes)
                                    .orElse(-1L)
                            == Files.size(file);
        } catch (IOException e) {
            return false;
        }
    }
}
