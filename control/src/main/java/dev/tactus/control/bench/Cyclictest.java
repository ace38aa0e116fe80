package dev.tactus.control.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The peer: {@code cyclictest} of rt-tests, which sleeps with {@code clock_nanosleep} until absolute times and notes how
 * late it wakes up. Its histogram has whole microseconds, rounded down, which favours it.
 */
final class Cyclictest {
    private static final String HOW_TO_GET =
            "it is not installed: 'apt-get install rt-tests' (or 'dnf install rt-tests')";

    /** What is later than this is counted, and taken for the greatest. */
    private static final int HISTOGRAM_US = 100_000;

    private static final int TRIAL_CYCLES = 10;

    private final List<String> options = new ArrayList<>();

    /**
     * Prepares it.
     *
     * @param periodUs time between its wake-ups, us
     * @param priority SCHED_FIFO priority
     * @param cpus the CPUs it shall stay on; none for any
     * @param lockMemory whether it locks its memory
     */
    Cyclictest(long periodUs, int priority, List<Integer> cpus, boolean lockMemory) {
        options.addAll(List.of(
                "cyclictest",
                "--quiet",
                "--threads=1",
                "--interval=" + periodUs,
                "--histogram=" + HISTOGRAM_US,
                "--policy=fifo",
                "--priority=" + priority));
        if (!cpus.isEmpty()) {
            options.add("--affinity="
                    + String.join(",", cpus.stream().map(String::valueOf).toList()));
        }
        if (lockMemory) {
            options.add("--mlockall");
        }
    }

    /** The command that is run, but for its length. */
    String command() {
        return String.join(" ", options);
    }

    /** What stands against measuring with it, after a trial of a few cycles: not installed, or what it says itself. */
    Optional<String> obstacle() {
        try {
            parse(run(with("--loops=" + TRIAL_CYCLES)));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(HOW_TO_GET);
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    LatenessFigures measure(int seconds) {
        try {
            return parse(run(with("--duration=" + seconds)));
        } catch (IOException e) {
            throw new IllegalStateException("cyclictest could not be started a second time", e);
        }
    }

    private List<String> with(String length) {
        List<String> command = new ArrayList<>(options);
        command.add(length);
        return command;
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroy();
        }
    }

    /**
     * Reads what {@code cyclictest --quiet --histogram} prints: lines of a latency in us and how often it came, then
     * comments with the greatest latency and how many lay beyond the histogram.
     *
     * @throws IllegalStateException if there is no histogram in it, with the first line of what it said instead
     */
    static LatenessFigures parse(String printed) {
        List<long[]> bins = new ArrayList<>();
        long maxUs = -1;
        long beyond = 0;
        for (String line : printed.lines().toList()) {
            if (line.matches("\\d+\\s+\\d+")) {
                String[] fields = line.split("\\s+");
                bins.add(new long[] {Long.parseLong(fields[0]), Long.parseLong(fields[1])});
            } else if (line.startsWith("# Max Latencies:")) {
                maxUs = lastNumber(line);
            } else if (line.startsWith("# Histogram Overflows:")) {
                beyond = lastNumber(line);
            }
        }
        long total = beyond + bins.stream().mapToLong(bin -> bin[1]).sum();
        if (maxUs < 0 || total == 0) {
            throw new IllegalStateException("it printed no histogram but: "
                    + printed.strip().lines().findFirst().orElse("nothing"));
        }
        return new LatenessFigures(
                total,
                percentile(bins, total, 50, maxUs),
                percentile(bins, total, 99, maxUs),
                percentile(bins, total, 99.9, maxUs),
                maxUs,
                Double.NaN);
    }

    private static long lastNumber(String line) {
        return Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
    }

    /** The least latency that at least so many per cent do not exceed (nearest rank). */
    private static double percentile(List<long[]> bins, long total, double percent, long maxUs) {
        long rank = Math.max(1, (long) Math.ceil(total * percent / 100));
        long counted = 0;
        for (long[] bin : bins) {
            counted += bin[1];
            if (counted >= rank) {
                return bin[0];
            }
        }
        return maxUs;
    }
}
