package dev.tactus.control.process;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A writer writes the numbers 1 to 6 into a record of eight, so that it comes round its slots; a reader reads twice, a last
 * read comes after both. Seen: the number of a whole record, 9 for none (never written, or overtaken by the writer), -1 for a
 * mixture that the reader took for whole.
 */
@JCStressTest
@Outcome(
        id = {"9, [1-69], 6", "1, [1-69], 6", "2, [2-69], 6", "3, [3-69], 6", "4, [4-69], 6", "5, [569], 6", "6, 6, 6"},
        expect = Expect.ACCEPTABLE,
        desc = "Whole records or none, newer and newer, the latest at last.")
@State
public class SharedRecordStress {
    private static final int NUMBERS = 8;

    private final SharedRecord record =
            new SharedRecord(MemorySegment.ofArray(new long[(int) SharedRecord.bytes(8L * NUMBERS) / 8]));

    @Actor
    public void writer() {
        for (int number = 1; number <= 6; number++) {
            record.beginWrite();
            for (int i = 0; i < NUMBERS; i++) {
                record.putLong(8L * i, number);
            }
            record.endWrite();
        }
    }

    @Actor
    public void reader(III_Result result) {
        result.r1 = seen();
        result.r2 = seen();
    }

    @Arbiter
    public void last(III_Result result) {
        result.r3 = seen();
    }

    private int seen() {
        long began = record.beginRead();
        int number = (int) record.getLong(0);
        boolean whole = true;
        for (int i = 1; i < NUMBERS; i++) {
            whole &= record.getLong(8L * i) == number;
        }
        if (!record.endRead(began)) {
            return 9;
        }
        return whole ? number : -1;
    }
}
