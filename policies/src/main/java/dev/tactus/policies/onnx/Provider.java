package dev.tactus.policies.onnx;

import dev.tactus.policies.command.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ONNX Runtime's execution providers that a session can be asked for. */
public enum Provider {
    /** The processor; always there. */
    CPU("CPUExecutionProvider"),
    /** NVIDIA GPUs through CUDA and cuDNN. */
    CUDA("CUDAExecutionProvider"),
    /** NVIDIA GPUs through engines that TensorRT built ahead. */
    TENSORRT("TensorrtExecutionProvider");

    private final String runtimeName;

    Provider(String runtimeName) {
        this.runtimeName = runtimeName;
    }

    /**
     * ONNX Runtime's own name for it.
     *
     * @return for example {@code CPUExecutionProvider}
     */
    public String runtimeName() {
        return runtimeName;
    }

    /**
     * The word that users write.
     *
     * @return for example {@code cpu}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads an ordered list such as {@code tensorrt,cuda,cpu}.
     *
     * @param text the list
     * @return the providers in order
     * @throws BadInputException if it is empty, or holds another word or one twice
     */
    public static List<Provider> list(String text) {
        List<Provider> providers = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            Provider provider = parse(word.strip(), text);
            if (providers.contains(provider)) {
                throw new BadInputException("providers '" + text + "': " + provider.word() + " stands twice. Name each"
                        + " provider once, the one to try first in front.");
            }
            providers.add(provider);
        }
        return List.copyOf(providers);
    }

    private static Provider parse(String word, String text) {
        for (Provider provider : values()) {
            if (provider.word().equals(word)) {
                return provider;
            }
        }
        throw new BadInputException(
                "providers '" + text + "': '" + word + "' is none; allowed are cpu, cuda and"
                        + " tensorrt, separated by commas in the order in which they are tried, for example tensorrt,cuda,cpu.");
    }
}
