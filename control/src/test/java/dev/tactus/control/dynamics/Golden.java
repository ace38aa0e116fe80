package dev.tactus.control.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.policies.config.TactusHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Pinocchio computed for a robot at random states: the files that {@code control/bench/pinocchio_golden.py} writes. */
record Golden(KinematicTree tree, MultibodyModel model, int frame, List<JsonNode> states) {
    static final double TOLERANCE = 1e-9;

    static Golden read(String robot) {
        String file = "pinocchio_" + robot + ".json";
        try (InputStream in = Golden.class.getResourceAsStream(file)) {
            JsonNode content = new JsonMapper().readTree(in);
            KinematicTree tree = UrdfReader.read(
                    TactusHome.path().resolve(content.get("urdf").asString()));
            List<String> joints = new ArrayList<>();
            content.get("joints").forEach(joint -> joints.add(joint.asString()));
            MultibodyModel model = content.get("floating").asBoolean()
                    ? MultibodyModel.floating(tree, joints)
                    : MultibodyModel.fixed(tree, joints);
            List<JsonNode> states = new ArrayList<>();
            content.get("states").forEach(states::add);
            return new Golden(tree, model, model.frame(content.get("frame").asString()), states);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    static double[] array(JsonNode state, String key) {
        JsonNode values = state.get(key);
        double[] out = new double[values.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = values.get(i).asDouble();
        }
        return out;
    }

    /** Equal to {@link #TOLERANCE} of the largest element, at least of one. */
    static void assertClose(double[] expected, double[] actual, String what) {
        assertClose(expected, actual, TOLERANCE, what);
    }

    static void assertClose(double[] expected, double[] actual, double tolerance, String what) {
        assertEquals(expected.length, actual.length, what);
        double scale = 1;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance * scale, what + " [" + i + "]");
        }
    }
}
