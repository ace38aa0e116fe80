package dev.tactus.policies.onnx;

import java.util.List;

/**
 * A bound tensor.
 *
 * @param name its name in the graph
 * @param type its elements' type
 * @param shape its sizes, row-major, all known
 */
public record TensorInfo(String name, ElementType type, List<Long> shape) {

    /**
     * Copies the shape.
     *
     * @param name its name in the graph
     * @param type its elements' type
     * @param shape its sizes
     */
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /**
     * Number of elements.
     *
     * @return the product of the shape; 1 for a scalar
     */
    public long elements() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    /**
     * Size in memory.
     *
     * @return bytes
     */
    public long bytes() {
        return Math.multiplyExact(elements(), (long) type.bytes());
    }

    long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
