package dev.tactus.sim.mujoco;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * The loaded MuJoCo library, one per process. It is the file that {@code TACTUS_MUJOCO_LIB} names, else the one in the
 * user's cache, else fetched once into that cache ({@link MujocoDownload}). Its version must be {@link #VERSION}: the
 * layout of MuJoCo's structures changes between versions. Safe from any thread.
 */
public final class MujocoLibrary {
    /** The version that this program is written for. */
    public static final String VERSION = "3.14.0";

    private static MujocoLibrary loaded;

    private final Path file;
    private final SymbolLookup symbols;

    private MujocoLibrary(Path file, SymbolLookup symbols) {
        this.file = file;
        this.symbols = symbols;
    }

    /**
     * Loads the library, once per process; fetches it if this machine has none (with a line on standard error).
     *
     * @return the library
     * @throws BadInputException if {@code TACTUS_MUJOCO_LIB} names no file, no library, or another version
     * @throws MissingPartException if the library cannot be fetched, with what to install
     */
    public static synchronized MujocoLibrary load() {
        if (loaded == null) {
            MujocoLocation location = MujocoLocation.find(System.getenv());
            if (location.source() == MujocoLocation.Source.NOT_FETCHED) {
                MujocoDownload.official(location.file()).fetch();
            }
            check(location.file());
            SymbolLookup symbols = SymbolLookup.libraryLookup(location.file(), Arena.global());
            MujocoHandlers.install(symbols);
            loaded = new MujocoLibrary(location.file(), symbols);
        }
        return loaded;
    }

    /**
     * Refuses a file that is no MuJoCo library or one of another version. The library is opened and closed again.
     *
     * @param file the library's file
     */
    static void check(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            int found = version(file, arena);
            if (found != MujocoLayout.VERSION) {
                throw new BadInputException("The MuJoCo library " + file + " is version " + readable(found)
                        + "; Tactus needs " + VERSION + ". Unset " + MujocoLocation.VARIABLE
                        + " to have the right one fetched, or name a libmujoco.so." + VERSION + " in it.");
            }
        }
    }

    private static int version(Path file, Arena arena) {
        try {
            var symbol = SymbolLookup.libraryLookup(file, arena).find("mj_version");
            if (symbol.isEmpty()) {
                throw new BadInputException(
                        "The library " + file + " has no function mj_version: it is not MuJoCo. Name a"
                                + " libmujoco.so." + VERSION + " in " + MujocoLocation.VARIABLE + ", or unset it.");
            }
            return (int) Linker.nativeLinker()
                    .downcallHandle(symbol.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeExact();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    "The file " + file + " cannot be loaded as a library on this machine. Name a libmujoco.so."
                            + VERSION + " built for it in " + MujocoLocation.VARIABLE + ", or unset it.",
                    e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** 3014000 is 3.14.0. MuJoCo's versions before 3.5 counted otherwise (337 was 3.3.7): shown as they are. */
    private static String readable(int version) {
        return version < 1_000_000
                ? "number " + version
                : version / 1_000_000 + "." + version / 1000 % 1000 + "." + version % 1000;
    }

    /**
     * Where the library was loaded from.
     *
     * @return its file
     */
    public Path file() {
        return file;
    }

    /**
     * Where {@code mjData} keeps the pointer to its controls: for another program that steps the same library.
     *
     * @return bytes from the start of {@code mjData}
     */
    public static long ctrlOffset() {
        return DataArray.CTRL.field.pointerOffset();
    }

    /**
     * The signature of the state that a {@link MujocoSnapshot} holds.
     *
     * @return MuJoCo's {@code mjSTATE_INTEGRATION}
     */
    public static int integrationState() {
        return MujocoLayout.STATE_INTEGRATION;
    }

    SymbolLookup symbols() {
        return symbols;
    }
}
