package dev.tactus.policies.config;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping that knows where each of its keys stands. Ask for every key that the schema has, then call {@link
 * #rejectUnknownKeys}: whatever was never asked for is a mistake of the file's author.
 */
public final class ConfigMap {
    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> keyLines = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private ConfigMap(String file, String path, MappingNode node) {
        this.file = file;
        this.path = path;
        this.line = line(node);
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new BadInputException(file + ":" + line(tuple.getKeyNode()) + ": a key must be a plain word");
            }
            if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                throw new BadInputException(file + ":" + line(key) + ": key '" + qualified(key.getValue())
                        + "' stands twice (first on line " + keyLines.get(key.getValue()) + "). Remove one.");
            }
            keyLines.put(key.getValue(), line(key));
        }
    }

    /**
     * Reads a YAML file whose top level is a mapping.
     *
     * @param file the file
     * @return its mapping
     */
    public static ConfigMap read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": there is no such file. Check the path.", e);
        } catch (CharacterCodingException e) {
            throw new BadInputException(
                    file + ": is no text; a YAML file is expected here. Check the arguments' order.", e);
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read (" + e + "). Check the path and its permissions.", e);
        }
        return parse(text, file.toString());
    }

    /**
     * Parses YAML text whose top level is a mapping.
     *
     * @param text the YAML
     * @param name the name that messages give it, usually the file's path
     * @return its mapping
     */
    public static ConfigMap parse(String text, String name) {
        Node node;
        try {
            node = new Compose(LoadSettings.builder().setLabel(name).build())
                    .composeString(text)
                    .orElseThrow(() -> new BadInputException(name + ": is empty; a YAML mapping is expected"));
        } catch (MarkedYamlEngineException e) {
            int at = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new BadInputException(name + ":" + at + ": not YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new BadInputException(name + ": not YAML: " + e.getMessage(), e);
        }
        if (!(node instanceof MappingNode mapping)) {
            throw new BadInputException(name + ":" + line(node) + ": a mapping (key: value) is expected at the top");
        }
        return new ConfigMap(name, "", mapping);
    }

    /**
     * The keys that the file has, in its order.
     *
     * @return the keys
     */
    public Set<String> keys() {
        return values.keySet();
    }

    /**
     * Whether the file has a key. The key counts as asked for.
     *
     * @param key the key
     * @return whether it is there
     */
    public boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    /**
     * A text value.
     *
     * @param key the key
     * @return its text
     */
    public String text(String key) {
        return scalar(key, require(key)).getValue();
    }

    /**
     * A whole number within bounds.
     *
     * @param key the key
     * @param min the least allowed value
     * @param max the greatest allowed value
     * @return the number
     */
    public int integer(String key, int min, int max) {
        String text = text(key);
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below, with the bounds
        }
        throw error(key, "'" + text + "' is not allowed; a whole number in [" + min + ", " + max + "] is expected");
    }

    /**
     * A finite number without a unit, within bounds.
     *
     * @param key the key
     * @param min the least allowed value
     * @param max the greatest allowed value
     * @return the number
     */
    public double number(String key, double min, double max) {
        String text = text(key);
        double value = plain(key, text);
        if (value < min || value > max) {
            throw error(key, "'" + text + "' is out of range; allowed is [" + min + ", " + max + "]");
        }
        return value;
    }

    /**
     * A yes-or-no value.
     *
     * @param key the key
     * @return the value
     */
    public boolean flag(String key) {
        String text = text(key);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw error(key, "'" + text + "' is not allowed; true or false is expected");
        };
    }

    /**
     * A value out of an enumeration, written in lower case with underscores.
     *
     * @param key the key
     * @param type the enumeration
     * @param <E> the enumeration
     * @return the constant
     */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        return constant(key, text(key), type);
    }

    /**
     * A list of values out of an enumeration, each written in lower case with underscores and at most once.
     *
     * @param key the key
     * @param type the enumeration
     * @param <E> the enumeration
     * @return the constants, in the file's order
     */
    public <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
        List<E> constants = new ArrayList<>();
        for (String text : texts(key)) {
            E constant = constant(key, text, type);
            if (constants.contains(constant)) {
                throw error(key, "'" + text + "' stands twice. Remove one.");
            }
            constants.add(constant);
        }
        return constants;
    }

    private <E extends Enum<E>> E constant(String key, String text, Class<E> type) {
        List<String> allowed = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(java.util.Locale.ROOT);
            if (name.equals(text)) {
                return constant;
            }
            allowed.add(name);
        }
        throw error(key, "'" + text + "' is not allowed; one of " + String.join(", ", allowed) + " is expected");
    }

    /**
     * A quantity with its unit, for example {@code 2.62 rad/s}.
     *
     * @param key the key
     * @param unit the unit that the schema asks for; no other is converted silently
     * @return the number, in that unit
     */
    public double quantity(String key, Unit unit) {
        return ConfigNumber.quantity(text(key), unit, problem -> error(key, problem));
    }

    /**
     * A vector of one unit, for example {@code 0 0 0.333 m}.
     *
     * @param key the key
     * @param unit the unit that the schema asks for; no other is converted silently
     * @param size how many numbers are expected
     * @return the numbers, in that unit
     */
    public double[] quantities(String key, Unit unit, int size) {
        return ConfigNumber.quantities(text(key), unit, size, problem -> error(key, problem));
    }

    /**
     * A list of numbers.
     *
     * @param key the key
     * @return the numbers
     */
    public double[] numbers(String key) {
        return items(key, node -> plain(key, scalar(key, node).getValue())).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /**
     * A list of words.
     *
     * @param key the key
     * @return the words
     */
    public List<String> texts(String key) {
        return items(key, node -> scalar(key, node).getValue());
    }

    /**
     * A list of mappings.
     *
     * @param key the key
     * @return the mappings
     */
    public List<ConfigMap> maps(String key) {
        int[] index = {0};
        return items(key, node -> {
            String name = qualified(key) + "[" + index[0]++ + "]";
            if (!(node instanceof MappingNode mapping)) {
                throw new BadInputException(file + ":" + line(node) + ": '" + name + "' must be a mapping");
            }
            return new ConfigMap(file, name, mapping);
        });
    }

    /**
     * A mapping.
     *
     * @param key the key
     * @return the mapping
     */
    public ConfigMap map(String key) {
        Node node = require(key);
        if (!(node instanceof MappingNode mapping)) {
            throw error(key, "must be a mapping (key: value)");
        }
        return new ConfigMap(file, qualified(key), mapping);
    }

    /**
     * A mapping, or the word {@code none} where there is none.
     *
     * @param key the key; must be there all the same
     * @return the mapping, or empty
     */
    public Optional<ConfigMap> optionalMap(String key) {
        return require(key) instanceof ScalarNode scalar && scalar.getValue().equals("none")
                ? Optional.empty()
                : Optional.of(map(key));
    }

    /**
     * A list of lists of numbers.
     *
     * @param key the key
     * @return the numbers, row by row
     */
    public List<double[]> rows(String key) {
        return items(key, node -> {
            if (!(node instanceof SequenceNode row)) {
                throw new BadInputException(file + ":" + line(node) + ": " + qualified(key) + ": a list is expected");
            }
            return row.getValue().stream()
                    .mapToDouble(one -> plain(key, scalar(key, one).getValue()))
                    .toArray();
        });
    }

    /**
     * Whether a key is there and holds a list. The key counts as asked for.
     *
     * @param key the key
     * @return whether it is a list
     */
    public boolean isList(String key) {
        return has(key) && values.get(key) instanceof SequenceNode;
    }

    /**
     * Whether a key is there and holds a mapping. The key counts as asked for.
     *
     * @param key the key
     * @return whether it is a mapping
     */
    public boolean isMap(String key) {
        return has(key) && values.get(key) instanceof MappingNode;
    }

    /**
     * One word, or a list of words.
     *
     * @param key the key
     * @return the words
     */
    public List<String> words(String key) {
        return require(key) instanceof ScalarNode scalar ? List.of(scalar.getValue()) : texts(key);
    }

    /**
     * An error at a key, for checks that only the caller can make.
     *
     * @param key the key
     * @param problem what was found, what is allowed, how to fix it
     * @return the exception, to throw
     */
    public BadInputException error(String key, String problem) {
        int at = keyLines.getOrDefault(key, line);
        return new BadInputException(file + ":" + at + ": " + qualified(key) + ": " + problem);
    }

    /** Refuses every key that was never asked for. Call it after the last value was read. */
    public void rejectUnknownKeys() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                throw error(key, "unknown key; allowed here: " + String.join(", ", asked));
            }
        }
    }

    private Node require(String key) {
        asked.add(key);
        Node node = values.get(key);
        if (node == null) {
            throw new BadInputException(file + ":" + line + ": key '" + qualified(key)
                    + "' is missing; add it (there is no" + " default)" + misspelt(key));
        }
        return node;
    }

    /** Points at a key that nobody asked for and that looks like the missing one. */
    private String misspelt(String key) {
        for (String candidate : values.keySet()) {
            boolean alike = candidate.startsWith(key.substring(0, Math.min(3, key.length())))
                    && Math.abs(candidate.length() - key.length()) <= 2;
            if (!asked.contains(candidate) && alike) {
                return ". Line " + keyLines.get(candidate) + " has '" + candidate + "': misspelt?";
            }
        }
        return "";
    }

    private ScalarNode scalar(String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar;
        }
        throw new BadInputException(
                file + ":" + line(node) + ": " + qualified(key) + ": a single value is expected here");
    }

    private <T> List<T> items(String key, Function<Node, T> read) {
        if (!(require(key) instanceof SequenceNode sequence)) {
            throw error(key, "a list is expected");
        }
        return sequence.getValue().stream().map(read).toList();
    }

    private double plain(String key, String text) {
        return ConfigNumber.plain(text, "a plain number", problem -> error(key, problem));
    }

    private String qualified(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
