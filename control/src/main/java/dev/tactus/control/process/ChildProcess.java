package dev.tactus.control.process;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.config.TactusHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * One command of {@code ./tactus} in a process that this one starts, with the same classes and a small heap. It ends in
 * good order when this one is gone.
 */
public final class ChildProcess implements AutoCloseable {
    /** For processes that hardly allocate: the smallest collector, with the compiler that is soonest done. */
    public static final List<String> TINY = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms8m", "-Xmx48m");

    /** For processes with a control loop: pauses below a millisecond, all of the heap there from the start. */
    public static final List<String> REAL_TIME = List.of("-XX:+UseZGC", "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch");

    private static final long PATIENCE_S = 5;

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a command.
     *
     * @param flags of the Java virtual machine
     * @param log gets what the command prints
     * @param command its words, as after {@code ./tactus}
     * @return the process
     */
    public static ChildProcess start(List<String> flags, Path log, String... command) {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.addAll(flags);
        words.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dtactus.home=" + TactusHome.path(),
                "-cp",
                System.getProperty("java.class.path"),
                ChildProcess.class.getName()));
        words.addAll(List.of(command));
        try {
            return new ChildProcess(new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new MissingPartException(
                    "a process could not be started (" + e + "). Look at the memory and the"
                            + " process limit of this machine.",
                    e);
        }
    }

    /**
     * What a started process runs.
     *
     * @param args the words of a command of {@code ./tactus}
     */
    public static void main(String[] args) {
        // Whoever started this is gone, however that came about: nobody would ever end it.
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        System.exit(run(args));
    }

    private static int run(String[] args) {
        for (TactusCommand command : ServiceLoader.load(TactusCommand.class)) {
            CommandLine line = new CommandLine(command);
            List<String> name = command.group().isEmpty()
                    ? List.of(line.getCommandName())
                    : List.of(command.group(), line.getCommandName());
            if (args.length >= name.size()
                    && Arrays.asList(args).subList(0, name.size()).equals(name)) {
                line.setExecutionExceptionHandler((exception, failed, parsed) -> {
                    switch (exception) {
                        case BadInputException bad -> System.err.println("tactus: " + bad.getMessage());
                        case MissingPartException missing -> System.err.println("tactus: " + missing.getMessage());
                        default -> exception.printStackTrace();
                    }
                    return 1;
                });
                return line.execute(Arrays.copyOfRange(args, name.size(), args.length));
            }
        }
        System.err.println("tactus: there is no command " + String.join(" ", args));
        return 2;
    }

    /**
     * Its id.
     *
     * @return the process id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Whether it runs.
     *
     * @return whether it does
     */
    public boolean alive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does: it can do nothing about it. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Asks it to end, waits some seconds, and then kills it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
