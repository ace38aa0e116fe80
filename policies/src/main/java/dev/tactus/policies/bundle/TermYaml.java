package dev.tactus.policies.bundle;

import dev.tactus.policies.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads observation and action terms: what each means, and the one way in which its numbers enter the network. */
final class TermYaml {
    static final int MAX_SIZE = 1 << 20;
    private static final int MAX_HISTORY = 1000;

    private TermYaml() {}

    static List<ObservationTerm> observations(ConfigMap map, List<String> joints) {
        List<ObservationTerm> terms = new ArrayList<>();
        for (ConfigMap term : map.maps("observations")) {
            TermKind kind = term.choice("kind", TermKind.class);
            int size = term.integer("size", 1, MAX_SIZE);
            int history = term.integer("history", 1, MAX_HISTORY);
            terms.add(new ObservationTerm(
                    term.text("name"),
                    kind,
                    size,
                    TermChecks.joints(term, kind, size, joints),
                    term.text("frame"),
                    term.text("subject"),
                    TermChecks.unit(term, kind),
                    TermChecks.rotation(term, kind, size),
                    history,
                    term.choice("time_alignment", TimeAlignment.class),
                    image(term, kind, size),
                    normalisation(term.map("normalisation"), size)));
            term.rejectUnknownKeys();
        }
        return List.copyOf(terms);
    }

    static List<ActionTerm> actions(ConfigMap map, List<String> joints) {
        List<ActionTerm> terms = new ArrayList<>();
        for (ConfigMap term : map.maps("actions")) {
            TermKind kind = term.choice("kind", TermKind.class);
            int size = term.integer("size", 1, MAX_SIZE);
            terms.add(new ActionTerm(
                    term.text("name"),
                    kind,
                    size,
                    TermChecks.joints(term, kind, size, joints),
                    term.text("frame"),
                    term.text("subject"),
                    TermChecks.unit(term, kind),
                    TermChecks.rotation(term, kind, size),
                    term.text("relative_to"),
                    term.flag("discrete"),
                    normalisation(term.map("normalisation"), size)));
            term.rejectUnknownKeys();
        }
        if (terms.isEmpty()) {
            throw map.error("actions", "there is none; a policy commands at least one term");
        }
        return List.copyOf(terms);
    }

    private static Optional<ImageFormat> image(ConfigMap term, TermKind kind, int size) {
        if (kind != TermKind.IMAGE) {
            return Optional.empty();
        }
        ConfigMap map = term.map("image");
        ImageFormat image = new ImageFormat(
                map.integer("width", 1, 16384),
                map.integer("height", 1, 16384),
                map.choice("colours", ImageFormat.ColourOrder.class));
        map.rejectUnknownKeys();
        long planes = image.colours() == ImageFormat.ColourOrder.GREY ? 1 : 3;
        if (planes * image.width() * image.height() != size) {
            throw term.error("size", size + " for " + planes + " planes of " + image.width() + " x " + image.height());
        }
        return Optional.of(image);
    }

    private static Normalisation normalisation(ConfigMap map, int size) {
        double scale = map.number("scale", -1e12, 1e12);
        double[] clipMin = perElement(map, "clip_min", size, -Double.MAX_VALUE);
        double[] clipMax = perElement(map, "clip_max", size, Double.MAX_VALUE);
        double[] gain = perElement(map, "gain", size, Double.NaN);
        double[] offset = perElement(map, "offset", size, Double.NaN);
        if (scale == 0.0) {
            throw map.error("scale", "0 would erase the numbers; any other value is allowed");
        }
        for (int i = 0; i < size; i++) {
            if (clipMin[i] >= clipMax[i]) {
                throw map.error("clip_max", clipMax[i] + " must be greater than clip_min " + clipMin[i]);
            }
            if (gain[i] == 0.0) {
                throw map.error("gain", "0 cannot be undone; a dimension that never changes has gain 1");
            }
        }
        map.rejectUnknownKeys();
        return new Normalisation(scale, clipMin, clipMax, gain, offset);
    }

    /** One number for all elements or one for each; {@code unbounded}, where it is not NaN, has a word of its own. */
    private static double[] perElement(ConfigMap map, String key, int size, double unbounded) {
        List<String> words = map.words(key);
        if (words.size() != 1 && words.size() != size) {
            throw map.error(
                    key,
                    words.size() + " numbers; the term has " + size + " elements: one number each, or one for all");
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            String word = words.get(words.size() == 1 ? 0 : i);
            boolean bound = !Double.isNaN(unbounded);
            values[i] = bound && word.equals(PolicyYamlWriter.UNBOUNDED) ? unbounded : number(map, key, word, bound);
        }
        return values;
    }

    private static double number(ConfigMap map, String key, String word, boolean bound) {
        try {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw map.error(
                key,
                "'" + word + "' is not allowed; a plain number is expected, finite"
                        + (bound ? ", or the word " + PolicyYamlWriter.UNBOUNDED : ""));
    }
}
