package dev.tactus.policies.stress;

import dev.tactus.policies.runner.Mailbox;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Orders 1 and 2 are put, one after the other, while another thread takes. Noted: what the second put gave back, what was
 * taken, what is left at last. Every order turns up exactly once, with its content.
 */
@JCStressTest
@Outcome(
        id = {"1, 0, 2", "1, 2, 0", "0, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "Each order was given back, taken or is left, once.")
@State
public class MailboxStress {
    private final Mailbox<int[]> mailbox = new Mailbox<>();

    @Actor
    public void sender(III_Result result) {
        mailbox.put(new int[] {1});
        result.r1 = number(mailbox.put(new int[] {2}));
    }

    @Actor
    public void receiver(III_Result result) {
        result.r2 = number(mailbox.take());
    }

    @Arbiter
    public void last(III_Result result) {
        result.r3 = number(mailbox.take());
    }

    private static int number(int[] order) {
        return order == null ? 0 : order[0];
    }
}
