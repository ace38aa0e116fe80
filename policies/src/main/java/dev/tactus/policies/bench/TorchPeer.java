package dev.tactus.policies.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running {@code policies/bench/torch_peer.py}, asked over its standard input. One thread at a time. */
final class TorchPeer implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /**
     * Starts the script.
     *
     * @param command the interpreter and the script, perhaps behind a program that pins them to a core
     */
    TorchPeer(List<String> command) {
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        questions = process.outputWriter();
        answers = process.inputReader();
    }

    /**
     * Reads a network.
     *
     * @param model an ONNX file
     * @return why the peer does not know it, or empty
     */
    Optional<String> open(Path model) {
        JsonNode answer =
                ask(Map.of("ask", "open", "file", model.toAbsolutePath().toString()));
        return answer.has("unknown") ? Optional.of(answer.get("unknown").asString()) : Optional.empty();
    }

    /**
     * Lets the peer compute an example.
     *
     * @param example input and what ONNX Runtime made of it
     * @return the largest difference of any element, relative to the largest element
     */
    double largestDifference(BenchSubject.Example example) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("ask", "answer");
        question.put("shape", example.shape());
        question.put("latent", example.latent());
        question.put("level", example.level());
        question.put("condition", example.condition());
        JsonNode found = ask(question).get("prediction");
        float[] expected = example.prediction();
        double difference = found.size() == expected.length ? 0.0 : Double.POSITIVE_INFINITY;
        double largest = 0.0;
        for (int i = 0; i < Math.min(found.size(), expected.length); i++) {
            difference = Math.max(difference, Math.abs(found.get(i).asDouble() - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return difference / largest;
    }

    /**
     * Times evaluations of the example.
     *
     * @param calls how many
     * @return how long each took, ns
     */
    double[] time(int calls) {
        JsonNode ns = ask(Map.of("ask", "time", "calls", calls)).get("ns");
        double[] values = new double[ns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ns.get(i).asDouble();
        }
        return values;
    }

    private JsonNode ask(Map<String, Object> question) {
        try {
            questions.write(MAPPER.writeValueAsString(question));
            questions.newLine();
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the PyTorch peer ended; what it said stands above");
            }
            return MAPPER.readTree(answer);
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
