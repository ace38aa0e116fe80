package dev.tactus.policies.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicySpec.Parameterisation;
import dev.tactus.policies.command.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against numbers of the reference implementation of Diffusion Policy (float64). */
class NoiseScheduleTest {
    private final NoiseSchedule schedule = NoiseSchedule.squaredCosine(100);

    @ParameterizedTest
    @CsvSource({"0, 6.3128e-4, 1e-8", "1, 1.11694e-3, 1e-8", "98, 0.749939, 1e-6", "99, 0.999, 1e-12"})
    void betasOfSquaredCosine(int k, double expected, double tolerance) {
        assertEquals(expected, schedule.beta(k), tolerance);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1.0",
        "0, 0.999369",
        "1, 0.998252",
        "2, 0.996652",
        "3, 0.994570",
        "5, 0.988967",
        "10, 0.966717",
        "20, 0.889103",
        "50, 0.478265"
    })
    void alphaBarsOfSquaredCosine(int k, double expected) {
        assertEquals(expected, schedule.alphaBar(k), 1e-6);
    }

    @Test
    void nothingIsLeftAtTheTop() {
        assertEquals(2.4e-7, schedule.alphaBar(99), 0.1e-7);
    }

    @ParameterizedTest
    @CsvSource({"10, 0.83615, 0.16383, 0.06810", "50, 0.95472, 0.04249, 0.17494"})
    void posteriorMeanAndDeviation(int k, double p, double q, double deviation) {
        assertEquals(p, schedule.posteriorOfNoisy(k), 1e-5);
        assertEquals(q, schedule.posteriorOfClean(k), 1e-5);
        assertEquals(deviation, schedule.posteriorDeviation(k), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"1, .361", "2, .522", "3, .616", "5, .723", "10, .836", "20, .909", "40, .948"})
    void contractionOfOneStep(int k, double expected) {
        assertEquals(expected, schedule.posteriorOfNoisy(k), 6e-4);
    }

    @ParameterizedTest
    @CsvSource({"2, .188", "3, .116", "5, .057", "10, .0187", "20, .0054", "40, .0014"})
    void contractionOfAllStepsFromALevel(int first, double expected) {
        double product = 1.0;
        for (int k = 1; k <= first; k++) {
            product *= schedule.posteriorOfNoisy(k);
        }
        assertEquals(expected, product, 6e-4 * Math.max(1.0, expected * 10));
    }

    @Test
    void lastStepReturnsTheCleanSample() {
        assertEquals(0.0, schedule.posteriorOfNoisy(0));
        assertEquals(1.0, schedule.posteriorOfClean(0));
        assertEquals(0.0, schedule.posteriorDeviation(0));
    }

    @ParameterizedTest
    @CsvSource({"0", "10", "50", "98"})
    void everyParameterisationGivesTheSameCleanSampleAndNoise(int k) {
        double alpha = Math.sqrt(schedule.alphaBar(k));
        double sigma = Math.sqrt(1.0 - schedule.alphaBar(k));
        double clean = 0.37;
        double noise = -1.21;
        double x = alpha * clean + sigma * noise;
        double[] predictions = {noise, clean, alpha * noise - sigma * clean};
        Parameterisation[] kinds = {Parameterisation.EPSILON, Parameterisation.X0, Parameterisation.V};
        for (int i = 0; i < kinds.length; i++) {
            Prediction prediction = Prediction.at(kinds[i], schedule.alphaBar(k));
            assertEquals(clean, prediction.clean(x, predictions[i]), 1e-12 / alpha, kinds[i].toString());
            assertEquals(noise, prediction.noise(x, predictions[i]), 1e-12 / sigma, kinds[i].toString());
        }
    }

    @Test
    void unknownNameSaysWhatIsAllowed() {
        String message = assertThrows(BadInputException.class, () -> NoiseSchedule.named("linear", 100))
                .getMessage();
        assertTrue(message.contains("linear") && message.contains("squared_cosine"), message);
    }
}
