package dev.tactus.policies.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (or a polite kill) as a wish instead of an end. A long command watches for it between two of its steps; the
 * process stays until the command has kept what it has, said so, and closed this.
 */
public final class Interruption implements AutoCloseable {
    /** What a shell reports of a program that Ctrl-C ended: 128 plus SIGINT. */
    public static final int EXIT_CODE = 130;

    private static final long PATIENCE_S = 60;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::awaitClose, "interruption");
    private volatile boolean requested;

    /** Begins to watch. */
    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Whether the user asked for the end. Any thread.
     *
     * @return whether they did
     */
    public boolean requested() {
        return requested;
    }

    /** Ends the watch and lets the process end, if it was asked to. */
    @Override
    public void close() {
        closed.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came just now; the hook finds the latch open and ends.
            }
        }
    }

    private void awaitClose() {
        requested = true;
        try {
            closed.await(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
