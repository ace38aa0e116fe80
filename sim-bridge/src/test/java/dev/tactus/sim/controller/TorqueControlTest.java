package dev.tactus.sim.controller;

import static dev.tactus.sim.controller.Fr3World.JOINTS;
import static dev.tactus.sim.controller.Fr3World.ROBOT;
import static dev.tactus.sim.controller.Fr3World.TREE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.controller.CartesianImpedance;
import dev.tactus.control.controller.CartesianReference;
import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.ControllerStatus;
import dev.tactus.control.controller.JointImpedance;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.loop.ControlCycle;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Torque controllers on the FR3 in MuJoCo, which has friction and rotor inertia that the controllers do not know. */
class TorqueControlTest {
    private static final double STIFFNESS = 1000;

    private final Fr3World world = new Fr3World();
    private final CartesianImpedance controller =
            new CartesianImpedance(ROBOT, TREE, new CartesianImpedance.Gains(STIFFNESS, 80, 60, 5, 20, 4));
    private final CartesianReference reference = new CartesianReference(JOINTS);
    private double greatestTorque;

    @AfterEach
    void close() {
        world.close();
    }

    private void step() {
        controller.compute(reference, world.state, world.command.effort());
        for (double torque : world.command.effort()) {
            greatestTorque = Math.max(greatestTorque, Math.abs(torque));
        }
        world.step();
    }

    private void rest(int ms) {
        for (int i = 0; i < ms; i++) {
            step();
        }
    }

    /** Moves the reference by an offset along the minimum-jerk profile, with its velocity and acceleration. */
    private void move(double[] offset, int ms) {
        double[] from = reference.position().clone();
        double t = ms * 1e-3;
        for (int i = 1; i <= ms; i++) {
            double s = (double) i / ms;
            for (int k = 0; k < 3; k++) {
                reference.position()[k] = from[k] + offset[k] * s * s * s * (10 - 15 * s + 6 * s * s);
                reference.velocity()[k] = offset[k] / t * s * s * (30 - 60 * s + 30 * s * s);
                reference.acceleration()[k] = offset[k] / (t * t) * s * (60 - 180 * s + 120 * s * s);
            }
            step();
        }
    }

    @Test
    void theToolReachesPoses() {
        controller.here(world.state, reference);
        double[][] offsets = {{0.1, 0.15, -0.1}, {-0.1, -0.3, 0.05}, {0.05, 0.2, 0.1}};
        for (double[] offset : offsets) {
            move(offset, 1000);
            rest(1500);
            for (int k = 0; k < 3; k++) {
                assertEquals(reference.position()[k], world.tool(k), 5e-4);
            }
        }
    }

    @Test
    void aPushIsAnsweredWithTheDeclaredStiffness() {
        controller.here(world.state, reference);
        double[][] pushes = {{20, 0, 0}, {0, -15, 0}, {0, 0, 25}};
        for (double[] push : pushes) {
            rest(1000);
            world.push(push[0], push[1], push[2]);
            rest(2500);
            for (int k = 0; k < 3; k++) {
                double expected = push[k] / STIFFNESS;
                double deflection = world.tool(k) - reference.position()[k];
                assertEquals(expected, deflection, 0.1 * 0.02, "axis " + k);
                assertTrue(push[k] == 0 || Math.abs(deflection / expected - 1) < 0.1, deflection + " m");
            }
            world.push(0, 0, 0);
        }
    }

    @Test
    void aMotionInTheNullSpaceLeavesTheToolWhereItIs() {
        controller.here(world.state, reference);
        double[] before = world.state.position().clone();
        double[] tool = {world.tool(0), world.tool(1), world.tool(2)};
        double farthest = 0;
        for (int i = 0; i < 4000; i++) {
            reference.posture()[0] = before[0] + 0.6 * Math.min(1, i / 2000.0);
            step();
            double square = 0;
            for (int k = 0; k < 3; k++) {
                square += (world.tool(k) - tool[k]) * (world.tool(k) - tool[k]);
            }
            farthest = Math.max(farthest, Math.sqrt(square));
        }
        double moved = Math.abs(world.state.position()[0] - before[0]);
        assertTrue(moved > 0.15, "joint 1 moved by " + moved + " rad");
        assertTrue(farthest < 1e-3, "the tool moved by " + farthest + " m");
    }

    @Test
    void aStretchedArmStaysCalm() {
        controller.here(world.state, reference);
        move(new double[] {0.36, 0, 0.1}, 3000); // beyond reach, where the elbow is straight
        rest(1500);
        double[] before = world.state.position().clone();
        rest(200);
        for (int joint = 0; joint < JOINTS; joint++) {
            assertEquals(before[joint], world.state.position()[joint], 2e-3, "it stands");
        }
        move(new double[] {-0.36, 0, -0.1}, 3000);
        rest(1500);
        for (int k = 0; k < 3; k++) {
            assertEquals(reference.position()[k], world.tool(k), 1e-3, "and comes back");
        }
        assertTrue(greatestTorque < 60, "greatest torque " + greatestTorque + " Nm");
    }

    @Test
    void feedForwardHalvesTheTrackingErrorOfTheShoulder() {
        double without = trackingError(new JointImpedance(ROBOT.joints()));
        double with = trackingError(JointImpedance.withFeedForward(ROBOT, TREE));
        assertTrue(with < 0.5 * without, with + " rad with feed-forward, " + without + " without");
    }

    /** Root mean square over joints 1 to 4 on a sine of 0.3 rad at 0.5 Hz; those after them are mostly rotor inertia. */
    private double trackingError(JointImpedance impedance) {
        try (Fr3World fresh = new Fr3World()) {
            JointReference joint = new JointReference(JOINTS);
            double squares = 0;
            int count = 4000;
            for (int i = 0; i < count; i++) {
                double t = i * 1e-3;
                for (int j = 0; j < JOINTS; j++) {
                    double w = Math.PI * (1 + 0.1 * j);
                    joint.position()[j] = ROBOT.joints().get(j).home() + 0.3 * (1 - Math.cos(w * t)) / 2;
                    joint.velocity()[j] = 0.15 * w * Math.sin(w * t);
                    joint.acceleration()[j] = 0.15 * w * w * Math.cos(w * t);
                }
                impedance.compute(joint, fresh.state, fresh.command.effort());
                fresh.step();
                for (int j = 0; j < 4 && i > 1000; j++) {
                    double error = joint.position()[j] - fresh.state.position()[j];
                    squares += error * error;
                }
            }
            return Math.sqrt(squares / (4 * (count - 1001)));
        }
    }

    /** Says where the joints shall be: slow sines from home. */
    private final class Sines implements Controller {
        @Override
        public void start(long nowNs, RobotState state) {}

        @Override
        public ControllerStatus update(long nowNs, RobotState state, JointReference joint) {
            double t = nowNs * 1e-9;
            for (int j = 0; j < JOINTS; j++) {
                double w = 1 + 0.1 * j;
                joint.position()[j] = ROBOT.joints().get(j).home() + 0.2 * (1 - Math.cos(w * t));
                joint.velocity()[j] = 0.2 * w * Math.sin(w * t);
                joint.acceleration()[j] = 0.2 * w * w * Math.cos(w * t);
            }
            return ControllerStatus.TRACKING;
        }

        @Override
        public void hold() {}

        @Override
        public long observationStampNs() {
            return NO_OBSERVATION;
        }
    }

    @Test
    void behindTheSafetyFilterTheToolFollowsWhatWasIssued() {
        InterventionCounters counters = new InterventionCounters();
        ControlCycle cycle =
                new ControlCycle(ROBOT, TREE, world.hardware, new Sines(), controller, counters, world.clock);
        ForwardKinematics issued = new ForwardKinematics(TREE, ROBOT);
        assertEquals(CycleStatus.OK, cycle.start(world.clock.nowNs()));
        double farthest = 0;
        for (int i = 0; i < 4000; i++) {
            assertEquals(CycleStatus.OK, cycle.run(world.clock.nowNs()));
            world.clock.advance(cycle.periodNs());
            world.hardware.read(world.state);
            issued.update(cycle.reference().position());
            for (int k = 0; k < 3; k++) {
                farthest = Math.max(farthest, Math.abs(issued.position(k) - world.tool(k)));
            }
        }
        assertTrue(farthest < 0.02, "the tool was off by " + farthest + " m");
        assertTrue(
                counters.get(Intervention.ACCELERATION) < 50, "only the start, which the sines do not begin at rest");
    }
}
