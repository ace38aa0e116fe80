package dev.tactus.sim.mujoco;

import dev.tactus.policies.command.MissingPartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Fetches MuJoCo's library into the user's cache: the official wheel through pip, with pip's hash check, and the checksum
 * of the library itself. The file appears whole or not at all (written beside its place, synced, renamed). Of several
 * processes at once one fetches and the others wait for it.
 */
final class MujocoDownload {
    /** Locks of files exclude other processes, not other threads of this one. */
    private static final Object ONE_IN_THIS_PROCESS = new Object();

    private static final String WORK = "fetch-";

    private final Path target;
    private final MujocoWheel wheel;
    private final String python;
    private final List<String> pipOptions;
    private final PrintStream progress;

    /**
     * Prepares a download.
     *
     * @param target where the library goes
     * @param wheel what to fetch
     * @param python the Python interpreter's name or path
     * @param pipOptions further options for {@code pip download}, for example a local folder of wheels
     * @param progress where the progress line goes
     */
    MujocoDownload(Path target, MujocoWheel wheel, String python, List<String> pipOptions, PrintStream progress) {
        this.target = target;
        this.wheel = wheel;
        this.python = python;
        this.pipOptions = List.copyOf(pipOptions);
        this.progress = progress;
    }

    /** The download of the wheel that fits this machine, from pip's configured index. */
    static MujocoDownload official(Path target) {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        MujocoWheel wheel = MujocoWheel.forMachine(system, processor)
                .orElseThrow(() -> new MissingPartException("MuJoCo " + MujocoLibrary.VERSION
                        + " is fetched for Linux on"
                        + " x86-64 and aarch64; this machine is " + system + " on " + processor + ". Set "
                        + MujocoLocation.VARIABLE + " to a libmujoco " + MujocoLibrary.VERSION + " of your own."));
        return new MujocoDownload(target, wheel, "python3", List.of(), System.err);
    }

    /** How much there is to fetch, in millions of bytes. */
    long megabytes() {
        return wheel.megabytes();
    }

    /** Whether Python and its pip are there. */
    boolean canFetch() {
        try {
            Process pip = new ProcessBuilder(python, "-m", "pip", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return waitFor(pip) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Fetches unless another process just did. */
    void fetch() {
        Path folder = target.getParent();
        synchronized (ONE_IN_THIS_PROCESS) {
            try {
                Files.createDirectories(folder);
                try (FileChannel lock = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var held = lock.lock()) {
                    if (!isThere()) {
                        fetchInto(folder);
                    }
                }
            } catch (IOException e) {
                throw new MissingPartException(
                        "MuJoCo's library cannot be put into " + folder + " (" + e + "). Make that folder writable, set"
                                + " XDG_CACHE_HOME to one that is, or set " + MujocoLocation.VARIABLE
                                + " to a libmujoco.so." + MujocoLibrary.VERSION + ".",
                        e);
            }
        }
    }

    private boolean isThere() throws IOException {
        return Files.isRegularFile(target) && Files.size(target) == wheel.libraryBytes();
    }

    private void fetchInto(Path folder) throws IOException {
        progress.println("fetching MuJoCo " + MujocoLibrary.VERSION + " (" + wheel.megabytes() + " MB), once ...");
        removeLeftovers(folder);
        Path work = Files.createTempDirectory(folder, WORK);
        try {
            runPip(work);
            extract(downloaded(work), work.resolve(MujocoWheel.LIBRARY));
            Files.move(work.resolve(MujocoWheel.LIBRARY), target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            removeAll(work);
        }
        progress.println("MuJoCo is in " + target);
    }

    private void runPip(Path work) throws IOException {
        Path requirements = work.resolve("requirements.txt");
        Files.writeString(
                requirements, "mujoco==" + MujocoLibrary.VERSION + " --hash=sha256:" + wheel.wheelSha256() + "\n");
        List<String> command = new ArrayList<>(List.of(
                python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"));
        command.addAll(List.of("--only-binary=:all:", "--python-version", "311", "--implementation", "cp"));
        command.addAll(List.of("--abi", "cp311", "--platform", wheel.platform(), "--require-hashes"));
        command.addAll(List.of("--requirement", requirements.toString(), "--dest", work.toString()));
        command.addAll(pipOptions);
        Path log = work.resolve("pip.log");
        int code;
        try {
            Process pip = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            pip.getOutputStream().close();
            code = waitFor(pip);
        } catch (IOException e) {
            throw new MissingPartException(
                    "MuJoCo's library is fetched with Python's pip, and there is no " + python + " here. " + remedy(),
                    e);
        }
        if (code != 0) {
            String said = Files.readString(log).strip();
            throw new MissingPartException(
                    said.contains("No module named pip")
                            ? "MuJoCo's library is fetched with pip, and " + python + " has none. " + remedy()
                            : "pip could not fetch MuJoCo " + MujocoLibrary.VERSION + " (exit code " + code
                                    + "). It said:\n"
                                    + said + "\nCheck the network, or set " + MujocoLocation.VARIABLE
                                    + " to a libmujoco.so." + MujocoLibrary.VERSION + ".");
        }
    }

    private static int waitFor(Process pip) {
        try {
            return pip.waitFor();
        } catch (InterruptedException e) {
            pip.destroy();
            Thread.currentThread().interrupt();
            throw new MissingPartException("Interrupted while fetching MuJoCo's library; run the command again.", e);
        }
    }

    static String remedy() {
        return "Install Python with pip (Debian, Ubuntu: apt-get install python3-pip), or set "
                + MujocoLocation.VARIABLE + " to a libmujoco.so." + MujocoLibrary.VERSION + ".";
    }

    private static Path downloaded(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new MissingPartException("pip fetched no wheel of MuJoCo. Set "
                            + MujocoLocation.VARIABLE + " to a libmujoco.so." + MujocoLibrary.VERSION + "."));
        }
    }

    /** Takes the library out of the wheel, checks it, and leaves it on the disk and not in the disk's cache. */
    private void extract(Path archive, Path library) throws IOException {
        MessageDigest digest = sha256();
        try (ZipFile zip = new ZipFile(archive.toFile());
                FileChannel channel =
                        FileChannel.open(library, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ZipEntry entry = zip.getEntry(MujocoWheel.ENTRY);
            if (entry == null) {
                throw new MissingPartException(
                        "The wheel " + archive.getFileName() + " has no " + MujocoWheel.ENTRY + ".");
            }
            OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            try (InputStream in = zip.getInputStream(entry)) {
                in.transferTo(out);
            }
            channel.force(true);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(wheel.librarySha256())) {
            throw new MissingPartException("The MuJoCo library that pip fetched has the SHA-256 sum " + found
                    + "; expected " + wheel.librarySha256() + ". It was not kept. Look at pip's index configuration.");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a killed process left: nobody else works here while the lock is held. */
    private static void removeLeftovers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(WORK)) {
                    removeAll(file);
                }
            }
        }
    }

    private static void removeAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.delete(folder);
    }
}
