package dev.tactus.control.model;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.TactusHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The robots under {@code hardware-configs} in the folder of Tactus. */
public final class RobotCatalogue {
    private static final String FILE = "robot.yaml";

    private RobotCatalogue() {}

    /**
     * Reads a robot's configuration with the tightest of the maker's sets of limits.
     *
     * @param name the robot's name, for example {@code franka_fr3}
     * @return the robot
     * @throws BadInputException if there is no such robot (the message lists those there are), or its file is wrong
     */
    public static RobotConfig load(String name) {
        return load(name, RobotConfig.MINIMUM);
    }

    /**
     * Reads a robot's configuration with one of the maker's sets of limits.
     *
     * @param name the robot's name, for example {@code franka_fr3}
     * @param limitSet one of the robot's {@code limit_sets}, or {@link RobotConfig#MINIMUM}
     * @return the robot
     * @throws BadInputException as {@link #load(String)}, and if there is no such set
     */
    public static RobotConfig load(String name, String limitSet) {
        List<String> known = names();
        if (!known.contains(name)) {
            throw new BadInputException("unknown robot '" + name + "'; known here: "
                    + (known.isEmpty() ? "none" : String.join(", ", known)) + ". A robot is a folder with a " + FILE
                    + " in " + folder() + ".");
        }
        return RobotConfig.read(folder().resolve(name).resolve(FILE), limitSet);
    }

    /**
     * The robots that there are.
     *
     * @return their names, sorted
     */
    public static List<String> names() {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(FILE)))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be listed (" + e + "). Check its permissions.", e);
        }
    }

    private static Path folder() {
        return TactusHome.path().resolve("hardware-configs");
    }
}
