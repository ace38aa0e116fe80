package dev.tactus.sim.task.lift;

import dev.tactus.control.loop.Clock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.sim.task.Scene;
import dev.tactus.sim.task.Task;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Task {@code fr3-lift}: lift a cube with a Franka FR3 at 20 Hz, commanding the absolute pose of the tool centre point
 * and the gripper. The gripper's ±1 is ±0.1 in network space, so that a few denoising steps can turn it (Duan et al.,
 * Real-Time Iteration Scheme for Diffusion Policy: the "scale" variant).
 */
public final class Fr3Lift implements Task {
    /** Frame of every pose: the robot's base. */
    static final String BASE = "fr3_link0";

    /** The commanded frame: the tool centre point between the finger tips. */
    static final String TOOL = "fr3_hand_tcp";

    private static final double GRIPPER_SCALE = 0.1;
    private static final List<String> JOINTS =
            IntStream.rangeClosed(1, 7).mapToObj(i -> "fr3_joint" + i).toList();

    /** Makes the task. */
    public Fr3Lift() {}

    @Override
    public String name() {
        return "fr3-lift";
    }

    @Override
    public String robot() {
        return "franka_fr3";
    }

    @Override
    public long controlPeriodNs() {
        return 50_000_000L;
    }

    @Override
    public int maxTicks() {
        return 200;
    }

    @Override
    public List<ObservationTerm> observationTerms() {
        return List.of(
                observation("joint_position", TermKind.JOINT_POSITION, 7, JOINTS, "", "", "rad", Rotation.NONE),
                observation(
                        "end_effector_pose",
                        TermKind.END_EFFECTOR_POSE,
                        9,
                        List.of(),
                        BASE,
                        TOOL,
                        "m",
                        Rotation.COLUMNS_6D),
                observation("gripper", TermKind.GRIPPER, 1, List.of(), "", "", "m", Rotation.NONE),
                observation("cube_pose", TermKind.OBJECT_POSE, 9, List.of(), BASE, "cube", "m", Rotation.COLUMNS_6D));
    }

    @Override
    public List<ActionTerm> actionTerms() {
        return List.of(
                new ActionTerm(
                        "end_effector_pose",
                        TermKind.END_EFFECTOR_POSE,
                        9,
                        List.of(),
                        BASE,
                        TOOL,
                        "m",
                        Rotation.COLUMNS_6D,
                        "",
                        false,
                        Normalisation.identity(9)),
                new ActionTerm(
                        "gripper",
                        TermKind.GRIPPER,
                        1,
                        List.of(),
                        "",
                        "",
                        "1",
                        Rotation.NONE,
                        "",
                        true,
                        new Normalisation(
                                GRIPPER_SCALE, -GRIPPER_SCALE, GRIPPER_SCALE, new double[] {1}, new double[1])));
    }

    @Override
    public Scene open(RobotConfig robot, Clock clock) {
        return new LiftScene(robot, clock);
    }

    private static ObservationTerm observation(
            String name,
            TermKind kind,
            int size,
            List<String> joints,
            String frame,
            String subject,
            String unit,
            Rotation rotation) {
        return new ObservationTerm(
                name, kind, size, joints, frame, subject, unit, rotation, 2, Normalisation.identity(size));
    }
}
