package dev.tactus.policies.onnx;

import java.util.List;

/**
 * How a graph is to be run.
 *
 * @param providers execution providers in the order in which they are tried; the next is tried only if the list goes on
 * @param threads threads inside one operator; 1 in a control loop's neighbourhood. They never spin.
 * @param cudaGraph whether CUDA records the whole graph at the first run and replays it as one launch afterwards; only
 *     GPU providers look at it
 */
public record GraphOptions(List<Provider> providers, int threads, boolean cudaGraph) {
    /** The processor, one thread. */
    public static final GraphOptions CPU = new GraphOptions(List.of(Provider.CPU), 1, false);

    /**
     * Checks the values.
     *
     * @param providers at least one provider
     * @param threads 1 or more
     * @param cudaGraph whether to replay a CUDA graph
     */
    public GraphOptions {
        providers = List.copyOf(providers);
        if (providers.isEmpty() || threads < 1) {
            throw new IllegalArgumentException("providers " + providers + ", threads " + threads);
        }
    }
}
