package dev.tactus.sim.controller;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.sim.hardware.SimulatedHardware;
import dev.tactus.sim.mujoco.DataArray;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import java.lang.foreign.ValueLayout;

/** An FR3 alone in MuJoCo, at home and at rest to begin with, driven by torques at 1 kHz. */
final class Fr3World implements AutoCloseable {
    static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    static final KinematicTree TREE = UrdfReader.read(ROBOT.urdf());
    static final int JOINTS = ROBOT.joints().size();

    final RobotState state = new RobotState(JOINTS);
    final JointCommand command = new JointCommand(JOINTS);
    final ManualClock clock = new ManualClock(0);
    private final MujocoModel model = MujocoModel.load(ROBOT.folder().resolve("scene.xml"));
    private final MujocoData data = model.newData();
    final SimulatedHardware hardware = new SimulatedHardware(model, data, ROBOT, clock);
    private final int tool = model.siteId("fr3_hand_tcp");
    private final int hand = model.bodyId("fr3_hand");

    Fr3World() {
        hardware.configure();
        hardware.activate();
        hardware.place(ROBOT.home(), 0.08);
        data.forward();
        hardware.read(state);
    }

    /** Sends {@link #command} and reads {@link #state} a millisecond later. */
    void step() {
        hardware.write(command);
        clock.advance(1_000_000);
        hardware.read(state);
        data.kinematics();
    }

    double tool(int axis) {
        return data.siteXpos(tool, axis);
    }

    /** Pushes at the tool centre point, N in the world, from now on. */
    void push(double x, double y, double z) {
        double[] force = {x, y, z};
        double[] arm = new double[3];
        for (int k = 0; k < 3; k++) {
            arm[k] = tool(k) - data.array(DataArray.XIPOS).getAtIndex(ValueLayout.JAVA_DOUBLE, 3L * hand + k);
        }
        for (int k = 0; k < 3; k++) {
            int a = (k + 1) % 3;
            int b = (k + 2) % 3;
            data.array(DataArray.XFRC_APPLIED).setAtIndex(ValueLayout.JAVA_DOUBLE, 6L * hand + k, force[k]);
            double moment = arm[a] * force[b] - arm[b] * force[a];
            data.array(DataArray.XFRC_APPLIED).setAtIndex(ValueLayout.JAVA_DOUBLE, 6L * hand + 3 + k, moment);
        }
    }

    @Override
    public void close() {
        hardware.close();
        data.close();
        model.close();
    }
}
