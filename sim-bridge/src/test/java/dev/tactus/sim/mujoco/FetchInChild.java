package dev.tactus.sim.mujoco;

import java.nio.file.Path;

/** One of several processes that want the library at once: folder of the wheel, target. */
final class FetchInChild {
    private FetchInChild() {}

    public static void main(String[] arguments) throws Exception {
        LocalWheel local = new LocalWheel(Path.of(arguments[0]));
        new MujocoDownload(Path.of(arguments[1]), local.wheel, "python3", local.pipOptions(), System.out).fetch();
    }
}
