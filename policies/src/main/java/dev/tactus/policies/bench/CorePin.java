package dev.tactus.policies.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds a thread on one processor core, with the program {@code taskset} of Linux, so that two processes that are
 * compared run on the same core in turns. Gives the thread its cores back when closed.
 */
final class CorePin implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private final String thread;
    private final String allowed;
    private final int core;

    private CorePin(String thread, String allowed, int core) {
        this.thread = thread;
        this.allowed = allowed;
        this.core = core;
    }

    /** Pins the caller's thread to the last core that it may use; empty where that cannot be done. */
    static Optional<CorePin> pinThread() {
        try {
            String thread =
                    Path.of("/proc/thread-self").toRealPath().getFileName().toString();
            String allowed = Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .map(line -> line.substring(ALLOWED.length()).strip())
                    .findFirst()
                    .orElse("");
            String[] ranges = allowed.split("[,-]");
            CorePin pin = new CorePin(thread, allowed, Integer.parseInt(ranges[ranges.length - 1]));
            return set(thread, Integer.toString(pin.core)) ? Optional.of(pin) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // not Linux
        }
    }

    int core() {
        return core;
    }

    /** A command that runs pinned to the same core. */
    List<String> command(List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        pinned.addAll(command);
        return pinned;
    }

    private static boolean set(String thread, String cores) {
        try {
            Process taskset = new ProcessBuilder("taskset", "-cp", cores, thread)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return taskset.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        set(thread, allowed);
    }
}
