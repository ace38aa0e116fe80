package dev.tactus.control.replay;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.Lifecycle;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.loop.Clock;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.command.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A robot that does again what was recorded, whatever it is told: states come at the times, on the loop's clock, at which
 * they were measured, counted from the moment of configuring; what is commanded is compared with what was commanded then.
 * Where the recording ends, the connection is lost.
 */
public final class ReplayHardware implements HardwareInterface {
    private final Path path;
    private final RobotConfig robot;
    private final Clock clock;
    private final List<String> joints;
    private final Lifecycle lifecycle;
    private final JointCommand then;
    private final JointCommand now;
    private final CommandDifference difference;
    private RecordedLog log;
    private long shiftNs;
    private int cycle;

    /**
     * Makes the driver; the recording is opened when it is configured.
     *
     * @param path the recording
     * @param robot the robot that it must be of
     * @param clock the loop's clock
     */
    public ReplayHardware(Path path, RobotConfig robot, Clock clock) {
        this.path = path;
        this.robot = robot;
        this.clock = clock;
        joints = robot.jointNames();
        then = new JointCommand(joints.size());
        now = new JointCommand(joints.size());
        difference = new CommandDifference(joints.size());
        lifecycle = new Lifecycle("the recording " + path, new Lifecycle.Transitions() {
            @Override
            public void onConfigure() {
                load();
            }

            @Override
            public void onCleanup() {
                log.close();
            }
        });
    }

    private void load() {
        try {
            log = BinaryLog.open(path);
        } catch (BadInputException e) {
            throw new HardwareException(e.getMessage(), e);
        }
        if (!log.robot().equals(robot.name()) || !log.joints().equals(joints)) {
            String found = log.robot() + " with joints " + log.joints();
            log.close();
            throw new HardwareException(path + " is a recording of " + found + "; robot " + robot.name() + " has "
                    + joints + ", and the order counts");
        }
        cycle = 0;
        shiftNs = clock.nowNs() - log.stampNs(0);
        difference.reset();
    }

    @Override
    public List<String> joints() {
        return joints;
    }

    @Override
    public Set<CommandInterface> commandInterfaces() {
        return robot.commandInterfaces();
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
        long logNs = clock.nowNs() - shiftNs;
        int last = log.cycles() - 1;
        while (cycle < last && log.stampNs(cycle + 1) <= logNs) {
            cycle++;
        }
        if (cycle == last && logNs > log.stampNs(last)) {
            lifecycle.lose();
            return HardwareStatus.DEACTIVATE;
        }
        log.copyState(cycle, state);
        state.stampNs(state.stampNs() + shiftNs);
        return HardwareStatus.OK;
    }

    @Override
    public HardwareStatus write(JointCommand command) {
        if (!lifecycle.active()) {
            return HardwareStatus.DEACTIVATE;
        }
        if (!robot.commandInterfaces().contains(command.mode())) {
            return HardwareStatus.ERROR;
        }
        now.copyFrom(command);
        log.copyCommand(cycle, then);
        difference.add(then, now);
        return HardwareStatus.OK;
    }

    /**
     * Which cycle of the recording was read last. Control thread.
     *
     * @return its index
     */
    public int cycle() {
        return cycle;
    }

    /**
     * What was commanded last. Control thread.
     *
     * @return the command, written in place
     */
    public JointCommand commanded() {
        return now;
    }

    /**
     * How far what was commanded since configuring is from what the recording says. Control thread, or when the loop has
     * ended.
     *
     * @return the figures, written in place
     */
    public CommandDifference difference() {
        return difference;
    }
}
