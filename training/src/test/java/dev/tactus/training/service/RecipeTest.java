package dev.tactus.training.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.TactusHome;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    private final Path file = TactusHome.path().resolve("training/recipes/fr3-lift.yaml");

    @Test
    void theShippedRecipeIsReadWhole() {
        Recipe recipe = Recipe.read(file, List.of());
        assertEquals("fr3-lift", recipe.name());
        assertEquals(List.of(3, 1, 0), recipe.policy().rtiSteps());
        assertEquals(128, recipe.network().levelEmbedding());
        assertEquals(1e-3, recipe.training().learningRate().peak());
        assertEquals(0.95, recipe.training().optimiser().beta1());
        assertEquals(OptionalDouble.of(60), recipe.maxMinutes());
    }

    @Test
    void assignmentsReplaceValuesInOrder() {
        List<String> assignments =
                List.of("training.steps=7", "training.warm_up_steps=1", "training.steps=9", "name=other");
        Recipe recipe = Recipe.read(file, assignments);
        assertEquals(9, recipe.training().learningRate().steps());
        assertEquals("other", recipe.name());
        assertTrue(recipe.text().contains("steps: 9"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training.steps=many      | training.steps: 'many' is not allowed
            training.batch=0         | training.batch: '0' is not allowed; a whole number in [1,
            training.betas=[0.9]     | two numbers in [0, 1) are expected
            policy.schedule=linear   | one of squared_cosine is expected
            policy.rti_steps=[3, 1]  | descending to 0
            policy.rti_steps=[1.5, 0]| whole levels below 100
            policy.action_steps=16   | a whole number in [1, 15]
            network.kind=transformer | one of residual_mlp is expected
            algorithm=dppo           | one of diffusion_imitation is expected
            training.stepz=1         | has no 'stepz' there; it has seed, steps,
            training                 | key=value is expected
            name.first=1             | it has a single value
            """)
    void mistakesSayWhereAndWhatIsAllowed(String assignment, String part) {
        String message = assertThrows(BadInputException.class, () -> Recipe.read(file, List.of(assignment)))
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void anUnknownKeyIsRefusedWithItsLine() {
        String text = Recipe.read(file, List.of()).text().replace("  width: 512", "  width: 512\n  colour: red");
        String message = assertThrows(BadInputException.class, () -> Recipe.parse(text, "r.yaml"))
                .getMessage();
        assertTrue(message.matches("(?s)r\\.yaml:\\d+: network\\.colour: unknown key; allowed here: .*"), message);
    }

    @Test
    void aMissingFileIsSaid() {
        assertThrows(BadInputException.class, () -> Recipe.read(Path.of("nowhere.yaml"), List.of()));
    }
}
