package dev.tactus.policies.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against numbers of the reference implementation of Diffusion Policy (float64). */
class NoiseScheduleTest {
    private final VariancePreserving schedule = VariancePreserving.squaredCosine(100);

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

    private static Stream<Arguments> everyPredictionAtSomeLevels() {
        NoiseSchedule discrete = VariancePreserving.squaredCosine(100);
        NoiseSchedule edm = new VarianceExploding(0.002, 80.0);
        NoiseSchedule flow = new LinearFlow();
        return Stream.of(
                        new Object[] {discrete, new double[] {0, 10, 33.5, 50, 98}, "EPSILON X0 V SCORE"},
                        new Object[] {
                            edm, new double[] {0.002, 0.17, 2.5, 80}, "EPSILON X0 SCORE KARRAS CONSISTENCY TRAJECTORY"
                        },
                        new Object[] {flow, new double[] {0, 0.1, 0.5, 0.99}, "X0 VELOCITY NEGATIVE_VELOCITY"})
                .flatMap(row -> Arrays.stream(((String) row[2]).split(" "))
                        .map(kind -> Arguments.of(row[0], row[1], Parameterisation.valueOf(kind))));
    }

    @ParameterizedTest
    @MethodSource("everyPredictionAtSomeLevels")
    void everyParameterisationGivesTheSameCleanSample(NoiseSchedule family, double[] levels, Parameterisation kind) {
        double clean = 0.37;
        double noise = -1.21;
        double sigmaData = 0.5;
        Prediction prediction = new Prediction(kind, family, sigmaData);
        for (double level : levels) {
            double alpha = family.alpha(level);
            double sigma = family.sigma(level);
            double x = alpha * clean + sigma * noise;
            prediction.at(level);
            double predicted = switch (kind) { // by their definitions
                case EPSILON -> noise;
                case X0 -> clean;
                case V -> alpha * noise - sigma * clean;
                case VELOCITY -> clean - noise;
                case NEGATIVE_VELOCITY -> noise - clean;
                case SCORE -> -noise / sigma;
                case KARRAS, CONSISTENCY, TRAJECTORY -> prediction.predictionOf(x, clean);
            };
            boolean arrives = kind == Parameterisation.CONSISTENCY || kind == Parameterisation.TRAJECTORY;
            boolean boundary = arrives && level == family.cleanest();
            double expected = boundary ? x : clean;
            double scale = Math.max(1.0, sigma / Math.max(alpha, 1e-9));
            assertEquals(
                    expected, prediction.clean(x, boundary ? 123.0 : predicted), 1e-12 * scale, kind + " " + level);
            if (!boundary) {
                assertEquals(predicted, prediction.predictionOf(x, clean), 1e-9 * scale * scale, kind + " " + level);
            }
        }
    }

    @Test
    void preconditioningFactorsAreThoseOfKarras() {
        Prediction karras = new Prediction(Parameterisation.KARRAS, new VarianceExploding(0.002, 80.0), 0.5);
        karras.at(2.0);
        double total = 2.0 * 2.0 + 0.5 * 0.5;
        assertEquals(0.25 / total, karras.clean(1.0, 0.0), 1e-15);
        assertEquals(2.0 * 0.5 / Math.sqrt(total), karras.clean(0.0, 1.0), 1e-15);
        assertEquals(1.0 / Math.sqrt(total), karras.ofInput(), 1e-15);
    }

    @Test
    void aTrajectoryModelKeepsTheShareOfItsStopLevel() {
        VarianceExploding edm = new VarianceExploding(0.02, 80.0);
        Prediction function = new Prediction(Parameterisation.CONSISTENCY, edm, 0.5);
        Prediction trajectory = new Prediction(Parameterisation.TRAJECTORY, edm, 0.5);
        function.at(27.0);
        trajectory.at(27.0);
        double share = 0.02 / 27.0;
        double expected = share * 13.0 + (1.0 - share) * function.clean(13.0, -0.4);
        assertEquals(expected, trajectory.clean(13.0, -0.4), 1e-15);
        assertEquals(function.ofInput(), trajectory.ofInput());
    }

    @Test
    void levelsAreFoundAgainByTheirSignalToNoiseRatio() {
        for (double level : new double[] {0, 1, 7.25, 50, 99}) {
            assertEquals(level, schedule.level(schedule.logSnr(level)), 1e-9);
        }
        NoiseSchedule edm = new VarianceExploding(0.002, 80.0);
        assertEquals(3.7, edm.level(edm.logSnr(3.7)), 1e-12);
        NoiseSchedule flow = new LinearFlow();
        assertEquals(0.3, flow.level(flow.logSnr(0.3)), 1e-12);
        // the flow time at which a discrete schedule's sample, divided by alpha + sigma, lies on the flow's path
        double lambda = schedule.logSnr(20);
        assertEquals(schedule.alpha(20) / (schedule.alpha(20) + schedule.sigma(20)), flow.level(lambda), 1e-12);
    }

    @Test
    void levelsAreToldToNetworksAsTheyWereTrained() {
        assertEquals(3.0f, LevelEncoding.IDENTITY.encode(3.0));
        assertEquals(0.75f, LevelEncoding.REVERSED.encode(0.25));
        assertEquals((float) (Math.log(80.0) / 4.0), LevelEncoding.QUARTER_LOG.encode(80.0));
        assertEquals((float) (250.0 * Math.log(0.02)), LevelEncoding.LOG_250.encode(0.02));
    }

    @Test
    void aParameterisationOfAnotherFamilyIsRefused() {
        String message = assertThrows(
                        BadInputException.class, () -> new Prediction(Parameterisation.VELOCITY, schedule, 0.0))
                .getMessage();
        assertTrue(message.contains("VELOCITY") && message.contains("flow"), message);
        assertThrows(BadInputException.class, () -> new Prediction(Parameterisation.V, new LinearFlow(), 0.0));
        assertThrows(BadInputException.class, () -> new VarianceExploding(2.0, 1.0));
    }

    @Test
    void linearBetasRiseByThemselvesOrByTheirRoots() {
        VariancePreserving linear = VariancePreserving.linear(3, 0.1, 0.3);
        assertEquals(0.2, linear.beta(1), 1e-15);
        VariancePreserving scaled = VariancePreserving.scaledLinear(3, 0.04, 0.16);
        assertEquals(0.09, scaled.beta(1), 1e-15);
        assertEquals(0.96 * 0.91 * 0.84, scaled.alphaBar(2), 1e-15);
    }

    @Test
    void unknownNameSaysWhatIsAllowed() {
        String message = assertThrows(BadInputException.class, () -> VariancePreserving.named("linear", 100))
                .getMessage();
        assertTrue(message.contains("linear") && message.contains("squared_cosine"), message);
    }
}
