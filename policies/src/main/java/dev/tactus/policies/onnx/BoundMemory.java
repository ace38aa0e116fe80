package dev.tactus.policies.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Memory for the inputs, or the outputs, of a session: one zeroed block a tensor, with a whole line or page to itself. */
final class BoundMemory {
    /** Bytes of a cache line: what a processor's tensors are aligned to. */
    static final long CACHE_LINE = 64;

    /** Bytes of a page: what a GPU's driver locks in place. */
    static final long PAGE = 4096;

    private final String role;
    private final List<TensorInfo> tensors;
    private final Map<String, MemorySegment> blocks = new LinkedHashMap<>();

    BoundMemory(String role, List<TensorInfo> tensors, Arena arena, long alignment) {
        this.role = role;
        this.tensors = List.copyOf(tensors);
        for (TensorInfo tensor : tensors) {
            long size = Math.max(1, (tensor.bytes() + alignment - 1) / alignment) * alignment;
            blocks.put(tensor.name(), arena.allocate(size, alignment).asSlice(0, tensor.bytes()));
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
