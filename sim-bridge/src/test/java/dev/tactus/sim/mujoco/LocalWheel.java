package dev.tactus.sim.mujoco;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder with one small wheel that pip takes for MuJoCo's, so that fetching is tested without a network. */
final class LocalWheel {
    final MujocoWheel wheel;
    private final Path folder;

    LocalWheel(Path folder) throws Exception {
        this.folder = folder;
        byte[] library = "not a library ".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("mujoco-" + MujocoLibrary.VERSION + "-cp311-cp311-manylinux_2_28_x86_64.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            String info = "mujoco-" + MujocoLibrary.VERSION + ".dist-info/";
            add(zip, MujocoWheel.ENTRY, library);
            add(zip, info + "METADATA", text("Metadata-Version: 2.1\nName: mujoco\nVersion: " + MujocoLibrary.VERSION));
            add(zip, info + "WHEEL", text("Wheel-Version: 1.0\nTag: cp311-cp311-manylinux_2_28_x86_64"));
            add(zip, info + "RECORD", text(""));
        }
        byte[] archive = Files.readAllBytes(file);
        wheel = new MujocoWheel(
                "manylinux_2_28_x86_64", archive.length, sha256(archive), library.length, sha256(library));
    }

    /** pip's options that make it look here and nowhere else. */
    List<String> pipOptions() {
        return List.of("--no-index", "--find-links", folder.toString());
    }

    /** The same wheel with another checksum pinned. */
    MujocoWheel withSums(String wheelSha256, String librarySha256) {
        return new MujocoWheel(wheel.platform(), wheel.wheelBytes(), wheelSha256, wheel.libraryBytes(), librarySha256);
    }

    static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] text(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
