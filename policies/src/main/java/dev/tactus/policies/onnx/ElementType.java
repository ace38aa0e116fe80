package dev.tactus.policies.onnx;

import java.util.Optional;

/** Element types of tensors that a session binds, with ONNX's code and the bytes of one element. */
public enum ElementType {
    /** 32-bit IEEE 754. */
    FLOAT32(1, 4),
    /** Unsigned byte. */
    UINT8(2, 1),
    /** Signed byte. */
    INT8(3, 1),
    /** Signed 32-bit integer. */
    INT32(6, 4),
    /** Signed 64-bit integer. */
    INT64(7, 8),
    /** One byte, 0 or 1. */
    BOOL(9, 1),
    /** 16-bit IEEE 754. */
    FLOAT16(10, 2),
    /** 64-bit IEEE 754. */
    FLOAT64(11, 8);

    private final int code;
    private final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /**
     * The type's number in ONNX ({@code TensorProto.DataType}), which ONNX Runtime's C API shares.
     *
     * @return the code
     */
    public int code() {
        return code;
    }

    /**
     * Size of one element.
     *
     * @return bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Looks a code up.
     *
     * @param code ONNX's number
     * @return the type; empty for one that no session binds (text, complex numbers, 4-bit integers and such)
     */
    static Optional<ElementType> of(int code) {
        for (ElementType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
