package dev.tactus.training.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network's parameters by name. All of them lie one after the other in one flat buffer, and so do their gradients, so
 * that an optimiser, an average and a checkpoint each handle one vector. Owned by the training thread.
 */
public final class Parameters {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Tensor values;
    private final Tensor gradients;
    private final int size;

    /**
     * One parameter's place.
     *
     * @param offset index of its first element in the flat buffer
     * @param shape its shape
     */
    public record Entry(int offset, List<Integer> shape) {
        /**
         * How many elements it has.
         *
         * @return the product of its shape
         */
        public int size() {
            return shape.stream().mapToInt(Integer::intValue).reduce(1, (a, b) -> a * b);
        }
    }

    /**
     * Lays parameters out, all zero.
     *
     * @param shapes shape by name, in the order in which they are to lie
     */
    public Parameters(Map<String, List<Integer>> shapes) {
        int offset = 0;
        for (Map.Entry<String, List<Integer>> shape : shapes.entrySet()) {
            Entry entry = new Entry(offset, List.copyOf(shape.getValue()));
            entries.put(shape.getKey(), entry);
            offset += entry.size();
        }
        size = offset;
        values = torch.zeros(size);
        gradients = torch.zeros(size);
        entries.forEach((name, entry) -> {
            Tensor leaf = view(values, entry).detach().set_requires_grad(true);
            // A gradient that exists is added to in place, so the flat buffer always holds the whole gradient.
            leaf.mutable_grad().put(view(gradients, entry));
            tensors.put(name, leaf);
        });
    }

    /**
     * The names, in their order.
     *
     * @return the names
     */
    public Set<String> names() {
        return entries.keySet();
    }

    /**
     * Where a parameter lies.
     *
     * @param name its name
     * @return its place
     */
    public Entry entry(String name) {
        return entries.get(name);
    }

    /**
     * A parameter as the forward pass uses it.
     *
     * @param name its name
     * @return its tensor, which collects a gradient
     */
    public Tensor tensor(String name) {
        return tensors.get(name);
    }

    /**
     * All values as one vector; the optimiser writes here.
     *
     * @return the flat buffer
     */
    public Tensor values() {
        return values;
    }

    /**
     * All gradients as one vector, to be zeroed before each backward pass.
     *
     * @return the flat buffer
     */
    public Tensor gradients() {
        return gradients;
    }

    /**
     * How many numbers all parameters have together.
     *
     * @return the size of the flat buffer
     */
    public int size() {
        return size;
    }

    /**
     * A copy of all values.
     *
     * @return the flat buffer's content
     */
    public float[] read() {
        return read(values);
    }

    /**
     * Replaces all values.
     *
     * @param flat the new content, as long as {@link #size}
     */
    public void write(float[] flat) {
        write(values, flat);
    }

    /**
     * A copy of a float tensor's content.
     *
     * @param tensor a contiguous float tensor
     * @return its elements
     */
    public static float[] read(Tensor tensor) {
        float[] copy = new float[Math.toIntExact(tensor.numel())];
        try (FloatPointer data = tensor.data_ptr_float()) {
            data.get(copy);
        }
        return copy;
    }

    /**
     * Replaces a float tensor's content.
     *
     * @param tensor a contiguous float tensor
     * @param content as many elements as it has
     */
    public static void write(Tensor tensor, float[] content) {
        if (content.length != tensor.numel()) {
            throw new IllegalArgumentException(content.length + " elements for a tensor of " + tensor.numel());
        }
        try (FloatPointer data = tensor.data_ptr_float()) {
            data.put(content);
        }
    }

    /**
     * The hash by which two runs are compared.
     *
     * @param flat values in the layout of this class
     * @return SHA-256 over their little-endian bytes
     */
    public static String sha256(float[] flat) {
        ByteBuffer bytes = ByteBuffer.allocate(flat.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(flat);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * One parameter cut out of a flat copy.
     *
     * @param name its name
     * @param flat values in the layout of this class, for example those of an average
     * @return its elements, row-major
     */
    public float[] slice(String name, float[] flat) {
        Entry entry = entries.get(name);
        return Arrays.copyOfRange(flat, entry.offset(), entry.offset() + entry.size());
    }

    private static Tensor view(Tensor flat, Entry entry) {
        long[] shape = entry.shape().stream().mapToLong(Integer::longValue).toArray();
        return flat.narrow(0, entry.offset(), entry.size()).view(shape);
    }
}
