package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.LifecycleState;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.loop.Clock;

/**
 * The robot's end of a {@link RobotPort}: publishes what the drives measure, and lets them follow the newest command of
 * the process that is in command. An override is above any command: the drives stop by themselves and stay stopped until
 * it is released and somebody takes command again. One thread, the robot's.
 */
public final class RobotSide implements AutoCloseable {
    private final RobotPort port;
    private final HardwareInterface drives;
    private final Clock clock;
    private final RobotState state;
    private final JointCommand command;
    private final JointCommand newest;
    private long number;

    /**
     * Connects drives to a port.
     *
     * @param port made by this process
     * @param drives the robot as this process has it; configured, and activated as commands come
     * @param clock the machine's
     */
    public RobotSide(RobotPort port, HardwareInterface drives, Clock clock) {
        this.port = port;
        this.drives = drives;
        this.clock = clock;
        int joints = drives.joints().size();
        state = new RobotState(joints);
        command = new JointCommand(joints);
        newest = new JointCommand(joints);
        drives.configure();
    }

    /**
     * One cycle: measure, publish, obey.
     *
     * @return what the drives said; DEACTIVATE while there is nothing to obey
     */
    public HardwareStatus cycle() {
        measure();
        if (port.overridden()) {
            if (!drives.emergencyStopped()) {
                drives.emergencyStop(port.overrideKind());
            }
        } else if (drives.emergencyStopped()) {
            drives.releaseEmergencyStop();
        }
        if (!commanded()) {
            drives.deactivate();
        } else if (drives.state() == LifecycleState.INACTIVE && !port.overridden()) {
            drives.activate();
        }
        return drives.write(command);
    }

    /** Measures, publishes and looks for commands, and leaves the drives alone. */
    public void measure() {
        if (drives.read(state) == HardwareStatus.OK) {
            port.publish(state, clock.nowNs());
        }
        receive();
    }

    /**
     * Whether a command has come since somebody took command.
     *
     * @return whether there is something to obey
     */
    public boolean commanded() {
        return port.inCommand() != 0 && number > port.commandFrom();
    }

    private void receive() {
        long received = port.commands().get(newest);
        if (received != CommandRecord.NONE) {
            number = received;
            command.copyFrom(newest);
        }
    }

    /**
     * The measurement of the last cycle.
     *
     * @return the state, written in place
     */
    public RobotState state() {
        return state;
    }

    @Override
    public void close() {
        drives.close();
        port.close();
    }
}
