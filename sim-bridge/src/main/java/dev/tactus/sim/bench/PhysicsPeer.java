package dev.tactus.sim.bench;

import dev.tactus.sim.mujoco.MujocoLibrary;
import dev.tactus.sim.mujoco.MujocoModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The C program that runs the same loop: compiled into a temporary folder, kept running, asked over its input. */
final class PhysicsPeer implements AutoCloseable {
    private final Path folder;
    private final Process process;
    private final BufferedReader answers;

    private PhysicsPeer(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        answers = process.inputReader();
    }

    /** Compiles and starts the peer; empty if this machine has no C compiler that works. */
    static Optional<PhysicsPeer> start(Path source, MujocoModel model, int keyframe) {
        try {
            Path folder = Files.createTempDirectory("tactus-physics");
            Path program = folder.resolve("physics_peer");
            if (!compile(source, program)) {
                Files.delete(folder);
                return Optional.empty();
            }
            Process process = new ProcessBuilder(
                            program.toString(),
                            MujocoLibrary.load().file().toString(),
                            model.file().toAbsolutePath().toString(),
                            Integer.toString(keyframe),
                            Integer.toString(model.nu()),
                            Long.toString(MujocoLibrary.ctrlOffset()),
                            Integer.toString(MujocoLibrary.integrationState()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return Optional.of(new PhysicsPeer(folder, process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean compile(Path source, Path program) throws IOException {
        for (String compiler : List.of("gcc", "cc")) {
            Process process;
            try {
                process = new ProcessBuilder(
                                compiler,
                                "-O2",
                                "-ffp-contract=off",
                                "-o",
                                program.toString(),
                                source.toString(),
                                "-ldl")
                        .inheritIO()
                        .start();
            } catch (IOException e) {
                continue;
            }
            // A compiler without the C library's headers is as good as none; what it says is shown.
            if (process.onExit().join().exitValue() == 0) {
                return true;
            }
        }
        return false;
    }

    PhysicsRun run(long steps) {
        try {
            var questions = process.outputWriter();
            questions.write(steps + "\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the C side of the benchmark ended; what it said stands above");
            }
            String[] fields = answer.split(" ");
            double[] state =
                    Stream.of(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
            return new PhysicsRun(Long.parseLong(fields[0]), state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.outputWriter().close();
            process.onExit().join();
            Files.deleteIfExists(folder.resolve("physics_peer"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
