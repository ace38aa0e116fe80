package dev.tactus.control.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.safety.EmergencyStop;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyPortTest {
    private static final PolicyTerms TERMS = new PolicyTerms(
            "franka_fr3",
            PolicyTerms.Action.END_EFFECTOR_POSE,
            new ChunkSettings(50_000_000, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), OptionalInt.of(9), 2.0, 25_000_000, 0.08),
            4,
            10,
            PolicyTerms.Observation.PERCEIVED,
            5);

    @TempDir
    private Path folder;

    private PolicyPort policy;
    private PolicyPort controller;

    @BeforeEach
    void open() {
        policy = PolicyPort.create(folder, TERMS);
        controller = PolicyPort.open(folder);
    }

    @AfterEach
    void close() {
        policy.close();
        controller.close();
    }

    @Test
    void theControllerReadsThePolicysTerms() {
        assertEquals(TERMS, controller.terms());
        var strange = assertThrows(HardwareException.class, () -> PolicyTerms.parse("robot x"));
        assertTrue(strange.getMessage().contains("no terms of a policy"), strange.getMessage());
    }

    @Test
    void aChunkArrivesOnceAndOnlyInItsEpisode() {
        ActionChunk sent = chunk(3, 7);
        ActionChunk received = new ActionChunk(4, 10);
        assertFalse(controller.receive(received, 0), "nothing was sent");
        policy.send(sent, 5);
        assertTrue(controller.receive(received, 5));
        assertFalse(controller.receive(received, 5), "it was fetched already");
        assertEquals(3, received.rows());
        assertEquals(7, received.firstTick());
        assertEquals(8, received.observationStampNs());
        assertEquals(9, received.sequence());
        assertEquals(sent.get(2, 9), received.get(2, 9));
        policy.send(sent, 5);
        assertFalse(controller.receive(received, 6), "a chunk of the episode before");
    }

    @Test
    void observationsAreKeptUntilTheRingComesRound() {
        float[] values = {1, 2, 3, 4, 5};
        for (int i = 0; i < 40; i++) {
            values[0] = i;
            controller.observe(values, 3, i, 100 + i);
        }
        assertEquals(40, policy.observed());
        float[] seen = new float[5];
        long[] episodeTickStamp = new long[3];
        assertFalse(policy.observation(1, seen, episodeTickStamp), "overwritten");
        assertTrue(policy.observation(40, seen, episodeTickStamp));
        assertArrayEquals(new float[] {39, 2, 3, 4, 5}, seen);
        assertArrayEquals(new long[] {3, 39, 139}, episodeTickStamp);
    }

    @Test
    void ordersAreNumberedAndReportsAnswerThem() {
        assertEquals(Optional.empty(), policy.report());
        long number = policy.order(PolicyPort.Order.CLEAR);
        assertEquals(number, controller.orderNumber());
        assertEquals(PolicyPort.Order.CLEAR, controller.order());
        assertTrue(controller.policyAlive());
        InterventionCounters counters = new InterventionCounters();
        counters.count(Intervention.UNDERRUN);
        report(number, counters);
        ControllerReport report = policy.report().orElseThrow();
        assertEquals(number, report.answered());
        assertTrue(report.running());
        assertEquals(CycleStatus.HOLDING, report.status());
        assertEquals(11, report.startNs());
        assertEquals(12, report.tick());
        assertEquals(13, report.cycles());
        assertEquals(14, report.missedDeadlines());
        assertEquals(EmergencyStop.Cause.REQUEST, report.stopCause());
        assertEquals(Optional.of(Intervention.POSITION), report.refusal());
        assertEquals(1, report.interventions().get(Intervention.UNDERRUN));
        assertEquals(0, report.interventions().get(Intervention.TORQUE));
    }

    @Test
    void agesOfObservationsAreHandedOverWhole() {
        assertEquals(Optional.empty(), policy.ages());
        Histogram ages = new Histogram(60_000_000_000L, 3);
        for (long ns = 1; ns < 50_000_000_000L; ns = ns * 3 / 2 + 1) {
            ages.recordValue(ns);
        }
        controller.publishAges(ages);
        assertEquals(ages, policy.ages().orElseThrow());
    }

    @Test
    void theControlThreadsEndAllocatesNothing() {
        ActionChunk sent = chunk(4, 1);
        ActionChunk received = new ActionChunk(4, 10);
        float[] values = new float[5];
        InterventionCounters counters = new InterventionCounters();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && bytes > 0; attempt++) { // until the compiler is through
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                policy.send(sent, 1);
                controller.receive(received, 1);
                controller.observe(values, 1, i, i);
                report(i, counters);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, bytes);
    }

    private void report(long answered, InterventionCounters counters) {
        controller.report(
                answered,
                true,
                CycleStatus.HOLDING,
                11,
                12,
                13,
                14,
                EmergencyStop.Cause.REQUEST,
                Intervention.POSITION.ordinal(),
                counters);
    }

    private static ActionChunk chunk(int rows, long firstTick) {
        ActionChunk chunk = new ActionChunk(4, 10);
        chunk.begin(rows, firstTick, firstTick + 1, firstTick + 2);
        for (int row = 0; row < rows; row++) {
            for (int element = 0; element < 10; element++) {
                chunk.set(row, element, row + 0.1 * element);
            }
        }
        return chunk;
    }
}
