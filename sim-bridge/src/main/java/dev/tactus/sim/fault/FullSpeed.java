package dev.tactus.sim.fault;

import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.ControllerStatus;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;

/** Swings the first joint to and fro as fast as the safety filter lets it. */
final class FullSpeed implements Controller {
    private static final double SWING = 2;
    private static final long HALF_NS = 2_000_000_000L;

    private final double[] home;
    private long startNs;
    private boolean held;

    FullSpeed(double[] home) {
        this.home = home.clone();
    }

    @Override
    public void start(long nowNs, RobotState state) {
        startNs = nowNs;
        held = false;
    }

    @Override
    public ControllerStatus update(long nowNs, RobotState state, JointReference reference) {
        System.arraycopy(home, 0, reference.position(), 0, home.length);
        java.util.Arrays.fill(reference.velocity(), 0);
        java.util.Arrays.fill(reference.acceleration(), 0);
        reference.position()[0] += (nowNs - startNs) / HALF_NS % 2 == 0 ? SWING : -SWING;
        return held ? ControllerStatus.HOLDING : ControllerStatus.TRACKING;
    }

    @Override
    public void hold() {
        held = true;
    }

    @Override
    public long observationStampNs() {
        return NO_OBSERVATION;
    }
}
