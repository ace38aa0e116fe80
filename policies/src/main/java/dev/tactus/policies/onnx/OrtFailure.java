package dev.tactus.policies.onnx;

/** ONNX Runtime answered a call with an error. */
final class OrtFailure extends Exception {
    private static final long serialVersionUID = 1L;

    OrtFailure(String message) {
        super(message);
    }

    OrtFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
