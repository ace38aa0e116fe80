package dev.tactus.sim.mujoco;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * MuJoCo's functions. Initialised after {@link MujocoLibrary#load} only. A model travels as its address (it cannot be
 * freed while data of it live), data travel as their segment: the call then holds their life open, so that closing them
 * in another thread fails instead of pulling memory away from under a step.
 */
final class MujocoFunctions {
    private static final SymbolLookup SYMBOLS = MujocoLibrary.load().symbols();

    private static final MethodHandle STEP = action("mj_step");
    private static final MethodHandle STEP1 = action("mj_step1");
    private static final MethodHandle STEP2 = action("mj_step2");
    private static final MethodHandle FORWARD = action("mj_forward");
    private static final MethodHandle INVERSE = action("mj_inverse");
    private static final MethodHandle KINEMATICS = action("mj_kinematics");
    private static final MethodHandle RESET = action("mj_resetData");
    private static final MethodHandle RESET_KEYFRAME =
            handle("mj_resetDataKeyframe", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, JAVA_INT));
    private static final MethodHandle FULL_M =
            handle("mj_fullM", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle CONTACT_FORCE =
            handle("mj_contactForce", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle JAC_SITE = jacobian("mj_jacSite");
    private static final MethodHandle JAC_BODY = jacobian("mj_jacBody");
    private static final MethodHandle STATE_SIZE =
            handle("mj_stateSize", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GET_STATE = state("mj_getState");
    private static final MethodHandle SET_STATE = state("mj_setState");
    private static final MethodHandle LOAD_XML =
            handle("mj_loadXML", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle MAKE_DATA = handle("mj_makeData", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle DELETE_DATA = handle("mj_deleteData", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle DELETE_MODEL = handle("mj_deleteModel", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle TOTAL_MASS =
            handle("mj_getTotalmass", FunctionDescriptor.of(JAVA_DOUBLE, JAVA_LONG));
    private static final MethodHandle NAME_TO_ID =
            handle("mj_name2id", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final MethodHandle ID_TO_NAME =
            handle("mj_id2name", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));

    private MujocoFunctions() {}

    static void step(long model, MemorySegment data) {
        try {
            STEP.invokeExact(model, data);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void step1(long model, MemorySegment data) {
        try {
            STEP1.invokeExact(model, data);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void step2(long model, MemorySegment data) {
        try {
            STEP2.invokeExact(model, data);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void forward(long model, MemorySegment data) {
        try {
            FORWARD.invokeExact(model, data);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void inverse(long model, MemorySegment data) {
        try {
            INVERSE.invokeExact(model, data);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void kinematics(long model, MemorySegment data) {
        try {
            KINEMATICS.invokeExact(model, data);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void reset(long model, MemorySegment data) {
        try {
            RESET.invokeExact(model, data);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void resetKeyframe(long model, MemorySegment data, int key) {
        try {
            RESET_KEYFRAME.invokeExact(model, data, key);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void fullM(long model, MemorySegment data, MemorySegment out) {
        try {
            FULL_M.invokeExact(model, data, out);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void contactForce(long model, MemorySegment data, int contact, MemorySegment out) {
        try {
            CONTACT_FORCE.invokeExact(model, data, contact, out);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void jacSite(long model, MemorySegment data, MemorySegment linear, MemorySegment angular, int site) {
        try {
            JAC_SITE.invokeExact(model, data, linear, angular, site);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void jacBody(long model, MemorySegment data, MemorySegment linear, MemorySegment angular, int body) {
        try {
            JAC_BODY.invokeExact(model, data, linear, angular, body);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int stateSize(long model, int signature) {
        try {
            return (int) STATE_SIZE.invokeExact(model, signature);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void getState(long model, MemorySegment data, MemorySegment state, int signature) {
        try {
            GET_STATE.invokeExact(model, data, state, signature);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void setState(long model, MemorySegment data, MemorySegment state, int signature) {
        try {
            SET_STATE.invokeExact(model, data, state, signature);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long loadXml(MemorySegment file, MemorySegment error) {
        try {
            return (long) LOAD_XML.invokeExact(file, MemorySegment.NULL, error, (int) error.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long makeData(long model) {
        try {
            return (long) MAKE_DATA.invokeExact(model);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void deleteData(long data) {
        try {
            DELETE_DATA.invokeExact(data);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void deleteModel(long model) {
        try {
            DELETE_MODEL.invokeExact(model);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static double totalMass(long model) {
        try {
            return (double) TOTAL_MASS.invokeExact(model);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int nameToId(long model, int type, MemorySegment name) {
        try {
            return (int) NAME_TO_ID.invokeExact(model, type, name);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The address of the name, or 0. */
    static long idToName(long model, int type, int id) {
        try {
            return (long) ID_TO_NAME.invokeExact(model, type, id);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MethodHandle action(String name) {
        return handle(name, FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));
    }

    private static MethodHandle jacobian(String name) {
        return handle(name, FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    }

    private static MethodHandle state(String name) {
        return handle(name, FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT));
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(SYMBOLS.findOrThrow(name), descriptor);
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
