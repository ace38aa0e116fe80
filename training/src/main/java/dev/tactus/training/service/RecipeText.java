package dev.tactus.training.service;

import dev.tactus.policies.command.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A recipe's text in which single values can be replaced, as {@code --set training.steps=100} asks. The replacement is
 * made in the text, so that messages about it carry the recipe's own line numbers.
 */
final class RecipeText {
    private RecipeText() {}

    static String with(String text, String file, List<String> assignments) {
        String changed = text;
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new BadInputException(
                        "--set " + assignment + ": key=value is expected, for example training.steps=100");
            }
            changed = with(changed, file, assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return changed;
    }

    private static String with(String text, String file, String key, String value) {
        Node node = root(text, file);
        for (String word : key.split("\\.", -1)) {
            node = child(node, word, key, file);
        }
        int from = node.getStartMark().map(Mark::getPointer).orElseThrow();
        int to = node.getEndMark().map(Mark::getPointer).orElseThrow();
        // Marks count code points.
        int[] points = text.codePoints().toArray();
        return new String(points, 0, from) + value + new String(points, to, points.length - to);
    }

    private static Node root(String text, String file) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.orElseThrow(() -> new BadInputException(file + ": is empty; a recipe is expected"));
        } catch (YamlEngineException e) {
            throw new BadInputException(file + ": not YAML: " + e.getMessage(), e);
        }
    }

    private static Node child(Node node, String word, String key, String file) {
        List<String> present = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (name.equals(word)) {
                    return tuple.getValueNode();
                }
                present.add(name);
            }
        }
        throw new BadInputException("--set " + key + ": " + file + " has no '" + word + "' there; it has "
                + (present.isEmpty() ? "a single value" : String.join(", ", present)));
    }
}
