package dev.tactus.policies.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigMapTest {
    private static final String ROBOT = """
            name: arm
            rate: 1000 Hz
            joints:
              - name: j1
                velocity: 2.62 rad/s
            gains: [1, 2.5]
            """;

    private final ConfigMap map = ConfigMap.parse(ROBOT, "robot.yaml");

    @Test
    void handsOutTypedValues() {
        assertEquals("arm", map.text("name"));
        assertEquals(1000, map.quantity("rate", Unit.HERTZ));
        assertArrayEquals(new double[] {1, 2.5}, map.numbers("gains"));
        ConfigMap joint = map.maps("joints").getFirst();
        assertEquals(2.62, joint.quantity("velocity", Unit.RADIAN_PER_S));
    }

    @Test
    void unknownKeyIsNamedWithItsLineAndWhatIsAllowed() {
        map.text("name");
        map.maps("joints");
        map.numbers("gains");
        assertMessage(map::rejectUnknownKeys, "robot.yaml:2", "rate", "allowed here: name, joints, gains");
    }

    @Test
    void missingKeyIsNamedWithTheLineOfItsMapping() {
        ConfigMap joint = map.maps("joints").getFirst();
        assertMessage(() -> joint.quantity("torque", Unit.NEWTON_METRE), "robot.yaml:4", "joints[0].torque", "missing");
    }

    @Test
    void aKeyThatLooksLikeTheMissingOneIsPointedAt() {
        ConfigMap recipe = ConfigMap.parse("steps: 10\nlearning_rat: 0.1\n", "recipe.yaml");
        assertMessage(
                () -> recipe.number("learning_rate", 0, 1), "recipe.yaml:1", "Line 2 has 'learning_rat': misspelt?");
    }

    @Test
    void wrongUnitIsNotConverted() {
        ConfigMap joint = map.maps("joints").getFirst();
        assertMessage(
                () -> joint.quantity("velocity", Unit.RADIAN), "robot.yaml:5", "'rad/s'", "write a number and 'rad'");
    }

    @Test
    void vectorsHaveOneUnitAndTheirSize() {
        ConfigMap box = ConfigMap.parse("min: -0.5 0 1e-2 m\nmax: 1 2 m\nunit: 1 2 3 mm\nword: 1 x 3 m\n", "box.yaml");
        assertArrayEquals(new double[] {-0.5, 0, 0.01}, box.quantities("min", Unit.METRE, 3));
        assertMessage(() -> box.quantities("max", Unit.METRE, 3), "box.yaml:2", "'1 2 m'", "3 numbers and 'm'");
        assertMessage(() -> box.quantities("unit", Unit.METRE, 3), "box.yaml:3", "'1 2 3 mm'", "3 numbers and 'm'");
        assertMessage(() -> box.quantities("word", Unit.METRE, 3), "box.yaml:4", "'x'", "a number");
    }

    @Test
    void numbersOutsideTheirBoundsAreRefused() {
        ConfigMap bounded = ConfigMap.parse("steps: 0\nshare: 1.5\nlimit: .nan\n", "recipe.yaml");
        assertMessage(() -> bounded.integer("steps", 1, 10), "recipe.yaml:1", "'0'", "[1, 10]");
        assertMessage(() -> bounded.number("share", 0, 1), "recipe.yaml:2", "'1.5'", "[0.0, 1.0]");
        assertMessage(() -> bounded.number("limit", 0, 1), "recipe.yaml:3", "'.nan'", "finite");
    }

    @Test
    void choicesNameWhatIsAllowed() {
        ConfigMap choice = ConfigMap.parse("unit: metres\n", "a.yaml");
        assertMessage(() -> choice.choice("unit", Unit.class), "a.yaml:1", "'metres'", "metre, metre_per_s");
        ConfigMap list = ConfigMap.parse("units: [second, metre]\ntwice: [metre, metre]\nnone: [inch]\n", "a.yaml");
        assertEquals(List.of(Unit.SECOND, Unit.METRE), list.choices("units", Unit.class));
        assertMessage(() -> list.choices("twice", Unit.class), "a.yaml:2", "'metre' stands twice");
        assertMessage(() -> list.choices("none", Unit.class), "a.yaml:3", "'inch'", "metre, metre_per_s");
    }

    @Test
    void brokenYamlSaysWhere() {
        assertMessage(() -> ConfigMap.parse("a: 1\nb: [1, 2\nc: 3\n", "broken.yaml"), "broken.yaml:3", "not YAML");
        assertMessage(() -> ConfigMap.parse("a: 1\na: 2\n", "twice.yaml"), "twice.yaml:2", "'a' stands twice");
        assertMessage(() -> ConfigMap.parse("- 1\n", "list.yaml"), "list.yaml:1", "mapping");
        assertMessage(() -> ConfigMap.read(Path.of("no-such.yaml")), "no-such.yaml", "there is no such file");
    }

    @Test
    void textsAreWords() {
        assertEquals(
                List.of("a", "b"), ConfigMap.parse("joints: [a, b]", "x.yaml").texts("joints"));
    }

    private static void assertMessage(Runnable action, String... parts) {
        String message = assertThrows(BadInputException.class, action::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
        }
    }
}
