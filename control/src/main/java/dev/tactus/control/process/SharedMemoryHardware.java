package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.Lifecycle;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.loop.Clock;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.RobotConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A robot whose drives belong to another process, met at a {@link RobotPort}. Every write is also a heartbeat, so a control
 * thread that stops is seen by the {@link Watchdog}, whatever stopped it. Where the robot has published nothing for {@value
 * #LATE_PERIODS} periods reads fail, after half a second it is lost. An override that somebody else latched counts as this
 * hardware's own emergency stop, and releasing that releases the override.
 */
public final class SharedMemoryHardware implements HardwareInterface {
    private static final int LATE_PERIODS = 50;
    private static final long LOST_NS = 500_000_000L;
    private static final long WATCHED_NS = 1_000_000_000L;

    private final Path folder;
    private final RobotConfig robot;
    private final Clock clock;
    private final boolean watched;
    private final List<String> joints;
    private final Set<CommandInterface> commandInterfaces;
    private final Lifecycle lifecycle;
    private final RobotState received;
    private final long lateNs;
    private final long process = ProcessHandle.current().pid();
    private RobotPort port;
    private long number;

    /**
     * Makes the controller's end; the port is opened when it is configured.
     *
     * @param folder the port's folder
     * @param robot the robot
     * @param clock the loop's clock; {@link System#nanoTime} unless all ends live in one test
     * @param watched whether activating asks for a watchdog at the port
     */
    public SharedMemoryHardware(Path folder, RobotConfig robot, Clock clock, boolean watched) {
        this.folder = folder;
        this.robot = robot;
        this.clock = clock;
        this.watched = watched;
        joints = robot.jointNames();
        commandInterfaces = robot.commandInterfaces();
        received = new RobotState(joints.size());
        lateNs = Math.round(LATE_PERIODS * 1e9 / robot.controlRateHz());
        lifecycle = new Lifecycle(robot.name() + " at port " + folder, new Connection());
    }

    private final class Connection implements Lifecycle.Transitions {
        @Override
        public void onConfigure() {
            port = RobotPort.open(folder, robot);
            if (lost()) {
                long robotProcess = port.robotProcess();
                port.close();
                throw new HardwareException("the robot at port " + folder + " (process " + robotProcess
                        + ") publishes nothing. Start it again.");
            }
        }

        @Override
        public void onActivate() {
            Optional<String> obstacle = obstacle();
            if (obstacle.isPresent()) {
                throw new HardwareException(obstacle.get());
            }
            number = port.commands().last();
            port.takeCommand(process, clock.nowNs());
        }

        @Override
        public void onDeactivate() {
            port.giveUpCommand();
        }

        @Override
        public void onCleanup() {
            port.close();
        }

        @Override
        public void onError() {
            // opening cleans up after itself
        }

        @Override
        public void onEmergencyStop(StopKind kind) {
            if (lifecycle.connected()) {
                port.override(kind, RobotPort.Cause.REQUEST, clock.nowNs());
            }
        }

        @Override
        public void onRelease() {
            if (lifecycle.connected()) {
                port.release();
            }
        }
    }

    /** Why this process could not take command now, and what to do about it; empty if it could. */
    Optional<String> obstacle() {
        if (port.overridden()) {
            return Optional.of(robot.name() + " at port " + folder + " is stopped (" + port.overrideKind() + ", "
                    + port.overrideCause() + "). See to what caused it, then release it: ./tactus estop --release"
                    + " --port " + folder);
        }
        if (watched && clock.nowNs() - port.watchNs() > WATCHED_NS) {
            return Optional.of("nobody watches the controller at port " + folder + ". Start ./tactus watchdog --robot "
                    + robot.name() + " --port " + folder + " first.");
        }
        long other = port.inCommand();
        if (other != 0 && other != process && RobotPort.isAlive(other)) {
            return Optional.of("process " + other + " is in command of " + robot.name() + " at port " + folder
                    + " already. End it first.");
        }
        return Optional.empty();
    }

    private boolean lost() {
        return clock.nowNs() - port.stateNs() > LOST_NS;
    }

    /**
     * The port, while it is open.
     *
     * @return the port
     */
    RobotPort port() {
        return port;
    }

    @Override
    public List<String> joints() {
        return joints;
    }

    @Override
    public Set<CommandInterface> commandInterfaces() {
        return commandInterfaces;
    }

    @Override
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    @Override
    public HardwareStatus read(RobotState state) {
        if (!lifecycle.connected()) {
            return HardwareStatus.DEACTIVATE;
        }
        if (lost()) {
            lifecycle.lose();
            return HardwareStatus.DEACTIVATE;
        }
        if (clock.nowNs() - port.stateNs() > lateNs || !port.read(received)) {
            return HardwareStatus.ERROR;
        }
        state.copyFrom(received);
        return HardwareStatus.OK;
    }

    @Override
    public HardwareStatus write(JointCommand command) {
        if (!lifecycle.connected()) {
            return HardwareStatus.DEACTIVATE;
        }
        long nowNs = clock.nowNs();
        if (port.inCommand() == process) {
            port.beat(nowNs); // only the heart of who is in command counts
        }
        if (port.overridden()) {
            lifecycle.emergencyStop(port.overrideKind());
            return HardwareStatus.DEACTIVATE;
        }
        if (!lifecycle.active()) {
            return HardwareStatus.DEACTIVATE;
        }
        if (!commandInterfaces.contains(command.mode())) {
            return HardwareStatus.ERROR;
        }
        port.commands().put(command, ++number, nowNs);
        return HardwareStatus.OK;
    }
}
