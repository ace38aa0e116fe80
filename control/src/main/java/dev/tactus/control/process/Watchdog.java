package dev.tactus.control.process;

import dev.tactus.control.hardware.StopKind;
import dev.tactus.control.loop.Clock;

/**
 * Watches a controller from outside: while a process is in command of the robot and its heart has not beaten for longer
 * than allowed, or that process is gone, the override is written, and it is not this class that will ever release it. Who
 * looks, looks twice: a heart that seems to stand still because the watchdog itself did gets one more poll to beat. One
 * thread; software, not safety-rated.
 */
public final class Watchdog {
    private static final long PROCESS_POLLS = 8;

    private final RobotPort port;
    private final StopKind kind;
    private final Clock clock;
    private final long timeoutNs;
    private final long process = ProcessHandle.current().pid();
    private long polls;
    private boolean suspected;

    /**
     * Makes a watchdog; somebody calls {@link #poll} several times within the timeout.
     *
     * @param port the robot's
     * @param kind how the robot is to be stopped
     * @param timeoutNs how long a heart may stand still, ns
     * @param clock the machine's
     */
    public Watchdog(RobotPort port, StopKind kind, long timeoutNs, Clock clock) {
        this.port = port;
        this.kind = kind;
        this.timeoutNs = timeoutNs;
        this.clock = clock;
    }

    /**
     * Looks once.
     *
     * @return whether this look wrote the override
     */
    public boolean poll() {
        long nowNs = clock.nowNs();
        port.watch(process, nowNs);
        long controller = port.inCommand();
        if (controller == 0 || port.overridden()) {
            suspected = false;
            return false;
        }
        boolean gone = polls++ % PROCESS_POLLS == 0 && !RobotPort.isAlive(controller);
        boolean still = nowNs - port.beatNs() > timeoutNs;
        if (!gone && !(still && suspected)) {
            suspected = still;
            return false;
        }
        boolean dead = gone || !RobotPort.isAlive(controller);
        return port.override(
                kind, dead ? RobotPort.Cause.CONTROLLER_GONE : RobotPort.Cause.HEARTBEAT_STOPPED, clock.nowNs());
    }

    /**
     * Whether the robot's side still publishes.
     *
     * @param withinNs how old its last state may be, ns
     * @return whether it does
     */
    public boolean robotAlive(long withinNs) {
        return clock.nowNs() - port.stateNs() <= withinNs;
    }
}
