package dev.tactus.sim.hardware;

import dev.tactus.control.hardware.HardwareContractTest;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.GripperConfig;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import java.util.List;

/** A simulated robot in its own scene at home, behind a connection that can be cut, on simulated time. */
final class SimulatedRig implements HardwareContractTest.Rig {
    final RobotConfig robot;
    final ManualClock clock = new ManualClock(5_000_000_000L);
    final MujocoModel model;
    final MujocoData data;
    final SimulatedHardware simulated;
    final FaultyHardware faulty;
    private final long periodNs;

    SimulatedRig(String name, Fault... faults) {
        robot = RobotCatalogue.load(name);
        periodNs = Math.round(1e9 / robot.controlRateHz());
        model = MujocoModel.load(robot.folder().resolve("scene.xml"));
        data = model.newData();
        data.resetToKeyframe(model.keyframeId("home"));
        data.forward();
        simulated = new SimulatedHardware(model, data, robot, clock);
        simulated.place(
                robot.home(), robot.gripper().map(GripperConfig::openingMax).orElse(0.0));
        faulty = new FaultyHardware(simulated, clock, robot.controlRateHz(), 1, List.of(faults));
    }

    @Override
    public HardwareInterface hardware() {
        return faulty;
    }

    @Override
    public RobotConfig robot() {
        return robot;
    }

    @Override
    public void passPeriod() {
        clock.advance(periodNs);
    }

    @Override
    public void cut() {
        faulty.cut();
    }

    @Override
    public void mend() {
        faulty.mend();
    }

    @Override
    public double truePosition(String joint) {
        return data.qpos(model.qposIndex(joint));
    }

    @Override
    public double arrivedEffort(String joint) {
        return data.ctrl(model.ctrlIndex(joint));
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public void close() {
        faulty.close();
        data.close();
        model.close();
    }
}
