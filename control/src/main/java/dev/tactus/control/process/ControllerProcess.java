package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.LifecycleState;
import dev.tactus.control.loop.Clock;
import dev.tactus.control.loop.ControlLoop;
import dev.tactus.control.loop.CycleTask;
import dev.tactus.control.loop.LoopSettings;
import dev.tactus.control.loop.WallClock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.EmergencyStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The controller as a process of its own: control loop, safety filter and the robot's port, no policy. Policies come and
 * go at the policy port; while there is none, or before it says so, the robot is not commanded. The main thread, which
 * calls {@link #run}, sees to policies, orders and the hardware's life cycle; the control thread does the rest.
 */
public final class ControllerProcess {
    private static final long LOOK_NS = 1_000_000;
    private static final int LOOKS_A_SEARCH = 100;
    private static final long REST_NS = 500_000_000;
    private static final long PATIENCE_NS = 200_000_000;

    private final Path folder;
    private final RobotConfig robot;
    private final Clock clock = new WallClock();
    private final SharedMemoryHardware hardware;
    private final ControlLoop loop;
    private final Consumer<String> say;
    private volatile PolicySession offered;
    private volatile PolicySession inUse;
    private Object policyFile;

    /**
     * Makes the process's parts.
     *
     * @param folder the folder of the ports
     * @param robot the robot
     * @param settings how the control loop keeps time
     * @param say where to tell a person what happens
     */
    public ControllerProcess(Path folder, RobotConfig robot, LoopSettings settings, Consumer<String> say) {
        this.folder = folder;
        this.robot = robot;
        this.say = say;
        hardware = new SharedMemoryHardware(folder, robot, clock, true);
        CycleTask task = this::cycle;
        loop = new ControlLoop("tactus-control", settings, clock, task);
    }

    private boolean cycle(long nowNs, long dtNs) {
        PolicySession session = offered;
        if (session != inUse) {
            inUse = session;
        }
        if (session != null) {
            session.cycle(nowNs, loop.missedDeadlines());
        }
        return true;
    }

    /**
     * Runs until it is told to end, then brings the robot to rest and gives it back.
     *
     * @param endAsked whether to end
     * @throws HardwareException if there is no robot at the port, or it was lost
     */
    public void run(BooleanSupplier endAsked) {
        hardware.configure();
        try {
            loop.start();
            say.accept("control of " + robot.name() + " at port " + folder + "; waiting for a policy");
            hardware.obstacle().ifPresent(say);
            loop.grant().warnings().forEach(say);
            int looks = 0;
            while (!endAsked.getAsBoolean()) {
                if (looks++ % LOOKS_A_SEARCH == 0) {
                    welcomePolicy();
                }
                obey();
                checkHealth();
                LockSupport.parkNanos(LOOK_NS);
            }
            rest();
        } finally {
            stopLoop();
            hardware.close();
            closeSession(inUse);
        }
    }

    private void checkHealth() {
        Optional<Throwable> failure = loop.failure();
        if (failure.isPresent()) {
            throw new IllegalStateException("the control loop failed", failure.get());
        }
        if (hardware.state() == LifecycleState.INACTIVE && !hardware.lifecycle().connected()) {
            throw new HardwareException("the robot at port " + folder + " is lost: it publishes nothing any more. Start"
                    + " it, then this controller, again.");
        }
    }

    // ---- policies

    private void welcomePolicy() {
        Object file = policyFile();
        if (file == null || file.equals(policyFile)) {
            return;
        }
        policyFile = file;
        try {
            PolicySession before = offered;
            if (before != null) {
                leave(before);
            }
            offered = new PolicySession(PolicyPort.open(folder), robot, hardware, clock);
            awaitControl(() -> inUse == offered);
            closeSession(before);
            say.accept("a policy is here");
        } catch (HardwareException e) {
            say.accept(e.getMessage());
        }
    }

    private Object policyFile() {
        try {
            return Files.readAttributes(folder.resolve(PolicyPort.FILE), BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private void leave(PolicySession session) {
        session.askPause();
        awaitControl(() -> !session.asked());
        hardware.deactivate();
        session.port().publishAges(session.control().observationAge());
    }

    private static void closeSession(PolicySession session) {
        if (session != null) {
            session.close();
        }
    }

    // ---- orders

    private void obey() {
        PolicySession session = offered;
        if (session == null || !session.ordered()) {
            return;
        }
        long number = session.port().orderNumber();
        switch (session.port().order()) {
            case START -> start(session, number);
            case HOLD -> session.askHold();
            case PAUSE -> leave(session);
            case EMERGENCY_STOP -> session.control().emergencyStop().trip(EmergencyStop.Cause.REQUEST);
            case CLEAR -> {
                session.control().emergencyStop().clear();
                hardware.releaseEmergencyStop();
                if (hardware.lifecycle().connected()) {
                    hardware.port().release();
                }
            }
        }
        awaitControl(() -> !session.asked());
        session.answer(number);
    }

    private void start(PolicySession session, long number) {
        if (hardware.state() != LifecycleState.ACTIVE) {
            try {
                hardware.activate();
            } catch (HardwareException e) {
                say.accept(e.getMessage()); // the cycle is not started, which the report says
                leave(session);
                return;
            }
        }
        session.askStart(number);
    }

    private void awaitControl(BooleanSupplier done) {
        long untilNs = clock.nowNs() + PATIENCE_NS;
        while (!done.getAsBoolean() && clock.nowNs() < untilNs) {
            LockSupport.parkNanos(LOOK_NS / 10);
        }
    }

    // ---- the end

    private void rest() {
        PolicySession session = offered;
        if (session != null && session.running()) {
            session.askHold();
            long untilNs = clock.nowNs() + REST_NS;
            while (clock.nowNs() < untilNs) {
                LockSupport.parkNanos(LOOK_NS);
            }
        }
        hardware.deactivate();
    }

    private void stopLoop() {
        boolean interrupted = false;
        while (true) {
            try {
                loop.stop();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // again: it ends within a cycle
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
