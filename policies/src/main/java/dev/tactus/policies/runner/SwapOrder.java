package dev.tactus.policies.runner;

import java.util.concurrent.locks.LockSupport;

/**
 * A policy that shall take over at the next episode, with all that its runner needs for it. The thread that prepared it
 * stays until the change is done and closes what came out of it, so that the policy's thread neither opens nor closes.
 */
final class SwapOrder {
    private final Thread preparer = Thread.currentThread();
    private final Policy next;
    private final ObservationWindow window;
    private volatile Policy leftOver;

    /** Made on the preparing thread. */
    SwapOrder(Policy next, int observationSize) {
        this.next = next;
        window = new ObservationWindow(next.spec().windowSteps(), observationSize);
    }

    Policy next() {
        return next;
    }

    ObservationWindow window() {
        return window;
    }

    /** Ends the order: the policy that it leaves over is closed by the preparing thread. Any thread, once. */
    void done(Policy closeable) {
        leftOver = closeable;
        LockSupport.unpark(preparer);
    }

    /** Waits for the end and closes what is left over. Preparing thread. */
    void awaitEnd() {
        while (leftOver == null) {
            LockSupport.park(this);
        }
        leftOver.close();
    }
}
