package dev.tactus.policies.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Memory for the inputs, or the outputs, of a session: one zeroed block a tensor, on cache lines of its own. */
final class BoundMemory {
    private static final long CACHE_LINE = 64;

    private final String role;
    private final List<TensorInfo> tensors;
    private final Map<String, MemorySegment> blocks = new LinkedHashMap<>();

    BoundMemory(String role, List<TensorInfo> tensors, Arena arena) {
        this.role = role;
        this.tensors = List.copyOf(tensors);
        for (TensorInfo tensor : tensors) {
            long size = Math.max(CACHE_LINE, (tensor.bytes() + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
            blocks.put(tensor.name(), arena.allocate(size, CACHE_LINE).asSlice(0, tensor.bytes()));
        }
    }

    List<TensorInfo> tensors() {
        return tensors;
    }

    MemorySegment of(String name) {
        MemorySegment block = blocks.get(name);
        if (block == null) {
            throw new IllegalArgumentException("no " + role + " '" + name + "'; there are " + blocks.keySet());
        }
        return block;
    }
}
