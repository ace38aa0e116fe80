package dev.tactus.policies.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.KindPolicies;
import dev.tactus.policies.fixture.ReachPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyYamlTest {
    private final String good = PolicyYamlWriter.write(ReachPolicy.spec());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "schema: 2|schema: 1|schema",
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
                "steps: [3, 1, 0]|steps: [3, 3, 0]|does not descend",
                "  name: squared_cosine|  name: cosine|does not go with kind diffusion",
                "  name: squared_cosine|  name: flow|does not go with kind diffusion",
                "  name: squared_cosine|  name: linear|'schedule.beta_start' is missing",
                "level_encoding: identity|level_encoding: quarter_log|not allowed with this schedule",
                "parameterisation: epsilon|parameterisation: velocity|not allowed with this schedule",
                "  name: ddpm|  name: ddim|'sampler.spacing' is missing",
                "  name: ddpm|  name: flow_euler|does not go with kind diffusion",
                "  name: ddpm|  name: ddpm\\n  steps: 3|unknown key",
                "noise: \"splitmix64-polar\"|noise: \"mt19937\"|no algorithm of this version",
                "null_terms: []|null_terms: [\"goal\"]|'goal' is no observation term",
                "chunk_shape: [16, 4]|chunk_shape: [16, 5]|H * D is 64",
                "shape: [10]|shape: [2, 4]|holds 8 numbers",
                "shape: [10]|shape: [-1]|no size of an axis",
                "terms: [\"joint_position\", \"target\"]\\n      layout: time_major\\n      shape: [10]|"
                        + "terms: [\"target\"]\\n      layout: time_major\\n      shape: [6]|no input takes",
                "terms: [\"joint_position\", \"target\"]|terms: [\"joint_position\", \"goal\"]|'goal' is no",
                "level: |stop_level: none\\n  level: |unknown key",
                "prediction: \"prediction\"|prediction: \"prediction\"\\n  energy: \"e\"|unknown key",
                "external_data: []|external_data: [\"../weights\"]|no file name of a bundle",
                "external_data: []|external_data: [\"model.onnx\"]|stands twice",
                "kind: diffusion|kind: consistency|does not go with kind consistency",
                "steps: [3, 1, 0]|steps: [100, 0]|[0, 99]",
                "rotation: none|rotation: columns_6d|only a pose has one",
                "unit: \"rad\"|unit: \"deg\"|one of [rad, m]",
                "size: 2|size: 3|one for each element",
                "\"elbow\"]\\n    frame|\"wrist\"]\\n    frame|'wrist' is not among",
                "gain: [1.0, 2.0]|gain: [1.0, 0.0]|cannot be undone",
                "gain: [1.0, 2.0]|gain: [1.0, 2.0, 3.0]|has 2 elements",
                "clip_min: -1.0|clip_min: 1.0|must be greater",
                "clip_min: -1.0|clip_min: low|plain number",
                "scale: 0.5|scale: 0|erase",
                "history: 2|history: 1|time_major",
                "type: int64|type: int32|one of int64",
                "stiffness_nm_per_rad: [600.0, 250.0]|stiffness_nm_per_rad: [600.0]|1 numbers for 2 joints",
                "discrete: scale|discrete: jump|one of scale",
                "name: \"target\"|name: \"joint_position\"|stands twice",
                "joints: [\"shoulder\", \"elbow\"]\\ngains|joints: [\"elbow\", \"elbow\"]\\ngains|"
                        + "'elbow' stands twice",
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
        assertEquals(expected.sampling(), spec.sampling());
        assertEquals(expected.provenance(), spec.provenance());
        assertArrayEquals(expected.gains().stiffness(), spec.gains().stiffness());
        Normalisation normalisation = spec.observations().getFirst().normalisation();
        assertEquals(0.5, normalisation.scale());
        assertEquals(-1.0, normalisation.clipMin()[1]);
        assertArrayEquals(new double[] {1.0, 2.0}, normalisation.gain());
        assertEquals(Double.MAX_VALUE, spec.actions().getFirst().normalisation().clipMax()[0]);
    }

    @ParameterizedTest
    @MethodSource("dev.tactus.policies.fixture.KindPolicies#all")
    void everyKindSurvivesWritingAndReading(PolicySpec spec) {
        String text = PolicyYamlWriter.write(spec);
        PolicySpec read = PolicyYaml.parse(text, "policy.yaml");
        assertEquals(text, PolicyYamlWriter.write(read));
        assertEquals(spec.sampling(), read.sampling());
        assertEquals(spec.network(), read.network());
        assertEquals(spec.rti(), read.rti());
        assertEquals(spec.nullTerms(), read.nullTerms());
        assertTrue(text.contains("  name: " + read.sampling().samplerWords().split(",")[0] + "\n"));
    }

    /** Two terms with histories of their own, one input term by term, the other step by step, all numbers distinct. */
    @Test
    void aConditionIsLaidOutAsTheBundleSays() {
        PolicySpec spec = KindPolicies.of(PolicySpec.PolicyKind.FLOW);
        ConditionVector layout = new ConditionVector(spec);
        float[] window = new float[layout.windowSize()];
        for (int i = 0; i < window.length; i++) {
            window[i] = 0.1f * (i + 1); // step 0: 0.1 to 0.5, step 1: 0.6 to 1.0
        }
        float[] condition = new float[layout.size()];
        layout.fill(window, condition);
        // joint_position: clip(v * 0.5, -1, 1) * [1, 2] + [0, 0.1], both steps; then target as it is, both steps
        float[] expected = {0.05f, 0.3f, 0.3f, 0.8f, 0.3f, 0.4f, 0.5f, 0.8f, 0.9f, 1.0f};
        assertArrayEquals(expected, condition, 1e-6f);
        float[] unconditional = new float[layout.size()];
        layout.fillUnconditional(condition, unconditional);
        assertArrayEquals(new float[] {0.05f, 0.3f, 0.3f, 0.8f, 0, 0, 0, 0, 0, 0}, unconditional, 1e-6f);
        assertEquals(0, Allocation.bytesOfThousandRuns(() -> layout.fill(window, condition)));
    }

    /** Takes every line out in turn: nothing has a default that a reader of the file would not see. */
    @ParameterizedTest
    @MethodSource("dev.tactus.policies.fixture.KindPolicies#all")
    void noKeyOfAnyKindMayBeMissing(PolicySpec spec) {
        String[] lines = PolicyYamlWriter.write(spec).split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].matches(" *(- )?[a-z0-9_]+: .+")) {
                String[] fewer = lines.clone();
                fewer[i] = lines[i].startsWith("    - ") ? "    -" : lines[i].startsWith("  - ") ? "  -" : "";
                String text = String.join("\n", fewer);
                assertThrows(BadInputException.class, () -> PolicyYaml.parse(text, "policy.yaml"), lines[i]);
            }
        }
    }

    @Test
    void aPictureSaysItsSizeAndItsOrderOfColours() {
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
        PolicySpec seeing = KindPolicies.seeing(java.util.List.of(picture));
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
        ConditionVector observations = new ConditionVector(spec);
        float[] physical = {0.4f, -3.0f, 0.1f, 0.2f, 0.3f, 4.0f, 1.0f, 0.1f, 0.2f, 0.3f};
        float[] normalised = new float[10];
        assertEquals(2, observations.fill(physical, normalised), "elements clipped");
        // clip(value * 0.5, -1, 1) * gain + offset, by hand
        assertArrayEquals(new float[] {0.2f, -1.9f, 0.1f, 0.2f, 0.3f, 1.0f, 1.1f, 0.1f, 0.2f, 0.3f}, normalised, 1e-6f);
    }
}
