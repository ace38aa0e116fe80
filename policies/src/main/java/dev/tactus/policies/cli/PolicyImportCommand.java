package dev.tactus.policies.cli;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.contract.ContractImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./tactus policy import CONTRACT MODEL --out BUNDLE}: makes a bundle of a network that somebody else trained. */
@Command(
        name = "import",
        description = {
            "Make a policy bundle of an ONNX file that somebody else trained and its contract file (deploy.yaml)."
        })
public final class PolicyImportCommand implements TactusCommand {
    @Parameters(index = "0", paramLabel = "CONTRACT", description = "Contract file, YAML.")
    private Path contract;

    @Parameters(index = "1", paramLabel = "MODEL", description = "ONNX file; weights may lie in files beside it.")
    private Path model;

    @Option(names = "--out", paramLabel = "BUNDLE", required = true, description = "Folder of the bundle to make.")
    private Path out;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the policy (default: that of the folder).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--robot", paramLabel = "ROBOT", description = "Robot that it was trained for.")
    private String robot = "";

    @Option(names = "--task", paramLabel = "TASK", description = "Task that it was trained on.")
    private String task = "";

    @Option(
            names = "--joints",
            paramLabel = "A,B,C",
            split = ",",
            description = "Joint names in the order of the motors, if the contract has no joint_names.")
    private List<String> joints = List.of();

    @Option(names = "--action", paramLabel = "OUTPUT", description = "Output with the action, if there are several.")
    private Optional<String> action = Optional.empty();

    /** Made by ServiceLoader. */
    public PolicyImportCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Override
    public Integer call() {
        if (Files.exists(out)) {
            throw new BadInputException(
                    "--out " + out + ": is there already and is left as it is; name another folder, or remove it");
        }
        String called = name.orElseGet(
                () -> out.toAbsolutePath().normalize().getFileName().toString());
        ContractImport.Identity identity = new ContractImport.Identity(called, robot, task, joints, action);
        List<String> notes = new ContractImport(contract, model, identity).write(out);
        notes.forEach(note -> System.out.println("note: " + note));
        System.out.printf("bundle %s: inputs, outputs and shapes fit the contract. Next:%n", out);
        System.out.printf("  ./tactus policy verify %s%n  ./tactus policy sign %s%n", out, out);
        return ExitCode.DONE;
    }
}
