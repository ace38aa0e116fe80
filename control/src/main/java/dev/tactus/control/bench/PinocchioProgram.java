package dev.tactus.control.bench;

import dev.tactus.policies.command.MissingPartException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The C++ peer, compiled from its source and the headers in Pinocchio's Python wheel. Compiling takes a minute or two, so
 * the program is kept in a cache, under the hash of everything that it was made of.
 *
 * @param file the program
 * @param pinocchio version of the headers
 * @param compiler the compiler, as it calls itself
 */
record PinocchioProgram(Path file, String pinocchio, String compiler) {
    /**
     * The fastest of what was tried: with Eigen's own vectorisation, AVX2 or AVX-512, RNEA took a third to a half longer
     * and ABA a sixth to a half than with what the compiler makes of plain loops; CRBA took the same.
     */
    static final List<String> FLAGS =
            List.of("-std=c++17", "-O3", "-march=native", "-DNDEBUG", "-DEIGEN_DONT_VECTORIZE");

    /** Prints the folder of the wheel's headers and their version. */
    private static final String FIND =
            "import pathlib, pinocchio; print(next(p for p in pathlib.Path(pinocchio.__file__).parents"
                    + " if p.name == 'cmeel.prefix') / 'include'); print(pinocchio.__version__)";

    /**
     * Finds or makes the program.
     *
     * @param python an interpreter whose environment holds the wheels pin and cmeel-eigen
     * @param source the peer's source
     * @param cache a folder to keep programs in
     * @param progress where it says that it compiles
     * @return the program
     * @throws MissingPartException if there is no compiler or no headers; says how to get them
     */
    static PinocchioProgram of(String python, Path source, Path cache, PrintStream progress) {
        String[] found = output(List.of(python, "-c", FIND), howToInstall(python, "it has no Pinocchio"))
                .split("\\R");
        Path headers = Path.of(found[0]);
        if (!Files.isDirectory(headers.resolve("eigen3")) || !Files.isDirectory(headers.resolve("pinocchio"))) {
            throw new MissingPartException(
                    howToInstall(python, "the headers of Pinocchio or Eigen are not in " + headers));
        }
        String compiler = output(
                        List.of("g++", "--version"),
                        "Pinocchio is not measured: no C++ compiler. Install one (Debian: apt-get install g++).")
                .lines()
                .findFirst()
                .orElse("g++");
        try {
            Path file = cache.resolve("pinocchio_peer-" + hash(source, found[1], compiler));
            if (!Files.exists(file)) {
                Files.createDirectories(cache);
                progress.println("compiling " + source.getFileName() + ", once: a minute or two ...");
                compile(source, headers, file);
            }
            return new PinocchioProgram(file, found[1], compiler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String howToInstall(String python, String why) {
        return "Pinocchio is not measured: no headers through '" + python + "' (" + why
                + "). Make an environment that has"
                + " them (python3 -m venv ENV && ENV/bin/pip install pin cmeel-eigen) and name it: --python"
                + " ENV/bin/python, or TACTUS_PYTHON.";
    }

    private static void compile(Path source, Path headers, Path file) throws IOException {
        Path partial = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        List<String> command = new ArrayList<>(List.of("g++"));
        command.addAll(FLAGS);
        command.addAll(List.of(
                "-w",
                "-isystem",
                headers.toString(),
                "-isystem",
                headers.resolve("eigen3").toString()));
        command.addAll(List.of("-o", partial.toString(), source.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.onExit().join().exitValue() != 0) {
            Files.deleteIfExists(partial);
            throw new MissingPartException("Pinocchio is not measured: g++ could not compile " + source
                    + " with the headers in " + headers
                    + "; what it said stands above. Versions known to work: pin 4.1.0,"
                    + " cmeel-eigen 3.4.1, g++ 12.");
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Of source, flags, versions, and the processor that the program is made for. */
    private static String hash(Path source, String pinocchio, String compiler) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(source));
            Path processor = Path.of("/proc/cpuinfo");
            String flags = Files.exists(processor)
                    ? Files.readString(processor)
                            .lines()
                            .filter(line -> line.startsWith("flags") || line.startsWith("model name"))
                            .limit(2)
                            .toList()
                            .toString()
                    : System.getProperty("os.arch");
            digest.update((FLAGS + pinocchio + compiler + flags).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String output(List<String> command, String missing) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.onExit().join().exitValue() != 0) {
                throw new MissingPartException(missing);
            }
            return said;
        } catch (IOException e) {
            throw new MissingPartException(missing, e);
        }
    }
}
