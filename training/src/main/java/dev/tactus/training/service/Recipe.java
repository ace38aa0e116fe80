package dev.tactus.training.service;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.training.algo.DiffusionImitation;
import dev.tactus.training.nn.AdamW;
import dev.tactus.training.nn.LearningRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a training run is to do, as a recipe file says it. There are no silent defaults: a recipe states every number.
 *
 * @param name the policy's name
 * @param text the recipe's text as it was used, with replacements made
 * @param demonstrations what is imitated
 * @param policy how the policy will be sampled
 * @param network the network
 * @param training the algorithm's settings
 * @param threads threads of one tensor operation
 * @param checkpointEverySteps steps between two checkpoints
 * @param maxMinutes time after which the run stops as if interrupted; empty if it has all the time it needs
 */
public record Recipe(
        String name,
        String text,
        Demonstrations demonstrations,
        Policy policy,
        Network network,
        DiffusionImitation.Settings training,
        int threads,
        int checkpointEverySteps,
        OptionalDouble maxMinutes) {
    private static final int MANY = 1_000_000_000;

    /**
     * What is imitated.
     *
     * @param task the task
     * @param folder the dataset, relative to the folder of Tactus unless absolute
     * @param episodes how many to make if the folder is absent
     * @param seed of those that are made
     */
    public record Demonstrations(String task, String folder, int episodes, long seed) {}

    /**
     * How the policy will be sampled.
     *
     * @param observationSteps To
     * @param horizon H
     * @param actionSteps Ta
     * @param schedule noise schedule, its levels and the bound on the clean sample
     * @param rtiSteps noise levels of a real-time iteration, descending to 0
     */
    public record Policy(
            int observationSteps, int horizon, int actionSteps, Schedule schedule, List<Integer> rtiSteps) {}

    /**
     * A noise schedule of discrete levels.
     *
     * @param name its name
     * @param steps K
     * @param clipSample bound on every element of the clean sample
     */
    public record Schedule(String name, int steps, double clipSample) {}

    /**
     * The network.
     *
     * @param levelEmbedding elements of the level's embedding
     * @param width elements of a hidden layer
     * @param blocks residual blocks
     */
    public record Network(int levelEmbedding, int width, int blocks) {}

    /** Kinds of network that a recipe can name. */
    private enum NetworkKind {
        RESIDUAL_MLP
    }

    /** Algorithms that a recipe can name. */
    private enum Algorithm {
        DIFFUSION_IMITATION
    }

    /**
     * Reads a recipe.
     *
     * @param file the recipe
     * @param assignments replacements, each {@code key=value} with a dotted key
     * @return the recipe
     * @throws BadInputException if the file or an assignment is wrong; the message says where and what is allowed
     */
    public static Recipe read(Path file, List<String> assignments) {
        try {
            return parse(RecipeText.with(Files.readString(file), file.toString(), assignments), file.toString());
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read (" + e + "). Recipes are in training/recipes.", e);
        }
    }

    /**
     * Parses a recipe's text.
     *
     * @param text the YAML
     * @param file what messages call it
     * @return the recipe
     */
    public static Recipe parse(String text, String file) {
        ConfigMap root = ConfigMap.parse(text, file);
        root.choice("algorithm", Algorithm.class);
        ConfigMap training = root.map("training");
        Recipe recipe = new Recipe(
                root.text("name"),
                text,
                demonstrations(root.map("demonstrations")),
                policy(root.map("policy")),
                network(root.map("network")),
                settings(training),
                training.integer("threads", 1, 256),
                training.integer("checkpoint_every_steps", 1, MANY),
                training.has("max_minutes")
                        ? OptionalDouble.of(training.number("max_minutes", 0, 1e6))
                        : OptionalDouble.empty());
        training.rejectUnknownKeys();
        root.rejectUnknownKeys();
        return recipe;
    }

    private static Demonstrations demonstrations(ConfigMap map) {
        Demonstrations demonstrations = new Demonstrations(
                map.text("task"), map.text("folder"), map.integer("episodes", 1, MANY), map.integer("seed", 0, MANY));
        map.rejectUnknownKeys();
        return demonstrations;
    }

    private static Policy policy(ConfigMap map) {
        int horizon = map.integer("horizon", 1, 1024);
        int observationSteps = map.integer("observation_steps", 1, horizon);
        String schedule = map.text("schedule");
        if (!VariancePreserving.names().contains(schedule)) {
            throw map.error(
                    "schedule",
                    "'" + schedule + "' is not allowed; one of " + String.join(", ", VariancePreserving.names())
                            + " is expected");
        }
        int levels = map.integer("levels", 2, 10_000);
        Policy policy = new Policy(
                observationSteps,
                horizon,
                map.integer("action_steps", 1, horizon - observationSteps + 1),
                new Schedule(schedule, levels, map.number("clip_sample", 1e-3, 1e3)),
                rtiSteps(map, levels));
        map.rejectUnknownKeys();
        return policy;
    }

    private static List<Integer> rtiSteps(ConfigMap map, int levels) {
        double[] steps = map.numbers("rti_steps");
        boolean allowed = steps.length > 0 && steps[steps.length - 1] == 0 && steps[0] < levels;
        for (int i = 0; i < steps.length; i++) {
            allowed &= steps[i] == Math.rint(steps[i]) && (i == 0 || steps[i] < steps[i - 1]);
        }
        if (!allowed) {
            throw map.error(
                    "rti_steps",
                    Arrays.toString(steps) + " is not allowed; whole levels below " + levels
                            + " are expected, descending to 0, for example [3, 1, 0]");
        }
        return Arrays.stream(steps).mapToObj(step -> (int) step).toList();
    }

    private static Network network(ConfigMap map) {
        map.choice("kind", NetworkKind.class);
        Network network = new Network(
                2 * map.integer("level_embedding_pairs", 2, 4096),
                map.integer("width", 1, 1 << 16),
                map.integer("blocks", 0, 1024));
        map.rejectUnknownKeys();
        return network;
    }

    private static DiffusionImitation.Settings settings(ConfigMap map) {
        int steps = map.integer("steps", 1, MANY);
        double[] betas = map.numbers("betas");
        if (betas.length != 2 || !(betas[0] >= 0 && betas[0] < 1 && betas[1] >= 0 && betas[1] < 1)) {
            throw map.error("betas", Arrays.toString(betas) + " is not allowed; two numbers in [0, 1) are expected");
        }
        return new DiffusionImitation.Settings(
                map.integer("seed", 0, MANY),
                map.integer("batch", 1, 1 << 20),
                new LearningRate(map.number("learning_rate", 1e-9, 1), map.integer("warm_up_steps", 0, steps), steps),
                new AdamW.Settings(
                        betas[0], betas[1], map.number("epsilon", 1e-30, 1), map.number("weight_decay", 0, 1)),
                map.number("max_gradient_norm", 1e-9, 1e9),
                map.number("ema_power", 1e-3, 10),
                map.number("ema_max_decay", 0, 1));
    }
}
