package dev.tactus.training.data;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.TermKind;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** A task without physics: a point goes to a cube in a straight line and closes the gripper when it is there. */
public final class SyntheticReach implements DemonstrationSource, DemonstrationCatalogue {
    private static final int TICKS = 30;

    @Override
    public List<DemonstrationSource> sources() {
        return List.of(this);
    }

    @Override
    public PolicyInterface policyInterface() {
        ObservationTerm joints = new ObservationTerm(
                "joint_position",
                TermKind.JOINT_POSITION,
                2,
                List.of("left", "right"),
                "",
                "",
                "rad",
                Rotation.NONE,
                2,
                Normalisation.identity(2));
        ObservationTerm cube = new ObservationTerm(
                "cube_pose",
                TermKind.OBJECT_POSE,
                9,
                List.of(),
                "base",
                "cube",
                "m",
                Rotation.COLUMNS_6D,
                2,
                Normalisation.identity(9));
        ActionTerm pose = new ActionTerm(
                "end_effector_pose",
                TermKind.END_EFFECTOR_POSE,
                9,
                List.of(),
                "base",
                "tool",
                "m",
                Rotation.COLUMNS_6D,
                "",
                false,
                Normalisation.identity(9));
        Normalisation plain = Normalisation.identity(1);
        ActionTerm gripper = new ActionTerm(
                "gripper",
                TermKind.GRIPPER,
                1,
                List.of(),
                "",
                "",
                "",
                Rotation.NONE,
                "",
                true,
                new Normalisation(0.1, plain.clipMin(), plain.clipMax(), plain.gain(), plain.offset()));
        return new PolicyInterface(
                "synthetic-reach",
                "toy",
                List.of("left", "right"),
                50_000_000L,
                List.of(joints, cube),
                List.of(pose, gripper),
                new double[] {100, 100},
                new double[] {10, 10},
                0);
    }

    @Override
    public void record(int episodes, long seed, DemonstrationWriter writer, IntConsumer progress) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int episode = 0; episode < episodes; episode++) {
            double x = random.nextDouble(-0.2, 0.2);
            double y = random.nextDouble(-0.2, 0.2);
            for (int tick = 0; tick < TICKS; tick++) {
                double share = (tick + 1.0) / TICKS;
                float[] observation = {
                    (float) (x * tick / TICKS),
                    (float) (y * tick / TICKS),
                    (float) x,
                    (float) y,
                    0.02f,
                    1,
                    0,
                    0,
                    0,
                    1,
                    0
                };
                float grip = share > 0.8 ? -1 : 1;
                float[] action = {(float) (x * share), (float) (y * share), 0.1f, 1, 0, 0, 0, 1, 0, grip};
                writer.addFrame(observation, action);
            }
            writer.endEpisode(true);
            progress.accept(episode + 1);
        }
    }

    /** Demonstrations of this task, made and read back. */
    public static LeRobotDataset dataset(Path folder, int episodes, long seed) {
        SyntheticReach task = new SyntheticReach();
        try (DemonstrationWriter writer = new DemonstrationWriter(folder, task.policyInterface())) {
            task.record(episodes, seed, writer, done -> {});
            writer.finish();
        }
        return LeRobotDataset.read(folder);
    }
}
