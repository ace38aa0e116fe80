package dev.tactus.policies.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;

/**
 * ONNX Runtime's C API through the Foreign Function &amp; Memory API. The library is the one that the Java API has
 * loaded, so the two never differ: from its own jar, or from {@code -Donnxruntime.native.path}. Pointers travel as
 * {@code long}: that, and handles that are constants, is what makes a call free of garbage.
 *
 * <p>If the library cannot be bound, {@link #FAILURE} says why and nothing else here may be used.
 */
final class OrtApi {
    /** ORT_LOGGING_LEVEL_FATAL: errors come back as statuses and are reported once, not also on stderr. */
    static final int LOG_FATAL = 4;

    /** Why the C API cannot be used; empty if it can. */
    static final String FAILURE;

    /** The library's version, for example 1.29.0. */
    static final String VERSION;

    /** {@code OrtStatus* RunWithBinding(OrtSession*, const OrtRunOptions*, const OrtIoBinding*)}. */
    static final MethodHandle RUN_WITH_BINDING;

    /** The process's environment, which the Java API shares; never released. */
    static final long ENVIRONMENT;

    private static final Map<OrtFunction, MethodHandle> HANDLES = new EnumMap<>(OrtFunction.class);

    static {
        String failure = "";
        String version = "";
        long environment = 0;
        try {
            version = bind();
            environment = createEnvironment();
        } catch (OrtFailure | RuntimeException | LinkageError e) {
            failure = String.valueOf(e.getMessage());
        }
        FAILURE = failure;
        VERSION = version;
        ENVIRONMENT = environment;
        RUN_WITH_BINDING = HANDLES.get(OrtFunction.RUN_WITH_BINDING);
    }

    private OrtApi() {}

    private static String bind() throws OrtFailure {
        if (System.getProperty("os.name").startsWith("Windows")) {
            throw new OrtFailure("it is bound on Linux and macOS only");
        }
        String loaded = OrtEnvironment.getEnvironment().getVersion();
        MemorySegment entry = SymbolLookup.loaderLookup()
                .find("OrtGetApiBase")
                .orElseThrow(() -> new OrtFailure("the loaded library does not show OrtGetApiBase"));
        try {
            Linker linker = Linker.nativeLinker();
            long base = (long) linker.downcallHandle(entry, FunctionDescriptor.of(ValueLayout.JAVA_LONG))
                    .invokeExact();
            MemorySegment getters = MemorySegment.ofAddress(base).reinterpret(2 * Long.BYTES);
            long api = (long) linker.downcallHandle(
                            address(getters, 0), FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT))
                    .invokeExact(OrtFunction.API_VERSION);
            long text = (long) linker.downcallHandle(address(getters, 1), FunctionDescriptor.of(ValueLayout.JAVA_LONG))
                    .invokeExact();
            String version = string(text);
            if (api == 0 || !version.equals(loaded)) {
                throw new OrtFailure("version " + version + " does not offer version " + OrtFunction.API_VERSION
                        + " of the C API, or is not the " + loaded + " that the Java API loaded");
            }
            link(linker, api);
            return version;
        } catch (OrtFailure e) {
            throw e;
        } catch (Throwable e) {
            throw new OrtFailure("binding it failed: " + e, e);
        }
    }

    private static void link(Linker linker, long api) {
        int slots = 0;
        for (OrtFunction function : OrtFunction.values()) {
            slots = Math.max(slots, function.slot() + 1);
        }
        MemorySegment table = MemorySegment.ofAddress(api).reinterpret((long) slots * Long.BYTES);
        for (OrtFunction function : OrtFunction.values()) {
            HANDLES.put(function, linker.downcallHandle(address(table, function.slot()), descriptor(function)));
        }
    }

    private static FunctionDescriptor descriptor(OrtFunction function) {
        MemoryLayout[] arguments = function.arguments()
                .chars()
                .mapToObj(letter -> letter == 'J' ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT)
                .toArray(MemoryLayout[]::new);
        return function.returnsNothing()
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments);
    }

    private static MemorySegment address(MemorySegment table, int slot) {
        return table.getAtIndex(ValueLayout.ADDRESS, slot);
    }

    private static long createEnvironment() throws OrtFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            call(OrtFunction.CREATE_ENV, LOG_FATAL, arena.allocateFrom("tactus").address(), out.address());
            return out.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /** Calls a function that answers with a status; not for the real-time path. Longs and ints as in the signature. */
    static void call(OrtFunction function, Object... arguments) throws OrtFailure {
        long status = (long) invoke(function, arguments);
        if (status != 0) {
            throw new OrtFailure(message(status));
        }
    }

    /** Releases something, nothing if the pointer is 0. */
    static void release(OrtFunction function, long pointer) {
        if (pointer != 0) {
            invoke(function, pointer);
        }
    }

    /** The text of a status, which is released. */
    static String message(long status) {
        String text = string((long) invoke(OrtFunction.GET_ERROR_MESSAGE, status));
        release(OrtFunction.RELEASE_STATUS, status);
        return text;
    }

    private static Object invoke(OrtFunction function, Object... arguments) {
        try {
            return HANDLES.get(function).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(function.cName() + " cannot be called: " + e, e);
        }
    }

    private static String string(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }
}
