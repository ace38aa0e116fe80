package dev.tactus.sim.mujoco;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What MuJoCo calls when something is wrong. A warning's text is kept and becomes an exception after the call ({@link
 * MujocoData}); without this handler MuJoCo writes it to a file in the working folder. A fatal error ends the process:
 * MuJoCo's state is undefined from there on, and an exception thrown through its frames would kill the VM without a word.
 */
final class MujocoHandlers {
    private static volatile String lastWarning = "";

    private MujocoHandlers() {}

    /** Puts both handlers into the library's two exported function pointers, for the life of the process. */
    static void install(SymbolLookup symbols) {
        set(symbols, "mju_user_warning", "warning");
        set(symbols, "mju_user_error", "fatal");
    }

    private static void set(SymbolLookup symbols, String pointer, String method) {
        try {
            var handle = MethodHandles.lookup()
                    .findStatic(MujocoHandlers.class, method, MethodType.methodType(void.class, MemorySegment.class));
            MemorySegment stub = Linker.nativeLinker()
                    .upcallStub(handle, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS), Arena.global());
            symbols.findOrThrow(pointer)
                    .reinterpret(ValueLayout.ADDRESS.byteSize())
                    .set(ValueLayout.ADDRESS, 0, stub);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** MuJoCo's words for the last warning of any thread; empty if there was none. */
    static String lastWarning() {
        return lastWarning;
    }

    private static void warning(MemorySegment message) {
        try {
            lastWarning = text(message);
        } catch (Throwable e) {
            lastWarning = "";
        }
    }

    private static void fatal(MemorySegment message) {
        try {
            System.out.flush();
            System.err.println("tactus: MuJoCo reports a fatal error and cannot go on: " + text(message));
            System.err.println("tactus: the process ends here (exit code 1). What was written before is kept.");
            System.err.flush();
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    private static String text(MemorySegment message) {
        return message.reinterpret(Long.MAX_VALUE).getString(0).strip();
    }
}
