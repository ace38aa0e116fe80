package dev.tactus.sim.mujoco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.policies.command.MissingPartException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MujocoDownloadTest {
    @TempDir
    Path wheels;

    @TempDir
    Path cache;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private LocalWheel local;
    private Path target;

    @BeforeEach
    void makeWheel() throws Exception {
        local = new LocalWheel(wheels);
        target = cache.resolve("mujoco").resolve(MujocoWheel.LIBRARY);
    }

    @Test
    void fetchesOnceIntoAnEmptyCache() throws Exception {
        assumePip();
        download(local.wheel, "python3").fetch();
        assertWhole();
        assertTrue(said.toString().startsWith("fetching MuJoCo 3.14.0 ("), said.toString());
        said.reset();
        download(local.wheel, "python3").fetch();
        assertEquals("", said.toString());
    }

    @Test
    void aDamagedLibraryIsFetchedAnewAndLeftoversGo() throws Exception {
        assumePip();
        Files.createDirectories(target.getParent().resolve("fetch-killed"));
        Files.writeString(target.getParent().resolve("fetch-killed").resolve("half.whl"), "half");
        Files.writeString(target, "half a library");
        download(local.wheel, "python3").fetch();
        assertWhole();
    }

    @Test
    void processesAtOnceLeaveOneWholeLibraryAndFetchOnce() throws Exception {
        assumePip();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path own = Files.createDirectory(wheels.resolve("wheel" + i));
            processes.add(ChildJvm.start(FetchInChild.class, Map.of(), own.toString(), target.toString()));
        }
        int fetches = 0;
        for (Process process : processes) {
            String output = ChildJvm.output(process);
            assertEquals(0, process.waitFor(), output);
            fetches += output.contains("fetching") ? 1 : 0;
        }
        assertEquals(1, fetches);
        assertWhole();
    }

    @Test
    void threadsAtOnceLeaveOneWholeLibraryAndFetchOnce() throws Exception {
        assumePip();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.startVirtualThread(
                    () -> download(local.wheel, "python3").fetch()));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(2, said.toString().lines().count(), said.toString());
        assertWhole();
    }

    @Test
    void aWheelWithAnotherSumIsRefused() {
        assumePip();
        MujocoWheel pinned = local.withSums("0".repeat(64), local.wheel.librarySha256());
        MissingPartException e = assertThrows(
                MissingPartException.class, () -> download(pinned, "python3").fetch());
        assertTrue(e.getMessage().contains("0".repeat(64)), e.getMessage());
        assertFalse(Files.exists(target));
    }

    @Test
    void aLibraryWithAnotherSumIsRefused() throws Exception {
        assumePip();
        MujocoWheel pinned = local.withSums(local.wheel.wheelSha256(), "0".repeat(64));
        MissingPartException e = assertThrows(
                MissingPartException.class, () -> download(pinned, "python3").fetch());
        assertTrue(e.getMessage().contains(local.wheel.librarySha256()), e.getMessage());
        assertEquals(Set.of("lock"), namesIn(target.getParent()));
    }

    @Test
    void withoutPythonOrPipTheMessageSaysWhatToInstall() throws Exception {
        Path withoutPip =
                Files.writeString(wheels.resolve("python"), "#!/bin/sh\necho \"$0: No module named pip\"\nexit 1\n");
        assertTrue(withoutPip.toFile().setExecutable(true));
        for (String python : List.of("no-such-python", withoutPip.toString())) {
            MujocoDownload download = download(local.wheel, python);
            assertFalse(download.canFetch());
            MissingPartException e = assertThrows(MissingPartException.class, download::fetch);
            assertTrue(e.getMessage().contains("apt-get install python3-pip"), e.getMessage());
            assertTrue(e.getMessage().contains("TACTUS_MUJOCO_LIB"), e.getMessage());
        }
    }

    private MujocoDownload download(MujocoWheel wheel, String python) {
        return new MujocoDownload(target, wheel, python, local.pipOptions(), new PrintStream(said, true));
    }

    private void assumePip() {
        assumeTrue(download(local.wheel, "python3").canFetch(), "python3 with pip is not installed");
    }

    private void assertWhole() throws Exception {
        assertEquals(local.wheel.librarySha256(), LocalWheel.sha256(Files.readAllBytes(target)));
        assertEquals(Set.of("lock", MujocoWheel.LIBRARY), namesIn(target.getParent()));
    }

    private static Set<String> namesIn(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
