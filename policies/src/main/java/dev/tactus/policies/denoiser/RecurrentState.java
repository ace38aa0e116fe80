package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.NetworkSpec.State;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One recurrent state between the network's runs: its start, what goes in, what came out. Allocates nothing. */
final class RecurrentState {
    private final MemorySegment input;
    private final MemorySegment output;
    private final MemorySegment start;

    /**
     * Makes the state, at its start.
     *
     * @param state what policy.yaml says
     * @param initial float32 values of one sample, little-endian; empty for zeros
     * @param batch B
     * @param input memory of the network's input
     * @param output memory of the network's output
     */
    RecurrentState(State state, byte[] initial, int batch, MemorySegment input, MemorySegment output) {
        this.input = input;
        this.output = output;
        this.start = MemorySegment.ofArray(new float[Math.toIntExact(input.byteSize() / Float.BYTES)]);
        if (initial.length > 0) {
            start.copyFrom(MemorySegment.ofArray(repeated(state, initial, batch)));
        }
        reset();
    }

    /** One sample's values once for every sample, along the batch axis wherever that stands. */
    private static float[] repeated(State state, byte[] initial, int batch) {
        ByteBuffer values = ByteBuffer.wrap(initial).order(ByteOrder.LITTLE_ENDIAN);
        int axis = state.shape().indexOf(State.BATCH);
        int inner =
                state.shape().subList(axis + 1, state.shape().size()).stream().reduce(1, Math::multiplyExact);
        int copies = axis < 0 ? 1 : batch;
        float[] all = new float[state.size() * copies];
        for (int i = 0; i < all.length; i++) {
            int outer = i / (copies * inner);
            all[i] = values.getFloat(Float.BYTES * (outer * inner + i % inner));
        }
        return all;
    }

    void reset() {
        input.copyFrom(start);
    }

    void commit() {
        input.copyFrom(output);
    }
}
