package dev.tactus.policies.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.tactus.policies.command.DoctorCheck;

/** {@code ./tactus doctor}: ONNX Runtime's version, the providers that it was built with, and how it is bound. */
public final class OnnxRuntimeCheck implements DoctorCheck {
    private static final String PART = "ONNX Runtime";

    /** Made by ServiceLoader. */
    public OnnxRuntimeCheck() {}

    @Override
    public Finding look() {
        try {
            String version = OrtEnvironment.getEnvironment().getVersion();
            String binding = RuntimeLibrary.nativeApi()
                    ? "C API"
                    : "Java API, since the C API cannot be bound (" + RuntimeLibrary.whyNotNative() + ")";
            return new Finding(
                    PART,
                    State.PRESENT,
                    version + ", providers " + String.join(", ", RuntimeLibrary.providers()) + "; " + binding);
        } catch (LinkageError | RuntimeException e) {
            return new Finding(PART, State.REQUIRED, RuntimeLibrary.doesNotLoad(e));
        }
    }
}
