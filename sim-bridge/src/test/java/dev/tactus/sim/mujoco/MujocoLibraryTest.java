package dev.tactus.sim.mujoco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.DoctorCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MujocoLibraryTest {
    @TempDir
    Path folder;

    @Test
    void anotherVersionIsRefusedWithBothVersions() throws Exception {
        assertRefused(compile("int mj_version(void) { return 3013001; }"), "3.13.1", "3.14.0", "TACTUS_MUJOCO_LIB");
        assertRefused(compile("int mj_version(void) { return 337; }"), "number 337", "3.14.0", "TACTUS_MUJOCO_LIB");
    }

    @Test
    void aLibraryThatIsNotMujocoIsRefused() throws Exception {
        assertRefused(compile("int other(void) { return 1; }"), "mj_version", "TACTUS_MUJOCO_LIB");
    }

    @Test
    void aFileThatIsNoLibraryIsRefused() throws Exception {
        assertRefused(Files.writeString(folder.resolve("libmujoco.so"), "text"), "libmujoco.so", "TACTUS_MUJOCO_LIB");
    }

    @Test
    void theLoadedLibraryIsTheOneThatWasFound() {
        assertTrue(Files.isRegularFile(MujocoLibrary.load().file()));
        assertEquals(
                MujocoLocation.find(System.getenv()).file(),
                MujocoLibrary.load().file());
    }

    @Test
    void theVariableComesBeforeTheCache() throws Exception {
        Path own = Files.writeString(folder.resolve("own.so"), "library");
        Map<String, String> environment =
                Map.of("TACTUS_MUJOCO_LIB", own.toString(), "XDG_CACHE_HOME", folder.toString());
        assertEquals(new MujocoLocation(own, MujocoLocation.Source.ENVIRONMENT), MujocoLocation.find(environment));
        BadInputException e = assertThrows(
                BadInputException.class, () -> MujocoLocation.find(Map.of("TACTUS_MUJOCO_LIB", folder + "/absent.so")));
        assertTrue(e.getMessage().contains("absent.so"), e.getMessage());
    }

    @Test
    void theCacheIsTheUsersAndAnEmptyOneIsNotFetchedYet() {
        assertEquals(
                new MujocoLocation(
                        folder.resolve("tactus/mujoco-3.14.0/libmujoco.so.3.14.0"), MujocoLocation.Source.NOT_FETCHED),
                MujocoLocation.find(Map.of("XDG_CACHE_HOME", folder.toString())));
        assertEquals(
                folder.resolve(".cache/tactus/mujoco-3.14.0/libmujoco.so.3.14.0"),
                MujocoLocation.find(Map.of("HOME", folder.toString(), "XDG_CACHE_HOME", "relative"))
                        .file());
    }

    @Test
    void onlyMachinesWithAPinnedWheelFetch() {
        assertEquals(
                "manylinux_2_28_x86_64",
                MujocoWheel.forMachine("Linux", "amd64").orElseThrow().platform());
        assertEquals(
                "manylinux_2_28_aarch64",
                MujocoWheel.forMachine("Linux", "aarch64").orElseThrow().platform());
        assertEquals(Optional.empty(), MujocoWheel.forMachine("Mac OS X", "aarch64"));
        assertEquals(Optional.empty(), MujocoWheel.forMachine("Linux", "riscv64"));
    }

    @Test
    void theDoctorFindsTheLibraryThatTheseTestsUse() {
        MujocoLibrary.load();
        DoctorCheck.Finding finding = new MujocoCheck().look();
        assertEquals(DoctorCheck.State.PRESENT, finding.state());
        assertTrue(finding.detail().startsWith("3.14.0, "), finding.detail());
    }

    @Test
    void aFatalErrorEndsTheProcessWithMujocosWords() throws Exception {
        Process child = ChildJvm.start(
                FatalErrorInChild.class, Map.of(), Models.file("arm.xml").toString());
        String output = ChildJvm.output(child);
        assertEquals(1, child.waitFor(), output);
        assertTrue(output.contains("before the error"), output);
        assertTrue(output.contains("MuJoCo reports a fatal error"), output);
        assertTrue(output.contains("mj_stateSize"), output);
        assertFalse(output.contains("not reached"), output);
    }

    private static void assertRefused(Path library, String... parts) {
        BadInputException e = assertThrows(BadInputException.class, () -> MujocoLibrary.check(library));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    private Path compile(String source) throws IOException {
        Path code = Files.writeString(Files.createTempFile(folder, "library", ".c"), source);
        Path library = Path.of(code + ".so");
        Process gcc;
        try {
            gcc = new ProcessBuilder("gcc", "-shared", "-fPIC", "-o", library.toString(), code.toString())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "gcc is not installed");
            throw e;
        }
        assertEquals(0, gcc.onExit().join().exitValue());
        return library;
    }
}
