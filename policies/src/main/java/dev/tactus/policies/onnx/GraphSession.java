package dev.tactus.policies.onnx;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * A graph at fixed shapes on one execution provider, with the memory of its inputs and outputs: write inputs, run, read
 * outputs. Elements are little-endian, as ONNX has them, and row-major. The session owns the memory; segments die with
 * it. One thread at a time, any thread. {@link #run} throws nothing and, in {@link NativeGraphSession}, allocates
 * nothing.
 */
public abstract sealed class GraphSession implements AutoCloseable permits NativeGraphSession, JavaGraphSession {
    /** System property: {@code java} runs every graph through ONNX Runtime's Java API instead of its C API. */
    public static final String API_PROPERTY = "tactus.onnx.api";

    private final Arena arena = Arena.ofShared();
    private final Provider provider;
    private final List<String> declined;
    private final BoundMemory inputs;
    private final BoundMemory outputs;
    private boolean closed;

    GraphSession(FixedShapes shapes, Provider provider, List<String> declined) {
        this.provider = provider;
        this.declined = List.copyOf(declined);
        long alignment = provider == Provider.CPU ? BoundMemory.CACHE_LINE : BoundMemory.PAGE;
        inputs = new BoundMemory("input", shapes.inputs(), arena, alignment);
        outputs = new BoundMemory("output", shapes.outputs(), arena, alignment);
    }

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
    public static GraphSession open(GraphModel model, Map<String, List<Long>> shapes, GraphOptions options) {
        return SessionFactory.open(model, FixedShapes.of(model, shapes), options);
    }

    /**
     * What the graph takes.
     *
     * @return the inputs in the graph's order
     */
    public final List<TensorInfo> inputs() {
        return inputs.tensors();
    }

    /**
     * What the graph gives.
     *
     * @return the outputs in the graph's order
     */
    public final List<TensorInfo> outputs() {
        return outputs.tensors();
    }

    /**
     * The memory of an input, zero at first.
     *
     * @param name the input's name
     * @return its memory; the caller writes it before {@link #run}
     * @throws IllegalArgumentException if there is no such input
     */
    public final MemorySegment input(String name) {
        return inputs.of(name);
    }

    /**
     * The memory of an output.
     *
     * @param name the output's name
     * @return its memory; the caller reads it after {@link #run}
     * @throws IllegalArgumentException if there is no such output
     */
    public final MemorySegment output(String name) {
        return outputs.of(name);
    }

    /**
     * Runs the graph once.
     *
     * @return whether it worked; if not, outputs are undefined and {@link #failure} says why
     */
    public abstract boolean run();

    /**
     * Why the last run that failed did.
     *
     * @return ONNX Runtime's message; empty if none has failed
     */
    public abstract String failure();

    /**
     * Where the graph runs.
     *
     * @return the provider
     */
    public final Provider provider() {
        return provider;
    }

    /**
     * Why providers in front of this one in the list were not taken.
     *
     * @return a line each
     */
    public final List<String> declined() {
        return declined;
    }

    /** Frees the session and its memory. Closing twice is harmless. */
    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            release();
        } finally {
            arena.close();
        }
    }

    /** Frees what ONNX Runtime holds; the memory of inputs and outputs goes after it. */
    abstract void release();

    /** Whether there is nothing left to run. */
    final boolean closed() {
        return closed;
    }
}
