package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareContractTest;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import java.nio.file.Path;

/** Both ends of a port in one process, on simulated time. */
final class PortRig implements HardwareContractTest.Rig {
    static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    static final long PERIOD_NS = 1_000_000;

    final ManualClock clock = new ManualClock(10_000_000_000L);
    final RobotPort port;
    final InertialDrives drives = new InertialDrives(ROBOT, clock);
    final RobotSide side;
    final SharedMemoryHardware hardware;
    private boolean cut;

    PortRig(Path folder, boolean watched) {
        port = RobotPort.create(folder, ROBOT, 0);
        side = new RobotSide(port, drives, clock);
        side.cycle();
        hardware = new SharedMemoryHardware(folder, ROBOT, clock, watched);
    }

    @Override
    public HardwareInterface hardware() {
        return hardware;
    }

    @Override
    public RobotConfig robot() {
        return ROBOT;
    }

    @Override
    public void passPeriod() {
        clock.advance(PERIOD_NS);
        if (!cut) {
            side.cycle();
        }
    }

    @Override
    public void cut() {
        cut = true;
    }

    @Override
    public void mend() {
        cut = false;
        side.cycle();
    }

    @Override
    public double truePosition(String joint) {
        return side.state().position()[ROBOT.jointNames().indexOf(joint)];
    }

    @Override
    public double arrivedEffort(String joint) {
        return drives.effort[ROBOT.jointNames().indexOf(joint)];
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public void close() {
        hardware.close();
        side.close();
    }
}
