package dev.tactus.training.service;

import dev.tactus.training.data.LeRobotDataset;
import dev.tactus.training.data.SyntheticReach;
import java.nio.file.Path;

/** A run that takes a second. */
final class SmallRun {
    static final String RECIPE = """
            name: small
            algorithm: diffusion_imitation
            demonstrations: {task: synthetic-reach, folder: %s, episodes: 10, seed: 1}
            policy:
              observation_steps: 2
              horizon: 8
              action_steps: 4
              schedule: squared_cosine
              levels: 20
              clip_sample: 1.0
              rti_steps: [3, 1, 0]
            network: {kind: residual_mlp, level_embedding_pairs: 8, width: 64, blocks: 1}
            training:
              seed: %d
              steps: %d
              batch: 32
              learning_rate: 2.0e-3
              warm_up_steps: 5
              betas: [0.95, 0.999]
              epsilon: 1.0e-8
              weight_decay: 1.0e-6
              max_gradient_norm: 1.0
              ema_power: 0.75
              ema_max_decay: 0.9999
              threads: 1
              checkpoint_every_steps: 1000000
            """;

    private SmallRun() {}

    static String recipe(Path dataset, long seed, int steps) {
        return RECIPE.formatted(dataset, seed, steps);
    }

    static TrainingRun make(LeRobotDataset dataset, Path folder, long seed, int steps) {
        return new TrainingRun(
                Recipe.parse(recipe(Path.of("unused"), seed, steps), "small.yaml"),
                new SyntheticReach().policyInterface(),
                dataset,
                folder);
    }

    static void steps(TrainingRun run, int count) {
        for (int i = 0; i < count; i++) {
            run.step();
        }
    }
}
