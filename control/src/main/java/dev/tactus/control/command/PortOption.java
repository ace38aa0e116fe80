package dev.tactus.control.command;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.policies.command.MissingPartException;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The part of a command line that says where the processes of a robot meet. */
final class PortOption {
    @Option(
            names = "--port",
            paramLabel = "DIR",
            required = true,
            description = "Folder that the robot's processes meet in, best under /dev/shm.")
    private Path folder;

    Path folder() {
        return folder;
    }

    /** Does something that hardware may refuse, which is then something that this machine lacks. */
    static <T> T reaching(Supplier<T> hardware) {
        try {
            return hardware.get();
        } catch (HardwareException e) {
            throw new MissingPartException(e.getMessage(), e);
        }
    }
}
