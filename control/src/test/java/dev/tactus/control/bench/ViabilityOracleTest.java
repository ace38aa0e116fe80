package dev.tactus.control.bench;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge condemns what it must; otherwise its acquittals would be worth nothing. */
class ViabilityOracleTest {
    private static final double DT = 1e-3;

    private final RobotConfig robot = RobotCatalogue.load("franka_fr3");
    private final ViabilityOracle oracle = new ViabilityOracle(robot, UrdfReader.read(robot.urdf()), true);
    private final JointReference before = new JointReference(7);
    private final JointReference issued = new JointReference(7);

    @BeforeEach
    void restAtHome() {
        System.arraycopy(robot.home(), 0, before.position(), 0, 7);
        System.arraycopy(robot.home(), 0, issued.position(), 0, 7);
    }

    private void assertCondemned(String verdict, String words) {
        assertTrue(verdict != null && verdict.contains(words), "said: " + verdict);
    }

    @Test
    void restIsAllowed() {
        assertNull(oracle.judge(before, issued, DT));
        assertNull(oracle.judgeStop(issued));
    }

    @Test
    void aPositionBeyondItsLimit() {
        issued.position()[0] = 2.8;
        assertCondemned(oracle.judge(before, issued, DT), "fr3_joint1: position");
    }

    @Test
    void aVelocityBeyondTheEnvelope() {
        issued.position()[0] = 2.6;
        issued.velocity()[0] = 2.0;
        assertCondemned(oracle.judge(before, issued, DT), "fr3_joint1: velocity");
    }

    @Test
    void anAccelerationOrItsChangeBeyondTheirBounds() {
        issued.acceleration()[2] = 11;
        assertCondemned(oracle.judge(before, issued, DT), "acceleration 11");
        issued.acceleration()[2] = 9;
        assertCondemned(oracle.judge(before, issued, DT), "acceleration changes");
    }

    @Test
    void aPositionThatItsVelocityDoesNotExplain() {
        issued.position()[4] += 1e-3;
        assertCondemned(oracle.judge(before, issued, DT), "do not belong together");
    }

    @Test
    void aTorqueBeyondItsLimit() {
        double[] stretched = {0, 1.5, 0, -0.2, 0, 1.7, 0};
        for (int joint = 0; joint < 7; joint++) {
            before.position()[joint] = stretched[joint];
            issued.position()[joint] = stretched[joint];
        }
        before.acceleration()[1] = -10;
        issued.acceleration()[1] = -10;
        issued.velocity()[1] = -0.01;
        issued.position()[1] = 1.5 - 5e-6;
        before.acceleration()[3] = 10;
        issued.acceleration()[3] = 10;
        issued.velocity()[3] = 0.01;
        issued.position()[3] = -0.2 + 5e-6;
        assertCondemned(oracle.judge(before, issued, DT), "torque");
    }

    @Test
    void aStopThatEndsBeyondALimit() {
        issued.position()[1] = 1.5;
        issued.velocity()[1] = 1.5;
        assertCondemned(oracle.judgeStop(issued), "in the stop after");
    }

    @Test
    void aStopThatEndsInTheRobotItself() {
        double[] folded = {0, 1.7, 0, -3.0, 0, 0.6, 0};
        System.arraycopy(folded, 0, issued.position(), 0, 7);
        assertCondemned(oracle.judgeStop(issued), "in the stop after 0.0 s");
    }
}
