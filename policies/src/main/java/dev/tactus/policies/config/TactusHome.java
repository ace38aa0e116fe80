package dev.tactus.policies.config;

import dev.tactus.policies.command.MissingPartException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that holds the robots, models, recipes and bundles that come with Tactus. */
public final class TactusHome {
    /** The system property that names it; the launcher sets it. */
    public static final String PROPERTY = "tactus.home";

    private TactusHome() {}

    /**
     * Finds the folder.
     *
     * @return the folder, absolute
     */
    public static Path path() {
        String named = System.getProperty(PROPERTY, "");
        Path home = Path.of(named).toAbsolutePath();
        if (!Files.isDirectory(home.resolve("hardware-configs"))) {
            throw new MissingPartException("the folder of Tactus was not found: -D" + PROPERTY + "="
                    + (named.isEmpty() ? "(not set)" : named) + " must name the one that holds hardware-configs/."
                    + " Start through ./tactus, which sets it.");
        }
        return home;
    }
}
