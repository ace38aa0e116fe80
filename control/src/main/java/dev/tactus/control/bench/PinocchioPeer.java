package dev.tactus.control.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The running {@code control/bench/pinocchio_peer.cpp} for one robot, asked over its standard input. One thread at a time. */
final class PinocchioPeer implements AutoCloseable {
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /**
     * Starts the program and tells it robot and states.
     *
     * @param program the compiled peer
     * @param subject the robot
     */
    PinocchioPeer(PinocchioProgram program, DynamicsSubject subject) {
        try {
            process = new ProcessBuilder(program.file().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            questions = process.outputWriter();
            answers = process.inputReader();
            questions.write(subject.toPeer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets the peer work.
     *
     * @param algorithm a name that the peer knows
     * @param calls how many
     * @return time and what came out
     */
    DynamicsRun run(String algorithm, long calls) {
        try {
            questions.write(algorithm + " " + calls + "\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("Pinocchio's side of the benchmark ended; what it said stands above");
            }
            String[] fields = answer.split(" ");
            return new DynamicsRun(
                    Long.parseLong(fields[0]), Double.parseDouble(fields[1]), Double.parseDouble(fields[2]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
