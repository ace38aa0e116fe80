package dev.tactus.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalisationFitTest {
    private final PolicyInterface policy = new SyntheticReach().policyInterface();

    @TempDir
    private Path folder;

    @Test
    void positionsFillTheIntervalRotationsStayAndConstantsBecomeZero() {
        LeRobotDataset dataset = SyntheticReach.dataset(folder.resolve("set"), 20, 3);
        NormalisationFit fit = NormalisationFit.of(policy, dataset.episodes());
        double[] least = new double[policy.actionSize()];
        double[] greatest = new double[policy.actionSize()];
        for (Episode episode : dataset.episodes()) {
            float[] rows = fit.actions(episode.action());
            for (int i = 0; i < rows.length; i++) {
                int element = i % policy.actionSize();
                least[element] = Math.min(least[element], rows[i]);
                greatest[element] = Math.max(greatest[element], rows[i]);
            }
        }
        double single = 1e-6;
        assertArrayEquals(new double[] {-1, -1, 0, 0, 0, 0, 0, 0, 0, -0.1}, least, single);
        assertArrayEquals(new double[] {1, 1, 0, 1, 0, 0, 0, 1, 0, 0.1}, greatest, single);
    }

    @Test
    void anActionIsTakenBack() {
        LeRobotDataset dataset = SyntheticReach.dataset(folder.resolve("set"), 5, 3);
        NormalisationFit fit = NormalisationFit.of(policy, dataset.episodes());
        float[] physical = dataset.episodes().getFirst().action();
        float[] normalised = fit.actions(physical);
        var pose = fit.actions().getFirst().normalisation();
        IntStream.range(0, 9).forEach(i -> assertEquals(physical[10 + i], pose.invert(i, normalised[10 + i]), 1e-6));
        assertEquals(physical[9], fit.actions().getLast().normalisation().invert(0, normalised[9]), 1e-6);
    }

    @Test
    void observationsAreDividedAndPutTogetherAgain() {
        LeRobotDataset dataset = SyntheticReach.dataset(folder.resolve("set"), 2, 3);
        Episode episode = dataset.episodes().getFirst();
        float[] joined = policy.observations(episode);
        float[] state = new float[2];
        float[] environment = new float[9];
        policy.split(java.util.Arrays.copyOfRange(joined, 11, 22), state, environment);
        assertArrayEquals(java.util.Arrays.copyOfRange(episode.state(), 2, 4), state);
        assertArrayEquals(java.util.Arrays.copyOfRange(episode.environmentState(), 9, 18), environment);
        assertEquals(
                java.util.List.of("joint_position.left", "joint_position.right"),
                dataset.spec().stateNames());
        assertEquals("cube_pose.x_axis_x", dataset.spec().environmentNames().get(3));
        assertEquals("gripper", dataset.spec().actionNames().getLast());
    }

    @Test
    void aTaskThatNobodyDemonstratesIsNamedWithThoseThatAre() {
        String message = assertThrows(RuntimeException.class, () -> DemonstrationSource.of("juggle"))
                .getMessage();
        assertEquals(true, message.contains("synthetic-reach"), message);
    }
}
