package dev.tactus.training.service;

import dev.tactus.policies.bundle.KeyStore;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.Interruption;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.training.data.DemonstrationSource;
import dev.tactus.training.data.LeRobotDataset;
import dev.tactus.training.data.PolicyInterface;
import dev.tactus.training.export.ParityCheck;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tactus train RECIPE}: from a recipe to a policy bundle. */
@Command(
        name = "train",
        description = "Trains a policy as a recipe says and exports it as a bundle. Ctrl-C keeps a checkpoint.")
public final class TrainCommand implements TactusCommand {
    @Parameters(paramLabel = "RECIPE", description = "Recipe file, for example training/recipes/fr3-lift.yaml.")
    private Path recipeFile;

    @Option(names = "--resume", description = "Go on from the checkpoint in the run's folder.")
    private boolean resume;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a value of the recipe, for example training.steps=2000. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "The run's folder; runs/NAME of the recipe if absent.")
    private Path out;

    @Option(names = "--json", paramLabel = "FILE", description = "Write figures of the run as one JSON object.")
    private Path json;

    @Spec
    private CommandSpec spec;

    /** Makes the command. */
    public TrainCommand() {}

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        if (json != null) {
            JsonReport.requireWritable(json);
        }
        Recipe recipe = Recipe.read(recipeFile, assignments);
        Path folder = out != null ? out : TactusHome.path().resolve("runs").resolve(recipe.name());
        checkFolder(folder);
        DemonstrationSource source =
                DemonstrationSource.of(recipe.demonstrations().task());
        PolicyInterface policy = source.policyInterface();
        Path demonstrations = TactusHome.path().resolve(recipe.demonstrations().folder());
        if (!Files.exists(demonstrations) && !demonstrate(recipe, source, demonstrations, terminal)) {
            return Interruption.EXIT_CODE;
        }
        LeRobotDataset dataset = LeRobotDataset.read(demonstrations);
        TrainingRun run = new TrainingRun(recipe, policy, dataset, folder);
        if (resume) {
            run.resume();
            terminal.printf("resuming at step %d%n", run.steps());
        }
        terminal.printf(
                "training %s on %d episodes, %d frames, to %s%n",
                recipe.name(), dataset.episodes().size(), dataset.frames(), folder);
        terminal.flush();
        try (Interruption interruption = new Interruption()) {
            return train(recipe, run, folder, interruption, terminal);
        }
    }

    private int train(Recipe recipe, TrainingRun run, Path folder, Interruption interruption, PrintWriter terminal) {
        int total = recipe.training().learningRate().steps();
        long startNs = System.nanoTime();
        double limitNs = recipe.maxMinutes().orElse(Double.POSITIVE_INFINITY) * 60e9;
        ProgressLine progress = new ProgressLine(terminal, ProgressLine.onTerminal(), "step", run.steps(), total);
        while (run.steps() < total && !interruption.requested() && System.nanoTime() - startNs < limitNs) {
            double loss = run.step();
            if (Double.isNaN(loss)) {
                run.save();
                terminal.printf(
                        "%nthe loss of step %d or its gradient is not finite; the step was not taken, and the state before"
                                + " it is kept in %s. Train anew with a lower training.learning_rate.%n",
                        run.steps() + 1, folder);
                terminal.flush();
                return ExitCode.CHECK_FAILED;
            }
            progress.show(run.steps(), detail(run));
        }
        double rate = progress.perSecond(run.steps());
        progress.end(run.steps(), detail(run));
        run.save();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("steps", run.steps());
        report.put("loss", run.curve().latest());
        report.put("steps_per_s", rate);
        report.put("average_sha256", run.averageSha256());
        if (run.steps() < total) {
            terminal.printf(
                    "stopped at step %d of %d; its checkpoint is kept. Go on with: ./tactus train %s --resume%s%n",
                    run.steps(), total, recipeFile, options());
            terminal.flush();
        } else {
            export(run, folder.resolve(TrainingRun.BUNDLE), report, terminal);
        }
        if (json != null) {
            JsonReport.write(json, report);
        }
        return interruption.requested() ? Interruption.EXIT_CODE : ExitCode.DONE;
    }

    private static void export(TrainingRun run, Path bundle, Map<String, Object> report, PrintWriter terminal) {
        ParityCheck.Difference difference = run.export();
        report.put("export_difference", difference.absolute());
        report.put("export_difference_relative", difference.relative());
        report.put("bundle", bundle.toString());
        terminal.printf(
                Locale.ROOT,
                "bundle %s: ONNX Runtime and libtorch differ by at most %.1e, %.1e of the greatest prediction%n",
                bundle,
                difference.absolute(),
                difference.relative());
        Path key = KeyStore.ofUser().signingKey();
        if (Files.exists(key)) {
            terminal.printf("signed by key %s%n", PolicyBundle.sign(bundle, key));
        } else {
            terminal.printf(
                    "it is not signed, so it runs with --allow-unsigned only; sign it: ./tactus policy sign %s%n",
                    bundle);
        }
        terminal.flush();
    }

    private static boolean demonstrate(Recipe recipe, DemonstrationSource source, Path folder, PrintWriter terminal) {
        Recipe.Demonstrations wanted = recipe.demonstrations();
        terminal.printf("%s is absent: making %d demonstrations%n", folder, wanted.episodes());
        terminal.flush();
        return Demonstrations.record(source, wanted.episodes(), wanted.seed(), folder, terminal);
    }

    private void checkFolder(Path folder) {
        boolean begun = Files.exists(folder.resolve(TrainingRun.CHECKPOINT));
        if (begun && !resume) {
            throw new BadInputException(folder + ": holds a checkpoint of an earlier run. Go on from it with --resume,"
                    + " or name another folder with --out.");
        }
        if (!begun && resume) {
            throw new BadInputException(folder + ": has no " + TrainingRun.CHECKPOINT
                    + " to resume from. Start without --resume, or name the run's folder with --out.");
        }
    }

    private String options() {
        StringBuilder options = new StringBuilder();
        assignments.forEach(assignment -> options.append(" --set ").append(assignment));
        return out == null ? options.toString() : options + " --out " + out;
    }

    private static String detail(TrainingRun run) {
        return String.format(Locale.ROOT, "loss %.4f", run.curve().latest());
    }
}
