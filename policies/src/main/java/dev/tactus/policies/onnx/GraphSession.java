package dev.tactus.policies.onnx;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * A graph at fixed shapes on one execution provider, with the memory of its inputs and outputs: write inputs, run, read
 * outputs. Elements are little-endian, as ONNX has them, and row-major. The session owns the memory; segments die with
 * it. One thread at a time, any thread. {@link #run} throws nothing and, in {@link NativeGraphSession}, allocates
 * nothing.
 */
public sealed interface GraphSession extends AutoCloseable permits NativeGraphSession, JavaGraphSession {
    /** System property: {@code java} runs every graph through ONNX Runtime's Java API instead of its C API. */
    String API_PROPERTY = "tactus.onnx.api";

    /**
     * Opens a model on the first provider of the list that works, through the C API, or through the Java API where the
     * C API cannot be bound or {@value #API_PROPERTY} asks for it.
     *
     * @param model the model
     * @param shapes sizes of inputs and outputs by name; at least of those whose sizes the graph leaves open
     * @param options providers, threads
     * @return the session; it has not run yet
     * @throws BadInputException if the model cannot be read, or the shapes do not fit it
     * @throws MissingPartException if ONNX Runtime does not load, or no provider of the list works here
     */
    static GraphSession open(GraphModel model, Map<String, List<Long>> shapes, GraphOptions options) {
        return SessionFactory.open(model, FixedShapes.of(model, shapes), options);
    }

    /**
     * What the graph takes.
     *
     * @return the inputs in the graph's order
     */
    List<TensorInfo> inputs();

    /**
     * What the graph gives.
     *
     * @return the outputs in the graph's order
     */
    List<TensorInfo> outputs();

    /**
     * The memory of an input, zero at first.
     *
     * @param name the input's name
     * @return its memory; the caller writes it before {@link #run}
     * @throws IllegalArgumentException if there is no such input
     */
    MemorySegment input(String name);

    /**
     * The memory of an output.
     *
     * @param name the output's name
     * @return its memory; the caller reads it after {@link #run}
     * @throws IllegalArgumentException if there is no such output
     */
    MemorySegment output(String name);

    /**
     * Runs the graph once.
     *
     * @return whether it worked; if not, outputs are undefined and {@link #failure} says why
     */
    boolean run();

    /**
     * Why the last run that failed did.
     *
     * @return ONNX Runtime's message; empty if none has failed
     */
    String failure();

    /**
     * Where the graph runs.
     *
     * @return the provider
     */
    Provider provider();

    /**
     * Why providers in front of this one in the list were not taken.
     *
     * @return a line each
     */
    List<String> declined();

    /** Frees the session and its memory. Closing twice is harmless. */
    @Override
    void close();
}
