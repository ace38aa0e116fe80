package dev.tactus.policies.stress;

import dev.tactus.policies.runner.Mailbox;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads put at once: one of the orders comes back to the sender of the other, one is left. */
@JCStressTest
@Outcome(
        id = {"0, 1, 2", "2, 0, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "The later order is left, its sender has the earlier one.")
@State
public class MailboxSendersStress {
    private final Mailbox<int[]> mailbox = new Mailbox<>();

    @Actor
    public void first(III_Result result) {
        result.r1 = number(mailbox.put(new int[] {1}));
    }

    @Actor
    public void second(III_Result result) {
        result.r2 = number(mailbox.put(new int[] {2}));
    }

    @Arbiter
    public void last(III_Result result) {
        result.r3 = number(mailbox.take());
    }

    private static int number(int[] order) {
        return order == null ? 0 : order[0];
    }
}
