package dev.tactus.training.nn;

import dev.tactus.policies.command.MissingPartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch with Intel MKL behind its matrix products, once a process.
 *
 * <p>MKL matters: with OpenBLAS, whose threads fight libtorch's own, a training step on two threads is ten times slower.
 * The binding chooses its BLAS when its first class loads, so {@link #load} sets the properties and is called before any
 * class of libtorch is touched.
 */
public final class Torch {
    private static boolean loaded;

    private Torch() {}

    /**
     * Loads the library, if it is not loaded yet, and sets its threads. The thread count is part of a run's numbers:
     * another count adds floats in another order.
     *
     * @param threads threads of one operation, at least 1
     * @throws MissingPartException if the library does not load on this machine
     */
    public static synchronized void load(int threads) {
        if (!loaded) {
            choose("org.bytedeco.openblas.load", "mkl_rt");
            // The limits of the binding would count the Java heap as native memory; tensors are freed by scope.
            choose("org.bytedeco.javacpp.maxbytes", "0");
            choose("org.bytedeco.javacpp.maxphysicalbytes", "0");
        }
        try {
            mkl_rt.MKL_Set_Num_Threads(threads);
            torch.set_num_threads(threads);
        } catch (LinkageError e) {
            throw new MissingPartException(
                    "libtorch does not load (" + e.getMessage()
                            + "). It comes with the build for Linux x86-64 with glibc"
                            + " 2.28 or newer and is unpacked to ~/.javacpp (about 600 MB); check free space there, or"
                            + " name another folder with -Dorg.bytedeco.javacpp.cachedir=DIR.",
                    e);
        }
        loaded = true;
    }

    /**
     * The version of libtorch.
     *
     * @return its version and that of its Java binding, for example {@code 2.10.0-1.5.13}
     */
    public static String version() {
        load(1);
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The version line of MKL.
     *
     * @return MKL's own text
     */
    public static String mklVersion() {
        load(1);
        byte[] text = new byte[256];
        mkl_rt.MKL_Get_Version_String(text, text.length);
        return new String(text, StandardCharsets.US_ASCII).replace('\0', ' ').trim();
    }

    private static void choose(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
