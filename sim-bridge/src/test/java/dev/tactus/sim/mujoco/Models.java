package dev.tactus.sim.mujoco;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The models of these tests. */
final class Models {
    private Models() {}

    static Path file(String name) {
        try {
            return Path.of(Models.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static MujocoModel arm() {
        return MujocoModel.load(file("arm.xml"));
    }
}
