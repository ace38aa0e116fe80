package dev.tactus.policies.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.fixture.Allocation;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BuffersTest {

    @Test
    void theLatestChunkWinsAndIsFetchedOnce() {
        ChunkBuffer buffer = new ChunkBuffer(2, 1);
        assertFalse(buffer.poll());
        assertEquals(0, buffer.current().rows());
        for (int i = 1; i <= 3; i++) {
            buffer.writable().begin(2, i, 10 * i, i);
            buffer.writable().set(0, 0, i);
            buffer.publish();
        }
        assertTrue(buffer.poll());
        assertEquals(3, buffer.current().sequence());
        assertEquals(3.0, buffer.current().get(0, 0));
        assertFalse(buffer.poll());
        assertEquals(3, buffer.current().sequence());
    }

    @Test
    void aChunkIsNeverSeenHalfWrittenAndNeverGoesBack() throws InterruptedException {
        int count = 300_000;
        ChunkBuffer buffer = new ChunkBuffer(8, 8);
        Thread producer = new Thread(() -> {
            for (int i = 1; i <= count; i++) {
                ActionChunk chunk = buffer.writable();
                chunk.begin(8, i, i, i);
                for (int j = 0; j < 64; j++) {
                    chunk.set(j / 8, j % 8, i);
                }
                buffer.publish();
            }
        });
        producer.start();
        long last = 0;
        while (last < count) {
            if (!buffer.poll()) {
                Thread.onSpinWait();
                continue;
            }
            ActionChunk chunk = buffer.current();
            assertTrue(chunk.sequence() > last, chunk.sequence() + " after " + last);
            last = chunk.sequence();
            for (int j = 0; j < 64; j++) {
                assertEquals(last, chunk.get(j / 8, j % 8));
            }
            assertEquals(last, chunk.firstTick());
        }
        producer.join();
    }

    @Test
    void missingHistoryRepeatsTheEarliestObservationOfTheEpisode() {
        ObservationBuffer buffer = new ObservationBuffer(8, 1);
        ObservationWindow window = new ObservationWindow(3, 1);
        assertFalse(buffer.copyNewest(window));
        buffer.write(new float[] {1}, 100, 1000);
        assertTrue(buffer.copyNewest(window));
        assertArrayEquals(new float[] {1, 1, 1}, window.values());
        buffer.write(new float[] {2}, 101, 1001);
        buffer.copyNewest(window);
        assertArrayEquals(new float[] {1, 1, 2}, window.values());
        for (int i = 3; i <= 20; i++) {
            buffer.write(new float[] {i}, 99 + i, 999 + i);
        }
        buffer.copyNewest(window);
        assertArrayEquals(new float[] {18, 19, 20}, window.values());
        assertEquals(119, window.tick());
        assertEquals(1019, window.stampNs());
        buffer.beginEpisode();
        assertFalse(buffer.copyNewest(window));
        buffer.write(new float[] {50}, 0, 2000);
        buffer.copyNewest(window);
        assertArrayEquals(new float[] {50, 50, 50}, window.values());
    }

    @Test
    void aWindowIsConsistentWhileTheWriterRuns() throws InterruptedException {
        int count = 300_000;
        ObservationBuffer buffer = new ObservationBuffer(5, 16);
        AtomicReference<Throwable> failed = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            ObservationWindow window = new ObservationWindow(3, 16);
            long last = 0;
            try {
                while (last < count) {
                    if (!buffer.copyNewest(window)) {
                        continue;
                    }
                    long newest = window.tick();
                    assertTrue(newest >= last, newest + " after " + last);
                    last = newest;
                    for (int i = 0; i < 48; i++) {
                        assertEquals(Math.max(1, newest - 2 + i / 16), window.values()[i]);
                    }
                    assertEquals(newest, window.stampNs());
                }
            } catch (Throwable e) {
                failed.set(e);
            }
        });
        reader.start();
        float[] observation = new float[16];
        for (int i = 1; i <= count; i++) {
            java.util.Arrays.fill(observation, i);
            buffer.write(observation, i, i);
        }
        reader.join();
        assertEquals(null, failed.get());
    }

    @Test
    void handingOverAllocatesNothing() {
        ChunkBuffer chunks = new ChunkBuffer(4, 4);
        ObservationBuffer observations = new ObservationBuffer(8, 4);
        ObservationWindow window = new ObservationWindow(2, 4);
        ActionChunk copy = new ActionChunk(4, 4);
        float[] observation = new float[4];
        long[] tick = {0};
        assertEquals(0, Allocation.bytesOfThousandRuns(() -> {
            observations.write(observation, tick[0]++, 0);
            observations.copyNewest(window);
            chunks.writable().begin(4, tick[0], 0, tick[0]);
            chunks.publish();
            chunks.poll();
            copy.copyFrom(chunks.current());
        }));
    }

    @Test
    void aChunkKnowsWhichRowBelongsToATickAndGuardsItsRows() {
        ActionChunk chunk = new ActionChunk(4, 2);
        chunk.begin(3, 100, 0, 1);
        assertEquals(-1, chunk.rowAt(50));
        assertEquals(0, chunk.rowAt(100));
        assertEquals(2, chunk.rowAt(102));
        assertEquals(5, chunk.rowAt(105));
        assertThrows(IndexOutOfBoundsException.class, () -> chunk.get(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> chunk.get(0, 2));
        assertThrows(IllegalArgumentException.class, () -> chunk.begin(5, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> chunk.copyFrom(new ActionChunk(4, 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ObservationBuffer(4, 2).copyNewest(new ObservationWindow(4, 2)));
    }
}
