package dev.tactus.sim.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.policies.config.TactusHome;
import dev.tactus.sim.mujoco.MujocoModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchPhysicsCommandTest {
    @TempDir
    Path folder;

    @Test
    void theSameStepsInCEndInTheSameBits() throws Exception {
        Path source = TactusHome.path().resolve("sim-bridge/tools/physics_peer.c");
        try (MujocoModel model = MujocoModel.load(arm());
                PhysicsLoop loop = new PhysicsLoop(model)) {
            Optional<PhysicsPeer> found = PhysicsPeer.start(source, model, loop.keyframe());
            assumeTrue(found.isPresent(), "no C compiler is installed");
            try (PhysicsPeer peer = found.get()) {
                for (int run = 0; run < 2; run++) {
                    assertArrayEquals(peer.run(1000).state(), loop.run(1000).state());
                }
            }
        }
    }

    @Test
    void reportsTheFiguresInWordsAndAsJson() throws Exception {
        Path json = folder.resolve("p.json");
        StringWriter out = new StringWriter();
        int code = new CommandLine(new BenchPhysicsCommand())
                .setOut(new PrintWriter(out))
                .execute("--model", arm().toString(), "--runs", "1", "--json", json.toString());
        assertEquals(0, code, out.toString());
        assertTrue(out.toString().contains("ns/step"), out.toString());
        String report = Files.readString(json);
        for (String key : new String[] {"model", "steps", "runs", "java_ns_per_step", "heap_bytes_per_step"}) {
            assertTrue(report.contains('"' + key + '"'), report);
        }
        assertTrue(report.contains("\"heap_bytes_per_step\" : 0.0"), report);
    }

    private static Path arm() throws Exception {
        return Path.of(MujocoModel.class.getResource("arm.xml").toURI());
    }
}
