package dev.tactus.sim.hardware;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.Lifecycle;
import dev.tactus.control.hardware.LifecycleState;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.loop.Clock;
import dev.tactus.control.model.CommandInterface;
import java.util.List;
import java.util.Set;

/**
 * A robot that has faults, for tests: in front of any driver, with faults that begin and end at given times and draw from
 * a seed. It keeps the contract of a driver, also while it fails; reading and writing allocate nothing.
 */
public final class FaultyHardware implements HardwareInterface {
    private final HardwareInterface healthy;
    private final Clock clock;
    private final Fault[] faults;
    private final Lifecycle lifecycle;
    private final JointCommand arrived;
    private final RobotState lastRead;
    private final RobotState[] history;
    private long random;
    private long beginNs;
    private long measured;
    private boolean anyRead;
    private boolean anyArrived;
    private volatile boolean cut;
    private long shown;

    /**
     * Puts faults in front of a driver.
     *
     * @param healthy the driver, unconfigured; its life cycle belongs to this one from now on
     * @param clock tells when faults begin and end
     * @param controlRateHz how often it will be read, Hz
     * @param seed decides when sporadic faults show
     * @param faults what goes wrong, in any order, also at the same time
     */
    public FaultyHardware(HardwareInterface healthy, Clock clock, double controlRateHz, long seed, List<Fault> faults) {
        this.healthy = healthy;
        this.clock = clock;
        this.faults = faults.toArray(Fault[]::new);
        int joints = healthy.joints().size();
        arrived = new JointCommand(joints);
        lastRead = new RobotState(joints);
        long longestNs = faults.stream().mapToLong(Fault::delayNs).max().orElse(0);
        history = new RobotState[2 + (int) Math.ceil(longestNs * 1e-9 * controlRateHz)];
        for (int i = 0; i < history.length; i++) {
            history[i] = new RobotState(joints);
        }
        random = seed;
        lifecycle = new Lifecycle("faulty hardware", new Passing());
        begin();
    }

    /** Counts the times of faults from now on. */
    public void begin() {
        beginNs = clock.nowNs();
    }

    /** Cuts the connection, beside what the faults do, until {@link #mend}. Any thread. */
    public void cut() {
        cut = true;
    }

    /** Ends {@link #cut}. The hardware still has to be configured and activated again. Any thread. */
    public void mend() {
        cut = false;
    }

    /**
     * In how many reads and writes a fault has shown.
     *
     * @return reads and writes
     */
    public long shown() {
        return shown;
    }

    @Override
    public List<String> joints() {
        return healthy.joints();
    }

    @Override
    public Set<CommandInterface> commandInterfaces() {
        return healthy.commandInterfaces();
    }

    @Override
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    @Override
    public void close() {
        lifecycle.close();
        healthy.close();
    }

    @Override
    public HardwareStatus read(RobotState state) {
        if (!lifecycle.connected()) {
            return HardwareStatus.DEACTIVATE;
        }
        if (disconnected()) {
            return HardwareStatus.DEACTIVATE;
        }
        RobotState newest = history[(int) (measured % history.length)];
        HardwareStatus status = healthy.read(newest);
        if (status != HardwareStatus.OK) {
            return status;
        }
        measured++;
        if (shows(Fault.Kind.READ_FAILS) != null) {
            return HardwareStatus.ERROR;
        }
        Fault delay = shows(Fault.Kind.STATE_DELAYED);
        boolean noticed = shows(Fault.Kind.STATE_FROZEN) != null;
        boolean unnoticed = shows(Fault.Kind.STATE_FROZEN_UNNOTICED) != null;
        if (!anyRead || !noticed && !unnoticed) {
            lastRead.copyFrom(delay == null ? newest : measuredBefore(newest.stampNs() - delay.delayNs()));
            anyRead = true;
        }
        state.copyFrom(lastRead);
        if (unnoticed) {
            state.stampNs(newest.stampNs());
        }
        return HardwareStatus.OK;
    }

    /** The newest state that was measured at or before a time, or the oldest that there is. */
    private RobotState measuredBefore(long stampNs) {
        long oldest = Math.max(0, measured - history.length);
        for (long i = measured - 1; i > oldest; i--) {
            RobotState state = history[(int) (i % history.length)];
            if (state.stampNs() <= stampNs) {
                return state;
            }
        }
        return history[(int) (oldest % history.length)];
    }

    @Override
    public HardwareStatus write(JointCommand command) {
        if (!lifecycle.active() || disconnected()) {
            if (lifecycle.state() != LifecycleState.FINALIZED) {
                healthy.write(command); // of no effect, but a simulated world goes on
            }
            return HardwareStatus.DEACTIVATE;
        }
        if (shows(Fault.Kind.WRITE_FAILS) != null) {
            if (anyArrived) {
                healthy.write(arrived);
            }
            return HardwareStatus.ERROR;
        }
        HardwareStatus status = healthy.write(command);
        if (status == HardwareStatus.OK) {
            arrived.copyFrom(command);
            anyArrived = true;
        }
        return status;
    }

    private boolean disconnected() {
        if (cut || shows(Fault.Kind.CONNECTION_LOST) != null) {
            lifecycle.lose();
            healthy.lifecycle().drop(); // drives whose commands do not come any more stop by themselves
            return true;
        }
        return false;
    }

    /** The fault of a kind that shows now; null if none does. */
    private Fault shows(Fault.Kind kind) {
        long nowNs = clock.nowNs() - beginNs;
        for (Fault fault : faults) {
            if (fault.kind() == kind
                    && nowNs >= fault.fromNs()
                    && nowNs < fault.untilNs()
                    && (fault.probability() == 1 || draw() < fault.probability())) {
                shown++;
                return fault;
            }
        }
        return null;
    }

    /** Uniform in [0, 1): SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014). */
    private double draw() {
        random += 0x9e3779b97f4a7c15L;
        long z = random;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }

    private final class Passing implements Lifecycle.Transitions {
        @Override
        public void onConfigure() {
            if (cut || shows(Fault.Kind.CONNECTION_LOST) != null) {
                throw new HardwareException(
                        "there is no connection to the robot. Look at the cable, then configure" + " again.");
            }
            if (healthy.state() == LifecycleState.UNCONFIGURED) {
                healthy.configure();
            }
            measured = 0;
            anyRead = false;
            anyArrived = false;
        }

        @Override
        public void onActivate() {
            healthy.activate();
        }

        @Override
        public void onDeactivate() {
            healthy.deactivate();
        }

        @Override
        public void onCleanup() {
            if (healthy.state() == LifecycleState.INACTIVE) {
                healthy.cleanup();
            }
        }

        @Override
        public void onEmergencyStop(StopKind kind) {
            healthy.emergencyStop(kind);
        }

        @Override
        public void onRelease() {
            healthy.releaseEmergencyStop();
        }
    }
}
