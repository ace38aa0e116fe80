package dev.tactus.policies.bench;

import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.config.UserFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A Python environment with PyTorch, made once in the user's cache from {@code policies/bench/requirements.txt}. Of
 * several processes at once one makes it and the others wait. An environment whose making was interrupted, or that was
 * made from other requirements, is made anew.
 */
final class TorchEnvironment {
    private final Path folder;
    private final Path requirements;
    private final String python;

    /**
     * Names an environment; makes nothing.
     *
     * @param folder where it goes
     * @param requirements what it holds, in pip's format
     * @param python the interpreter to make it with, a name or path
     */
    TorchEnvironment(Path folder, Path requirements, String python) {
        this.folder = folder;
        this.requirements = requirements;
        this.python = python;
    }

    /**
     * The environment of this user.
     *
     * @param requirements what it holds, in pip's format
     * @return the environment
     */
    static TorchEnvironment ofUser(Path requirements) {
        return new TorchEnvironment(UserFolder.CACHE.path().resolve("torch-peer"), requirements, "python3");
    }

    /**
     * Its interpreter; makes the environment if need be.
     *
     * @param progress where it says what it does
     * @return path of the interpreter
     * @throws MissingPartException if Python, its venv module, the network or room on the disk is missing
     */
    Path interpreter(PrintStream progress) {
        Path made = folder.resolve("made-from.txt");
        try {
            Files.createDirectories(folder);
            String wanted = Files.readString(requirements);
            try (FileChannel lock = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                if (!Files.exists(made) || !Files.readString(made).equals(wanted)) {
                    Files.deleteIfExists(made);
                    make(progress);
                    Files.writeString(made, wanted);
                }
            }
        } catch (IOException e) {
            throw new MissingPartException(
                    "the Python environment of the PyTorch peer cannot be kept in " + folder + " (" + e
                            + "). Make that folder writable, or set XDG_CACHE_HOME to one that is.",
                    e);
        }
        return folder.resolve("venv/bin/python");
    }

    private void make(PrintStream progress) throws IOException {
        Path venv = folder.resolve("venv");
        progress.println("making a Python environment with PyTorch in " + folder + ", once: 1 GB where PyTorch's own"
                + " index can be reached, 5 GB with CUDA libraries otherwise; some minutes ...");
        run(
                List.of(python, "-m", "venv", "--clear", venv.toString()),
                "Install Python 3.11 or newer with its venv" + " module (Debian: apt-get install python3-venv).");
        run(
                List.of(
                        venv.resolve("bin/python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--no-input",
                        "--retries",
                        "1",
                        "--requirement",
                        requirements.toAbsolutePath().toString()),
                "Check the network and the room on the disk, and run the command again.");
    }

    private void run(List<String> command, String remedy) throws IOException {
        Path log = folder.resolve("log.txt");
        int code;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            code = process.onExit().join().exitValue();
        } catch (IOException e) {
            throw new MissingPartException(
                    "the PyTorch peer needs Python, and " + command.getFirst() + " does not start. " + remedy, e);
        }
        if (code != 0) {
            List<String> said = Files.readAllLines(log);
            throw new MissingPartException("'" + String.join(" ", command) + "' ended with exit code " + code
                    + ". Its last words (all of them are in " + log + "):\n"
                    + String.join("\n", said.subList(Math.max(0, said.size() - 5), said.size())) + "\n" + remedy);
        }
    }
}
