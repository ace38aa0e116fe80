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
     * Refuses a target that cannot be written, before the work whose outcome goes there.
     *
     * @param file the target
     * @throws BadInputException if its folder does not exist or is not writable, or it is a folder itself
     */
    public static void requireWritable(Path file) {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target) || !Files.isDirectory(target.getParent())) {
            throw cannotWrite(file, Files.isDirectory(target) ? "it is a folder" : "its folder does not exist", null);
        }
        if (!Files.isWritable(target.getParent())) {
            throw cannotWrite(file, "its folder is not writable", null);
        }
    }

    /**
     * Writes the object. A file appears whole or not at all: it is written beside the target, then renamed. A link is
     * followed; what is there and is no ordinary file, a pipe for example, is written to as it is.
     *
     * @param file the target
     * @param values the object; values are numbers, strings, booleans, null, lists and maps of these
     * @throws BadInputException if it cannot be written there
     */
    public static void write(Path file, Map<String, ?> values) {
        String text = MAPPER.writeValueAsString(values) + "\n";
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, text);
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path partial = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
            try {
                Files.writeString(partial, text);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw cannotWrite(file, e.toString(), e);
        }
    }

    private static BadInputException cannotWrite(Path file, String why, IOException cause) {
        return new BadInputException(
                "--json " + file + ": cannot write there (" + why + "). Name a file in a folder that exists and is"
                        + " writable.",
                cause);
    }
}
