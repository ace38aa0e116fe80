package dev.tactus.sim.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * One line on a terminal that shows how far the present episode is. It looks from a thread of its own, ten times a
 * second, so that the run neither prints nor waits.
 */
final class LiveLine implements AutoCloseable {
    private static final long REDRAW_MS = 100;

    private final PrintStream out;
    private final IntSupplier tick;
    private final double periodS;
    private final int maxTicks;
    private final Thread thread;
    private volatile boolean open = true;

    private LiveLine(PrintStream out, IntSupplier tick, double periodS, int maxTicks) {
        this.out = out;
        this.tick = tick;
        this.periodS = periodS;
        this.maxTicks = maxTicks;
        thread = Thread.ofVirtual().name("live-line").start(this::draw);
    }

    /** Whether there is a terminal to draw on. */
    static boolean possible() {
        return System.console() != null && System.console().isTerminal();
    }

    static LiveLine on(PrintStream out, EpisodeRun run, double periodS, int maxTicks) {
        return new LiveLine(out, run::tick, periodS, maxTicks);
    }

    private void draw() {
        while (open) {
            int now = tick.getAsInt();
            int filled = Math.min(24, 24 * now / maxTicks);
            out.printf(
                    Locale.ROOT,
                    "\r  [%s%s] %5.2f s of at most %.1f s",
                    "#".repeat(filled),
                    ".".repeat(24 - filled),
                    now * periodS,
                    maxTicks * periodS);
            out.flush();
            try {
                Thread.sleep(REDRAW_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.print("\r" + " ".repeat(60) + "\r");
    }
}
