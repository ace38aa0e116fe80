package dev.tactus.policies.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.ReachPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyYamlTest {
    private final String good = PolicyYamlWriter.write(ReachPolicy.spec());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "schema: 1|schema: 2|schema",
                "horizon: 16|horizont: 16|'horizon' is missing",
                "robot: \"two_joints\"|robot: \"two_joints\"\\nrobots: x|unknown key",
                "control_period: 50 ms|control_period: 50|has no unit",
                "control_period: 50 ms|control_period: 0.05 s|has the unit 's'",
                "control_period: 50 ms|control_period: 0 ms|out of range",
                "kind: diffusion|kind: diffuse|one of diffusion",
                "parameterisation: epsilon|parameterisation: noise|one of epsilon",
                "observation_steps: 2|observation_steps: 17|[1, 16]",
                "action_steps: 8|action_steps: 16|[1, 15]",
                "steps: [3, 1, 0]|steps: [1, 3, 0]|does not descend",
                "steps: [3, 1, 0]|steps: [3, 1]|does not end with 0",
                "steps: [3, 1, 0]|steps: [100, 0]|[0, 99]",
                "rotation: none|rotation: columns_6d|only a pose has one",
                "unit: \"rad\"|unit: \"deg\"|one of [rad, m]",
                "size: 2|size: 3|one for each element",
                "\"elbow\"]\\n    frame|\"wrist\"]\\n    frame|'wrist' is not among",
                "gain: [1.0, 2.0]|gain: [1.0, 0.0]|cannot be undone",
                "gain: [1.0, 2.0]|gain: [1.0]|has 2 elements",
                "clip_min: -1.0|clip_min: 1.0|must be greater",
                "clip_min: -1.0|clip_min: low|plain number",
                "scale: 0.5|scale: 0|erase",
                "history: 2|history: 1|observation_steps = 2",
                "level_type: int64|level_type: int32|one of int64",
                "stiffness_nm_per_rad: [600.0, 250.0]|stiffness_nm_per_rad: [600.0]|1 numbers for 2 joints",
                "discrete: scale|discrete: jump|one of scale",
                "name: \"target\"|name: \"joint_position\"|two terms are named",
                "joints: [\"shoulder\", \"elbow\"]\\ngains|joints: [\"elbow\", \"elbow\"]\\ngains|"
                        + "'shoulder' is not among",
            })
    void everyMistakeIsNamedWithItsLine(String what, String instead, String message) {
        String from = what.replace("\\n", "\n");
        String to = instead.replace("\\n", "\n");
        assertTrue(good.contains(from), from);
        String text = good.replaceFirst(java.util.regex.Pattern.quote(from), to);
        String said = assertThrows(BadInputException.class, () -> PolicyYaml.parse(text, "policy.yaml"))
                .getMessage();
        assertTrue(said.matches("(?s)policy\\.yaml:\\d+: .*"), said);
        assertTrue(said.contains(message), said);
    }

    @Test
    void everythingSurvivesWritingAndReading() {
        PolicySpec spec = PolicyYaml.parse(good, "policy.yaml");
        PolicySpec expected = ReachPolicy.spec();
        assertEquals(good, PolicyYamlWriter.write(spec));
        assertEquals(expected.network(), spec.network());
        assertEquals(expected.rti(), spec.rti());
        assertEquals(expected.schedule(), spec.schedule());
        assertEquals(expected.provenance(), spec.provenance());
        assertArrayEquals(expected.stiffness(), spec.stiffness());
        Normalisation normalisation = spec.observations().getFirst().normalisation();
        assertEquals(0.5, normalisation.scale());
        assertEquals(-1.0, normalisation.clipMin());
        assertArrayEquals(new double[] {1.0, 2.0}, normalisation.gain());
        assertEquals(Double.MAX_VALUE, spec.actions().getFirst().normalisation().clipMax());
    }

    @Test
    void aPictureSaysItsSizeAndItsOrderOfColours() {
        PolicySpec spec = ReachPolicy.spec();
        ObservationTerm picture = new ObservationTerm(
                "camera",
                TermKind.IMAGE,
                3 * 4 * 2,
                java.util.List.of(),
                "",
                "",
                "1",
                Rotation.NONE,
                2,
                TimeAlignment.NEAREST,
                Optional.of(new ImageFormat(4, 2, ImageFormat.ColourOrder.BGR)),
                Normalisation.identity(24));
        PolicySpec seeing = new PolicySpec(
                spec.name(),
                spec.kind(),
                spec.robot(),
                spec.task(),
                spec.joints(),
                spec.parameterisation(),
                spec.schedule(),
                spec.horizon(),
                spec.observationSteps(),
                spec.actionSteps(),
                spec.controlPeriodNs(),
                java.util.List.of(picture),
                spec.actions(),
                spec.rti(),
                spec.network(),
                spec.stiffness(),
                spec.damping(),
                spec.targetSmoothingS(),
                spec.provenance());
        String text = PolicyYamlWriter.write(seeing);
        ObservationTerm read =
                PolicyYaml.parse(text, "policy.yaml").observations().getFirst();
        assertEquals(picture.image(), read.image());
        assertEquals(TimeAlignment.NEAREST, read.alignment());
        String wrong = text.replace("width: 4", "width: 5");
        assertTrue(assertThrows(BadInputException.class, () -> PolicyYaml.parse(wrong, "p"))
                .getMessage()
                .contains("3 planes of 5 x 2"));
    }

    @Test
    void normalisingAndBackIsTheIdentityInsideTheClip() {
        PolicySpec spec = ReachPolicy.spec();
        Normaliser actions = Normaliser.ofActions(spec);
        for (int i = 0; i < actions.size(); i++) {
            for (double value = -2.0; value <= 2.0; value += 0.37) {
                assertEquals(value, actions.invert(i, actions.apply(i, value)), 1e-12);
            }
        }
        Normaliser observations = Normaliser.ofObservations(spec);
        float[] physical = {0.4f, -3.0f, 0.1f, 0.2f, 0.3f, 4.0f, 1.0f, 0.1f, 0.2f, 0.3f};
        float[] normalised = new float[10];
        assertEquals(2, observations.apply(physical, normalised), "elements clipped");
        // clip(value * 0.5, -1, 1) * gain + offset, by hand
        assertArrayEquals(new float[] {0.2f, -1.9f, 0.1f, 0.2f, 0.3f, 1.0f, 1.1f, 0.1f, 0.2f, 0.3f}, normalised, 1e-6f);
    }
}
