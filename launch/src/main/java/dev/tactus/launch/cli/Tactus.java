package dev.tactus.launch.cli;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.command.TactusCommand;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The program {@code ./tactus}: every command that a module of this distribution brings, under one roof. */
public final class Tactus {
    private static final Map<String, String> GROUPS = new TreeMap<>(Map.of(
            "bench", "Benchmarks of a module, against its peers where they are installed.",
            "policy", "Look into a policy bundle and check it.",
            "robot", "A robot's description files against each other."));

    private Tactus() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs one command.
     *
     * @param args the command line
     * @return one of {@link ExitCode}, or 128 plus a signal's number
     */
    static int run(String... args) {
        CommandLine program = assemble();
        if (args.length == 0) {
            program.usage(System.err);
            return ExitCode.BAD_INPUT;
        }
        return program.execute(args);
    }

    private static CommandLine assemble() {
        CommandLine program = new CommandLine(new Root());
        Map<String, CommandLine> groups = new TreeMap<>();
        Map<String, TactusCommand> top = new TreeMap<>();
        for (TactusCommand command : ServiceLoader.load(TactusCommand.class)) {
            String group = command.group();
            CommandLine line = new CommandLine(command);
            if (group.isEmpty()) {
                top.put(line.getCommandName(), command);
            } else {
                groups.computeIfAbsent(group, Tactus::newGroup).addSubcommand(line);
            }
        }
        top.forEach((name, command) -> program.addSubcommand(name, command));
        groups.forEach(program::addSubcommand);
        describe(program);
        program.setExecutionExceptionHandler(Tactus::explain);
        program.setParameterExceptionHandler(Tactus::explainUsage);
        return program;
    }

    private static CommandLine newGroup(String name) {
        CommandLine line = new CommandLine(new Group());
        line.setCommandName(name);
        line.getCommandSpec().usageMessage().description(GROUPS.getOrDefault(name, ""));
        return line;
    }

    /** Gives every command the same help option. */
    private static void describe(CommandLine line) {
        line.addMixin("help", new HelpOption());
        line.getSubcommands().values().forEach(Tactus::describe);
    }

    private static int explain(Exception exception, CommandLine line, CommandLine.ParseResult parsed) {
        return switch (exception) {
            case BadInputException bad -> say(bad.getMessage(), ExitCode.BAD_INPUT);
            case MissingPartException missing -> say(missing.getMessage(), ExitCode.MISSING_PART);
            case UncheckedIOException io ->
                say(
                        "a file could not be read or written: " + io.getMessage()
                                + ". Look whether the disk is full and who may write there.",
                        ExitCode.MISSING_PART);
            default -> {
                System.err.println(
                        "tactus: a fault of this program, not of your input. Please report it with this text:");
                exception.printStackTrace();
                yield ExitCode.CHECK_FAILED;
            }
        };
    }

    private static int explainUsage(CommandLine.ParameterException exception, String[] args) {
        CommandLine line = exception.getCommandLine();
        System.err.println("tactus: " + exception.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, System.err);
        System.err.println("See './" + line.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.BAD_INPUT;
    }

    private static int say(String message, int exitCode) {
        System.err.println("tactus: " + message);
        return exitCode;
    }

    @Command(
            name = "tactus",
            description = "Runs learned policies on robots, on time and inside limits.",
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Exit codes: 0 done, 1 ran and the check failed, 2 bad input, 3 this machine lacks something.",
                "'train' and 'demos' come with the learner, which fetches libtorch (about 360 MB) on its first use."
            })
    private static final class Root extends Group {}

    /** A command that only holds others. */
    @Command(synopsisSubcommandLabel = "COMMAND")
    private static class Group implements Runnable {
        @CommandLine.Spec
        private CommandSpec spec;

        @Override
        public void run() {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "name one of: " + String.join(", ", spec.subcommands().keySet()));
        }
    }

    /** The help option that stands on every level. */
    private static final class HelpOption {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help and exit.")
        private boolean asked;
    }
}
