package dev.tactus.policies.stress;

import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A producer publishes chunks 1, 2, 3 while a consumer polls twice. Seen: the number of a whole chunk, 0 for none, -1 for
 * a chunk of mixed numbers. The last poll, after both, must see chunk 3: the latest wins.
 */
@JCStressTest
@Outcome(
        id = {"0, [0-3], 3", "1, [1-3], 3", "2, [23], 3", "3, 3, 3"},
        expect = Expect.ACCEPTABLE,
        desc = "Whole chunks, newer and newer, the latest at last.")
@State
public class ChunkBufferStress {
    private static final int ROWS = 2;
    private static final int SIZE = 8;

    private final ChunkBuffer buffer = new ChunkBuffer(ROWS, SIZE);

    @Actor
    public void producer() {
        for (int number = 1; number <= 3; number++) {
            ActionChunk chunk = buffer.writable();
            chunk.begin(ROWS, number, number, number);
            for (int row = 0; row < ROWS; row++) {
                for (int element = 0; element < SIZE; element++) {
                    chunk.set(row, element, number);
                }
            }
            buffer.publish();
        }
    }

    @Actor
    public void consumer(III_Result result) {
        result.r1 = seen();
        result.r2 = seen();
    }

    @Arbiter
    public void last(III_Result result) {
        result.r3 = seen();
    }

    private int seen() {
        buffer.poll();
        ActionChunk chunk = buffer.current();
        int number = (int) chunk.sequence();
        boolean whole = chunk.firstTick() == number && chunk.observationStampNs() == number;
        for (int row = 0; row < chunk.rows(); row++) {
            for (int element = 0; element < SIZE; element++) {
                whole &= chunk.get(row, element) == number;
            }
        }
        return whole ? number : -1;
    }
}
