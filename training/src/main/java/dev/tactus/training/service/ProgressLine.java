package dev.tactus.training.service;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far a long job is: one line that is redrawn on a terminal, a plain line now and then where the output goes
 * to a file.
 */
final class ProgressLine {
    private static final int BAR = 24;
    private static final long REDRAW_NS = 200_000_000L;
    private static final long PLAIN_NS = 10_000_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private final String job;
    private final int total;
    private final int first;
    private final long startNs = System.nanoTime();
    private long lastNs;

    ProgressLine(PrintWriter out, boolean terminal, String job, int first, int total) {
        this.out = out;
        this.terminal = terminal;
        this.job = job;
        this.first = first;
        this.total = total;
        lastNs = startNs;
    }

    /** Whether the standard output is a terminal. */
    static boolean onTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    void show(int done, String detail) {
        long now = System.nanoTime();
        if (now - lastNs >= (terminal ? REDRAW_NS : PLAIN_NS)) {
            lastNs = now;
            print(done, detail);
        }
    }

    void end(int done, String detail) {
        print(done, detail);
        if (terminal) {
            out.println();
            out.flush();
        }
    }

    double perSecond(int done) {
        return (done - first) / Math.max(1e-9, (System.nanoTime() - startNs) / 1e9);
    }

    private void print(int done, String detail) {
        double rate = perSecond(done);
        String left = rate > 0 ? clock((long) ((total - done) / rate)) : "--:--";
        String line = String.format(Locale.ROOT, "%s %d/%d  %s  %.1f/s  %s left", job, done, total, detail, rate, left);
        if (terminal) {
            int filled = (int) ((long) BAR * done / total);
            out.print("\r[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + line + "   ");
        } else {
            out.println(line);
        }
        out.flush();
    }

    private static String clock(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }
}
