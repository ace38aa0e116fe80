package dev.tactus.policies.denoiser;

import ai.onnxruntime.OrtEnvironment;
import dev.tactus.policies.command.DoctorCheck;

/** {@code ./tactus doctor}: ONNX Runtime's version and the providers that it was built with. */
public final class OnnxRuntimeCheck implements DoctorCheck {
    private static final String PART = "ONNX Runtime";

    /** Made by ServiceLoader. */
    public OnnxRuntimeCheck() {}

    @Override
    public Finding look() {
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            return new Finding(
                    PART,
                    State.PRESENT,
                    environment.getVersion() + ", providers " + OrtEnvironment.getAvailableProviders());
        } catch (LinkageError | RuntimeException e) {
            return new Finding(PART, State.REQUIRED, doesNotLoad(e));
        }
    }

    static String doesNotLoad(Throwable cause) {
        return "ONNX Runtime's native library does not load (" + cause.getMessage()
                + "); it needs 64-bit Linux with glibc 2.28 or newer and libstdc++";
    }
}
