package dev.tactus.policies.config;

import java.nio.file.Path;
import java.util.Map;

/** The user's own folders, by the XDG Base Directory Specification; {@code ~} is {@code $HOME}, as in a shell. */
public enum UserFolder {
    /** What a user decides: {@code $XDG_CONFIG_HOME/tactus}, or {@code ~/.config/tactus}. */
    CONFIG("XDG_CONFIG_HOME", ".config"),
    /** What can be made again: {@code $XDG_CACHE_HOME/tactus}, or {@code ~/.cache/tactus}. */
    CACHE("XDG_CACHE_HOME", ".cache");

    private final String variable;
    private final String standard;

    UserFolder(String variable, String standard) {
        this.variable = variable;
        this.standard = standard;
    }

    /**
     * Where it is for the user of this process.
     *
     * @return the folder; it need not exist
     */
    public Path path() {
        return path(System.getenv());
    }

    /**
     * Where it is for a process of this environment.
     *
     * @param environment variables by name
     * @return the folder; it need not exist
     */
    public Path path(Map<String, String> environment) {
        Path named = Path.of(environment.getOrDefault(variable, ""));
        String home = environment.getOrDefault("HOME", "");
        // The specification: a relative path in the variable is ignored.
        Path base =
                named.isAbsolute() ? named : Path.of(home.isEmpty() ? System.getProperty("user.home") : home, standard);
        return base.resolve("tactus");
    }
}
