package dev.tactus.control.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.Intervention;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million adversarial commands over three robots; ten million by {@code ./tactus bench safety}. */
class SafetyTrialTest {
    private static final long COMMANDS = 333_334;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2"})
    void noIssuedStateIsOutsideTheViableSet(String name) {
        RobotConfig robot = RobotCatalogue.load(name);
        SafetyTrial.Result result = new SafetyTrial(robot, UrdfReader.read(robot.urdf())).run(20261125, COMMANDS);
        assertEquals(List.of(), result.faults());
        assertEquals(0, result.violations());
        assertEquals(AdversarialCommands.Kind.values().length, result.byKind().size());
        assertTrue(result.interventions().getOrDefault(Intervention.NON_FINITE, 0L) > 0);
        assertTrue(result.interventions().getOrDefault(Intervention.VELOCITY, 0L) > 0);
    }
}
