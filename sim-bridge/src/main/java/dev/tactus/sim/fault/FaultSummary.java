package dev.tactus.sim.fault;

import dev.tactus.control.loop.CycleStatus;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One fault's injections together: what the robot did, how fast, and whether that is what it must do. */
record FaultSummary(FaultKind kind, List<Reaction> reactions) {

    /** Whether every injection went as it must: nothing outside the viable set, a torque or the e-stop as it should be. */
    boolean holds() {
        return reactions.stream()
                .allMatch(reaction ->
                        reaction.violations() == 0 && reaction.torqueShare() <= 1 && kind.allows(reaction.latched()));
    }

    String reactionWords() {
        Map<CycleStatus, Integer> counts = new EnumMap<>(CycleStatus.class);
        reactions.forEach(reaction -> counts.merge(reaction.reaction(), 1, Integer::sum));
        StringBuilder words = new StringBuilder();
        counts.forEach((status, count) -> words.append(words.isEmpty() ? "" : ", ")
                .append(
                        status == CycleStatus.OK
                                ? "goes on"
                                : status.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(counts.size() > 1 ? " " + count : ""));
        return words.toString();
    }

    long violations() {
        return reactions.stream().mapToLong(Reaction::violations).sum();
    }

    long measuredOutside() {
        return reactions.stream().mapToLong(Reaction::measuredOutside).sum();
    }

    long successes() {
        return reactions.stream().filter(Reaction::success).count();
    }

    long latched() {
        return reactions.stream().filter(Reaction::latched).count();
    }

    double speedShare() {
        return reactions.stream().mapToDouble(Reaction::speedShare).max().orElse(0);
    }

    double torqueShare() {
        return reactions.stream().mapToDouble(Reaction::torqueShare).max().orElse(0);
    }

    /** Median (0.5) or maximum (1) of a time over the injections in which it came to that, ms; NaN if in none. */
    double quantile(ToDoubleFunction<Reaction> time, double share) {
        double[] sorted = reactions.stream()
                .mapToDouble(time)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %d of %d | %d of %d | %.2f | %.3f | %d | %d |",
                kind.words(),
                reactionWords(),
                times(Reaction::reactionMs),
                times(Reaction::restMs),
                times(Reaction::recoveredMs),
                latched(),
                reactions.size(),
                successes(),
                reactions.size(),
                torqueShare(),
                speedShare(),
                measuredOutside(),
                violations());
    }

    private String times(ToDoubleFunction<Reaction> time) {
        double median = quantile(time, 0.5);
        return Double.isNaN(median) ? "–" : String.format(Locale.ROOT, "%.0f / %.0f", median, quantile(time, 1));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fault", kind.key());
        json.put("injections", reactions.size());
        json.put("reaction", reactionWords());
        put(json, "reaction", Reaction::reactionMs);
        put(json, "rest", Reaction::restMs);
        put(json, "recovered", Reaction::recoveredMs);
        json.put("e_stop_latched", latched());
        json.put("successes", successes());
        json.put("torque_share_max", torqueShare());
        json.put("measured_speed_share_max", speedShare());
        json.put("measured_outside", measuredOutside());
        json.put("violations", violations());
        json.put("holds", holds());
        return json;
    }

    private void put(Map<String, Object> json, String name, ToDoubleFunction<Reaction> time) {
        double median = quantile(time, 0.5);
        json.put(name + "_p50_ms", Double.isNaN(median) ? null : median);
        json.put(name + "_max_ms", Double.isNaN(median) ? null : quantile(time, 1));
    }

    static String header() {
        return "| fault | reaction | after, p50 / max ms | at rest, ms | follows again, ms | e-stop latched | task done |"
                + " torque, share of limit | measured speed, share of limit | measured outside | issued outside |\n|---|---|---|---|---|---|---|---|---|---|---|";
    }

    /** The first faults in words, for whoever has to mend them. */
    List<String> faults() {
        return reactions.stream()
                .flatMap(reaction -> reaction.faults().stream())
                .limit(3)
                .toList();
    }
}
