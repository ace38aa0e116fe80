package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.NetworkSpec.Level;
import dev.tactus.policies.bundle.NetworkSpec.LevelType;
import dev.tactus.policies.onnx.GraphSession;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** A level input's memory: whole numbers or floats, one a chunk or one a row. Allocates nothing. */
final class LevelInput {
    private final MemorySegment memory;
    private final boolean whole;
    private final int count;

    private LevelInput(MemorySegment memory, boolean whole) {
        this.memory = memory;
        this.whole = whole;
        this.count = Math.toIntExact(memory.byteSize() / (whole ? Long.BYTES : Float.BYTES));
    }

    /** A network's level input; one that takes nothing if the network has none. */
    static LevelInput of(Optional<Level> level, GraphSession session) {
        return new LevelInput(
                level.map(role -> session.input(role.name())).orElse(MemorySegment.NULL),
                level.filter(role -> role.type() == LevelType.INT64).isPresent());
    }

    void fill(float level) {
        for (int i = 0; i < count; i++) {
            put(i, level);
        }
    }

    void set(float[] levels) {
        for (int i = 0; i < count; i++) {
            put(i, levels[i]);
        }
    }

    private void put(int i, float level) {
        if (whole) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, (long) level);
        } else {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, level);
        }
    }
}
