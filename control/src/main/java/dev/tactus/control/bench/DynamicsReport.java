package dev.tactus.control.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code ./tactus bench dynamics} measured. */
public final class DynamicsReport {
    /** The goal: time over that of Pinocchio's C++. */
    private static final double GREATEST_RATIO = 1.5;

    private final List<Row> rows;
    private final Optional<PinocchioProgram> pinocchio;
    private final int runs;
    private final int states;
    private final Map<String, Object> machine;

    /**
     * One algorithm on one robot.
     *
     * @param robot the robot
     * @param algorithm the algorithm
     * @param ns time of a call, median
     * @param heapBytes what a call allocates
     * @param pinocchioNs time of a call of Pinocchio's fastest way to the same result
     * @param agree whether both computed the same
     */
    record Row(
            String robot, String algorithm, double ns, double heapBytes, Optional<Double> pinocchioNs, boolean agree) {
        Optional<Double> ratio() {
            return pinocchioNs.map(other -> ns / other);
        }

        Map<String, Object> report() {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("robot", robot);
            report.put("algorithm", algorithm);
            report.put("ns", ns);
            report.put("heap_bytes", heapBytes);
            report.put("pinocchio_ns", pinocchioNs.orElse(null));
            report.put("ratio", ratio().orElse(null));
            return report;
        }
    }

    DynamicsReport(
            List<Row> rows, Optional<PinocchioProgram> pinocchio, int runs, int states, Map<String, Object> machine) {
        this.rows = List.copyOf(rows);
        this.pinocchio = pinocchio;
        this.runs = runs;
        this.states = states;
        this.machine = machine;
    }

    /**
     * Whether both sides computed the same, to 1e-9 of the results' size.
     *
     * @return true too where the other side is missing
     */
    public boolean resultsAgree() {
        return rows.stream().allMatch(Row::agree);
    }

    /**
     * The figures by name; those of Pinocchio are null where it is not installed.
     *
     * @return what {@code --json} writes
     */
    public Map<String, Object> values() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("results", rows.stream().map(Row::report).toList());
        report.put("results_agree", pinocchio.isPresent() ? resultsAgree() : null);
        report.put("runs", runs);
        report.put("states", states);
        report.put("pinocchio", pinocchio.map(PinocchioProgram::pinocchio).orElse(null));
        report.put("compiler", pinocchio.map(PinocchioProgram::compiler).orElse(null));
        report.put("compiler_flags", String.join(" ", PinocchioProgram.FLAGS));
        report.put("machine", machine);
        return report;
    }

    /**
     * Prints the figures.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        out.printf("%d runs of each side, in turns, over %d random states; medians, a call%n%n", runs, states);
        pinocchio.ifPresent(program -> out.printf(
                "Pinocchio %s, %s, %s%n%n",
                program.pinocchio(), program.compiler(), String.join(" ", PinocchioProgram.FLAGS)));
        out.printf(
                "  %-12s %-9s %9s %11s %14s %7s%n", "robot", "algorithm", "ns", "heap bytes", "Pinocchio ns", "ratio");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "  %-12s %-9s %9.1f %11.2f %14s %7s%s%n",
                    row.robot,
                    row.algorithm,
                    row.ns,
                    row.heapBytes,
                    figure(row.pinocchioNs, "%.1f"),
                    figure(row.ratio(), "%.2f"),
                    row.agree ? "" : "  THE RESULTS DIFFER");
        }
        out.printf(Locale.ROOT, "%n  the goal: a ratio of at most %.1f%n", GREATEST_RATIO);
        out.flush();
    }

    private static String figure(Optional<Double> value, String format) {
        return value.map(v -> String.format(Locale.ROOT, format, v)).orElse("-");
    }
}
