package dev.tactus.sim.mujoco;

import java.util.Optional;

/**
 * The official Python wheel of MuJoCo for one kind of machine: the archive that the library is taken from. Always the
 * wheel of CPython 3.11, whatever Python fetches it: the library inside is the same, and one checksum is pinned.
 *
 * @param platform pip's name of the platform
 * @param wheelBytes length of the wheel
 * @param wheelSha256 checksum of the wheel, lower-case hexadecimal
 * @param libraryBytes length of the library inside
 * @param librarySha256 checksum of the library inside
 */
record MujocoWheel(String platform, long wheelBytes, String wheelSha256, long libraryBytes, String librarySha256) {
    /** The library's file name. */
    static final String LIBRARY = "libmujoco.so." + MujocoLibrary.VERSION;

    /** The library's place inside the wheel. */
    static final String ENTRY = "mujoco/" + LIBRARY;

    private static final MujocoWheel X86_64 = new MujocoWheel(
            "manylinux_2_28_x86_64",
            28_582_397,
            "922983dfdf88d29f4eb0f451a1d18867156d9fc97e3df6e63b9933cc0eba4d38",
            6_261_224,
            "5e7623e30f55bf324d4c9648379ebeba5bcd153ee0304c52eac74bf8d441000b");
    private static final MujocoWheel AARCH64 = new MujocoWheel(
            "manylinux_2_28_aarch64",
            27063763,
            "068080a3c98f7514f1e17a2c414e40cd86f797679b182c21799584ea27300f9a",
            5695552,
            "01c0bbd110819b9b3d2806b72a1ae9afdd57df99c1873a6d2ee936c8e6010f34");

    /** Length of the wheel in millions of bytes. */
    long megabytes() {
        return Math.round(wheelBytes / 1e6);
    }

    /** The wheel for an operating system and a processor as Java names them, if there is a pinned one. */
    static Optional<MujocoWheel> forMachine(String system, String processor) {
        if (!system.equals("Linux")) {
            return Optional.empty();
        }
        return switch (processor) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
