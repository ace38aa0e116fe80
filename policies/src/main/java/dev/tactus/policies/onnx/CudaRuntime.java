package dev.tactus.policies.onnx;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The few functions of NVIDIA's CUDA runtime that keep tensors on a GPU: memory, one stream, copies. The library is the
 * one that ONNX Runtime's CUDA provider has brought into the process, so touch this class only after that provider was
 * loaded. If it is not there, {@link #FAILURE} says so and nothing else here may be used.
 */
final class CudaRuntime {
    static final int HOST_TO_DEVICE = 1;
    static final int DEVICE_TO_HOST = 2;
    static final int NON_BLOCKING = 1;

    /** Why the CUDA runtime cannot be used; empty if it can. */
    static final String FAILURE;

    /** {@code cudaMemcpyAsync(to, from, bytes, kind, stream)}. */
    static final MethodHandle COPY;

    /** {@code cudaStreamSynchronize(stream)}. */
    static final MethodHandle SYNCHRONIZE;

    private static final MethodHandle ALLOCATE;
    private static final MethodHandle FREE;
    private static final MethodHandle PIN;
    private static final MethodHandle UNPIN;
    private static final MethodHandle CREATE_STREAM;
    private static final MethodHandle DESTROY_STREAM;
    private static final MethodHandle ERROR_TEXT;

    static {
        Optional<SymbolLookup> library = library();
        boolean present =
                library.isPresent() && library.get().find("cudaMalloc").isPresent();
        FAILURE = present
                ? ""
                : "the CUDA runtime (libcudart.so.12 or .13) is not in the process or on the loader's path";
        COPY = handle(library, "cudaMemcpyAsync", "JJJIJ");
        SYNCHRONIZE = handle(library, "cudaStreamSynchronize", "J");
        ALLOCATE = handle(library, "cudaMalloc", "JJ");
        FREE = handle(library, "cudaFree", "J");
        PIN = handle(library, "cudaHostRegister", "JJI");
        UNPIN = handle(library, "cudaHostUnregister", "J");
        CREATE_STREAM = handle(library, "cudaStreamCreateWithFlags", "JI");
        DESTROY_STREAM = handle(library, "cudaStreamDestroy", "J");
        ERROR_TEXT = text(library);
    }

    private CudaRuntime() {}

    private static Optional<SymbolLookup> library() {
        for (String name : candidates()) {
            try {
                return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
            } catch (IllegalArgumentException e) {
                continue; // this one is not to be had; the next may be
            }
        }
        return Optional.empty();
    }

    /** What is mapped already, which is what the provider was linked with; then the names that a loader may know. */
    private static List<String> candidates() {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            Optional<String> mapped = lines.filter(line -> line.contains("/libcudart"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst();
            if (mapped.isPresent()) {
                return List.of(mapped.get());
            }
        } catch (IOException e) {
            // no such file on this system
        }
        return List.of("libcudart.so.13", "libcudart.so.12");
    }

    private static MethodHandle handle(Optional<SymbolLookup> library, String name, String arguments) {
        MemoryLayout[] layouts = arguments
                .chars()
                .mapToObj(letter -> letter == 'J' ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT)
                .toArray(MemoryLayout[]::new);
        return link(library, name, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts));
    }

    private static MethodHandle text(Optional<SymbolLookup> library) {
        return link(library, "cudaGetErrorString", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    }

    private static MethodHandle link(Optional<SymbolLookup> library, String name, FunctionDescriptor descriptor) {
        return library.flatMap(found -> found.find(name))
                .map(address -> Linker.nativeLinker().downcallHandle(address, descriptor))
                .orElse(null);
    }

    static long createStream() throws OrtFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            check("cudaStreamCreate", CREATE_STREAM, out.address(), NON_BLOCKING);
            return out.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    static void destroyStream(long stream) throws OrtFailure {
        check("cudaStreamDestroy", DESTROY_STREAM, stream);
    }

    static long allocate(long bytes) throws OrtFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            check("cudaMalloc of " + bytes + " bytes", ALLOCATE, out.address(), bytes);
            return out.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    static void free(long address) throws OrtFailure {
        check("cudaFree", FREE, address);
    }

    static void copyAndWait(long to, long from, long bytes, int kind, long stream) throws OrtFailure {
        check("cudaMemcpyAsync", COPY, to, from, bytes, kind, stream);
        check("cudaStreamSynchronize", SYNCHRONIZE, stream);
    }

    /** Locks whole pages of host memory in place, so that copies need no staging. */
    static void pin(long address, long bytes) throws OrtFailure {
        check("cudaHostRegister", PIN, address, bytes, 0);
    }

    static void unpin(long address) throws OrtFailure {
        check("cudaHostUnregister", UNPIN, address);
    }

    static String errorText(int code) {
        try {
            long address = (long) ERROR_TEXT.invokeExact(code);
            return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable e) {
            return "CUDA error " + code;
        }
    }

    private static void check(String what, MethodHandle handle, Object... arguments) throws OrtFailure {
        int code;
        try {
            code = (int) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(what + " cannot be called: " + e, e);
        }
        if (code != 0) {
            throw new OrtFailure(what + ": " + errorText(code));
        }
    }
}
