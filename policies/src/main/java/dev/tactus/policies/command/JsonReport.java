package dev.tactus.policies.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the one JSON object that {@code --json FILE} asks for. Numeric keys carry their unit in the name. */
public final class JsonReport {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /**
     * Writes the object whole or not at all: to a temporary file beside the target, then by atomic rename.
     *
     * @param file the target
     * @param values the object; values are numbers, strings, booleans, null, lists and maps of these
     */
    public static void write(Path file, Map<String, ?> values) {
        Path target = file.toAbsolutePath();
        try {
            Path partial = Files.createTempFile(target.getParent(), ".report", ".json");
            try {
                Files.writeString(partial, MAPPER.writeValueAsString(values) + "\n");
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "--json " + file + ": cannot write there (" + e + "). Name a file in a folder that exists and is"
                            + " writable.",
                    e);
        }
    }
}
