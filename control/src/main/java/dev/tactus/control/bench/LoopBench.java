package dev.tactus.control.bench;

import dev.tactus.control.loop.LoopSettings;
import dev.tactus.control.realtime.LinuxMachine;
import dev.tactus.control.realtime.RealTimeGrant;
import dev.tactus.control.realtime.RealTimeGrant.Kind;
import dev.tactus.control.realtime.RealTimeSettings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code ./tactus bench loop}: lateness of the 1 kHz control loop and of {@code cyclictest}, in turns within the same
 * minutes, at the same priority, beside the same garbage-making neighbour, which goes on while cyclictest runs.
 */
public final class LoopBench {
    private static final long PERIOD_NS = 1_000_000;
    private static final long NS_PER_US = 1000;
    private static final long WARM_UP_PERIOD_NS = 250_000;
    private static final double WARM_UP_S = 3;

    private final RealTimeSettings rights;
    private final int seconds;
    private final int pairs;
    private final PrintStream out;
    private final LinuxMachine machine = new LinuxMachine();

    /**
     * Prepares the benchmark.
     *
     * @param rights what the control thread asks for, a priority at least; cyclictest is given the same
     * @param seconds length of each run, s, at least 1
     * @param pairs runs of each side, at least 1
     * @param out where progress is printed
     */
    public LoopBench(RealTimeSettings rights, int seconds, int pairs, PrintStream out) {
        this.rights = rights;
        this.seconds = seconds;
        this.pairs = pairs;
        this.out = out;
    }

    /**
     * Runs all pairs.
     *
     * @return the figures
     * @throws InterruptedException if the calling thread is interrupted
     */
    public LoopReport run() throws InterruptedException {
        LoopSettings settings = LoopSettings.ofPeriod(PERIOD_NS).withRights(rights);
        try (GarbageNeighbour neighbour = GarbageNeighbour.start()) {
            // For the compiler: more cycles in less time.
            RealTimeGrant grant = LoopRun.measure(
                            LoopSettings.ofPeriod(WARM_UP_PERIOD_NS).withRights(rights), WARM_UP_S)
                    .grant();
            grant.warnings().forEach(warning -> out.println("warning: " + warning));
            Cyclictest peer = new Cyclictest(
                    PERIOD_NS / NS_PER_US,
                    rights.priority().orElseThrow(),
                    grant.has(Kind.CPUS) ? rights.cpus() : List.of(),
                    grant.has(Kind.LOCKED_MEMORY));
            Optional<String> obstacle = peer.obstacle();
            obstacle.ifPresent(reason -> out.println("warning: without cyclictest, " + reason));
            List<LoopPair> measured = new ArrayList<>();
            for (int n = 0; n < pairs; n++) {
                // Who goes first alternates, so that a machine that slows down does not favour one side.
                LatenessFigures first = n % 2 == 1 && obstacle.isEmpty() ? peer(peer) : null;
                LoopRun loop = loop(settings);
                LatenessFigures second = n % 2 == 0 && obstacle.isEmpty() ? peer(peer) : null;
                measured.add(new LoopPair(loop, Optional.ofNullable(first == null ? second : first)));
                out.printf(Locale.ROOT, "  pair %d of %d: %s%n", n + 1, pairs, measured.getLast());
                out.flush();
            }
            return new LoopReport(seconds, measured, grant, peer.command(), obstacle, neighbour.measuredBytesPerS());
        }
    }

    private LoopRun loop(LoopSettings settings) throws InterruptedException {
        OptionalLong before = machine.stolenNs();
        LoopRun run = LoopRun.measure(settings, seconds);
        return run.withStolen(stolenMs(before));
    }

    private LatenessFigures peer(Cyclictest peer) {
        OptionalLong before = machine.stolenNs();
        LatenessFigures figures = peer.measure(seconds);
        return figures.withStolen(stolenMs(before));
    }

    private double stolenMs(OptionalLong before) {
        OptionalLong after = machine.stolenNs();
        return before.isPresent() && after.isPresent() ? (after.getAsLong() - before.getAsLong()) / 1e6 : Double.NaN;
    }
}
