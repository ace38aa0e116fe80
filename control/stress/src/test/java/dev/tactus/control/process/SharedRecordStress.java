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
 * A writer writes the numbers 1, 2, 3 into a record of eight, a reader reads twice, a last read comes after both. Seen: the
 * number of a whole record, 0 for one that was never written, 9 for one that is being written, -1 for a mixture that the
 * reader took for whole.
 */
@JCStressTest
@Outcome(
        id = {"0, [0-39], 3", "9, [1-39], 3", "1, [1-39], 3", "2, [239], 3", "3, 3, 3"},
        expect = Expect.ACCEPTABLE,
        desc = "Whole records or none, newer and newer, the latest at last.")
@State
public class SharedRecordStress {
    private static final int NUMBERS = 8;

    private final SharedRecord record =
            new SharedRecord(MemorySegment.ofArray(new long[SharedRecord.HEADER / 8 + NUMBERS]));

    @Actor
    public void writer() {
        for (int number = 1; number <= 3; number++) {
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
