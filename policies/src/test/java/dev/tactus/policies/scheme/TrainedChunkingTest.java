package dev.tactus.policies.scheme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.denoiser.Network;
import dev.tactus.policies.denoiser.NetworkDenoiser;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.LevelEncoding;
import dev.tactus.policies.schedule.Parameterisation;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrainedChunkingTest {
    private static final int H = ReachPolicy.HORIZON;
    private static final int D = ReachPolicy.ACTION;
    private static final int C = ReachPolicy.CONDITION;
    private static final int SERVED = H - 1; // To = 2
    private static final float[] CONDITION = new float[C];

    private final PolicySpec spec = ReachPolicy.spec();
    private final RowNetwork network = new RowNetwork();

    /** Predicts noise so that the clean chunk goes on at the value of the last clean row; remembers the levels. */
    private static final class RowNetwork implements Network {
        private final VariancePreserving schedule = VariancePreserving.squaredCosine(100);
        private float[] levels = new float[H];

        @Override
        public int batch() {
            return 1;
        }

        @Override
        public int horizon() {
            return H;
        }

        @Override
        public int actionSize() {
            return D;
        }

        @Override
        public int conditionSize() {
            return C;
        }

        @Override
        public boolean levelPerRow() {
            return true;
        }

        @Override
        public void evaluate(float[] latent, float level, float[] condition, float[] prediction) {
            float[] same = new float[H];
            Arrays.fill(same, level);
            evaluateRows(latent, same, condition, prediction);
        }

        @Override
        public void evaluateRows(float[] latent, float[] rows, float[] condition, float[] prediction) {
            levels = rows.clone();
            int clean = 0;
            while (clean < H && rows[clean] == 0.0f && rows[H - 1] > 0.0f) {
                clean++;
            }
            for (int i = 0; i < latent.length; i++) {
                float goesOn = clean == 0 ? latent[i] : latent[(clean - 1) * D + i % D];
                prediction[i] =
                        (float) ((latent[i] - schedule.alpha(rows[i / D]) * goesOn) / schedule.sigma(rows[i / D]));
            }
        }

        @Override
        public void close() {}
    }

    private TrainedChunking scheme(String settings) {
        Denoiser denoiser =
                new NetworkDenoiser(network, network.schedule, Parameterisation.EPSILON, LevelEncoding.IDENTITY, 0.0);
        return (TrainedChunking) Schemes.create(
                SchemeOptions.named("rtc-trained:" + settings), spec, batch -> denoiser, new GaussianNoise(2));
    }

    @Test
    void rowsThatWillHaveBeenExecutedEnterCleanAndComeOutToTheBit() {
        TrainedChunking scheme = scheme("action_steps=4,delay=3,steps=5");
        scheme.cycle(CONDITION, 0);
        float[] old = scheme.chunk().clone();
        scheme.cycle(CONDITION, 4);
        assertArrayEquals(Arrays.copyOfRange(old, 4 * D, 8 * D), Arrays.copyOf(scheme.chunk(), 4 * D));
        for (int i = 4 * D; i < H * D; i++) {
            // the last evaluation is at level 0, where this network cannot tell the prefix from the rest: noise stays
            assertEquals(scheme.chunk()[3 * D + i % D], scheme.chunk()[i], 0.2, "row " + i / D);
        }
    }

    @Test
    void everyRowIsToldItsLevel() {
        TrainedChunking scheme = scheme("action_steps=4,delay=2,steps=1");
        scheme.cycle(CONDITION, 0);
        assertEquals(0.0f, network.levels[H - 1], "one step of DDIM with leading spacing is at level 0");
        Denoiser denoiser =
                new NetworkDenoiser(network, network.schedule, Parameterisation.EPSILON, LevelEncoding.IDENTITY, 0.0);
        assertTrue(denoiser.cleanRows(3));
        denoiser.denoise(new float[H * D], 70, CONDITION, new float[H * D]);
        for (int row = 0; row < H; row++) {
            assertEquals(row < 3 ? 0.0f : 70.0f, network.levels[row]);
        }
        denoiser.cleanRows(0);
        denoiser.denoise(new float[H * D], 70, CONDITION, new float[H * D]);
        assertEquals(70.0f, network.levels[0]);
    }

    @Test
    void aChunkThatIsLaterThanItsConditionIsDiscardedAndTheNextIsConditionedOnTheMeasuredDelay() {
        TrainedChunking scheme = scheme("action_steps=4,delay=1,steps=5");
        scheme.cycle(CONDITION, 0);
        assertTrue(scheme.delivered(5), "the first is late by nobody's measure");
        float[] old = scheme.chunk().clone();
        scheme.cycle(CONDITION, 5);
        assertFalse(scheme.delivered(8));
        assertEquals(0, scheme.chunkTick());
        assertArrayEquals(old, scheme.chunk());
        assertEquals(1, scheme.lateChunks());
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(CONDITION, 8));
        assertEquals(3, scheme.delayTicks());
        assertArrayEquals(Arrays.copyOfRange(old, 8 * D, 12 * D), Arrays.copyOf(scheme.chunk(), 4 * D));
        assertTrue(scheme.delivered(11));
    }

    @Test
    void beyondTheTrainedDelayTheOldChunkRunsOutAndAnUnconditionedOneFollows() {
        TrainedChunking scheme = scheme("action_steps=4,delay=1,trained_delay=2,steps=5");
        scheme.cycle(CONDITION, 0);
        scheme.delivered(0);
        for (int tick = 4; tick < SERVED; tick += 5) {
            scheme.cycle(CONDITION, tick);
            assertFalse(scheme.delivered(tick + 5));
        }
        scheme.cycle(CONDITION, SERVED + 4);
        assertEquals(CycleKind.RESTART, scheme.kind());
        assertTrue(scheme.delivered(SERVED + 9));
        assertEquals(1, scheme.underruns());
    }

    @Test
    void aNetworkWithOneLevelAChunkIsRefused() {
        VariancePreserving schedule = VariancePreserving.squaredCosine(100);
        String message = assertThrows(
                        BadInputException.class,
                        () -> Schemes.create(
                                SchemeOptions.named("rtc-trained"),
                                spec,
                                batch -> new GaussianDenoiser(schedule, 1, H, D, C, 0, 1),
                                new GaussianNoise(1)))
                .getMessage();
        assertTrue(message.contains("[B, H]") && message.contains("scheme rtc"), message);
    }
}
