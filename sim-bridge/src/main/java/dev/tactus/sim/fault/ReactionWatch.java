package dev.tactus.sim.fault;

import dev.tactus.control.bench.ViabilityOracle;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.loop.ControlCycle;
import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.Intervention;
import java.util.ArrayList;
import java.util.List;

/** Watches one episode cycle by cycle: judges every issued state, and notes what the robot did after an injection. */
final class ReactionWatch {
    private static final double REST = 1e-6;
    private static final int FAULTS_KEPT = 3;

    private final ControlCycle cycle;
    private final ViabilityOracle oracle;
    private final double[] torque;
    private final double[] speed;
    private final JointReference before;
    private final List<String> faults = new ArrayList<>();
    private long lastNs;
    private long measuredBefore;
    private double sinceMs;
    private boolean injected;
    private boolean any;
    private CycleStatus reaction;
    private double reactionMs;
    private double restMs;
    private double recoveredMs;
    private long violations;
    private double speedShare;
    private double torqueShare;

    ReactionWatch(RobotConfig robot, ControlCycle cycle) {
        this.cycle = cycle;
        oracle = new ViabilityOracle(robot, UrdfReader.read(robot.urdf()), true);
        torque = robot.joints().stream()
                .map(JointConfig::limits)
                .mapToDouble(limits -> limits.effort())
                .toArray();
        speed = robot.joints().stream()
                .map(JointConfig::limits)
                .mapToDouble(limits -> limits.velocity())
                .toArray();
        before = new JointReference(torque.length);
    }

    void begin(long nowNs) {
        lastNs = nowNs - cycle.periodNs();
        injected = false;
        any = false;
        sinceMs = 0;
        reaction = CycleStatus.OK;
        reactionMs = Double.NaN;
        restMs = Double.NaN;
        recoveredMs = Double.NaN;
        violations = 0;
        speedShare = 0;
        torqueShare = 0;
        faults.clear();
        measuredBefore = measured();
    }

    /** The fault begins now. */
    void inject() {
        injected = true;
        sinceMs = 0;
    }

    /** Takes note of a cycle; {@code realNs} is how long it took the world, whatever the clock says. */
    void cycle(CycleStatus status, long nowNs, long realNs) {
        sinceMs += injected ? realNs * 1e-6 : 0;
        judge(nowNs);
        for (int joint = 0; joint < torque.length; joint++) {
            speedShare = Math.max(speedShare, Math.abs(cycle.state().velocity()[joint]) / speed[joint]);
            torqueShare = Math.max(torqueShare, Math.abs(cycle.command().effort()[joint]) / torque[joint]);
        }
        if (!injected) {
            return;
        }
        boolean well = status == CycleStatus.OK;
        if (!well && reaction == CycleStatus.OK) {
            reaction = status;
            reactionMs = sinceMs;
        }
        if (!well && Double.isNaN(restMs) && rests()) {
            restMs = sinceMs;
        }
        if (well && reaction != CycleStatus.OK && Double.isNaN(recoveredMs)) {
            recoveredMs = sinceMs;
        }
        if (!well) {
            recoveredMs = Double.NaN;
        }
    }

    private void judge(long nowNs) {
        long stepNs = Math.clamp(nowNs - lastNs, 1L, ControlCycle.LONGEST_STEP_PERIODS * cycle.periodNs());
        lastNs = nowNs;
        JointReference issued = cycle.reference();
        String fault = any ? oracle.judge(before, issued, stepNs * 1e-9) : null;
        any = true;
        if (fault != null) {
            violations++;
            if (faults.size() < FAULTS_KEPT) {
                faults.add(fault);
            }
        }
        System.arraycopy(issued.position(), 0, before.position(), 0, torque.length);
        System.arraycopy(issued.velocity(), 0, before.velocity(), 0, torque.length);
        System.arraycopy(issued.acceleration(), 0, before.acceleration(), 0, torque.length);
    }

    private boolean rests() {
        for (double velocity : cycle.reference().velocity()) {
            if (Math.abs(velocity) > REST) {
                return false;
            }
        }
        return true;
    }

    private long measured() {
        return cycle.interventions().get(Intervention.MEASURED_POSITION)
                + cycle.interventions().get(Intervention.MEASURED_VELOCITY);
    }

    Reaction end(boolean success) {
        return new Reaction(
                reaction,
                reactionMs,
                restMs,
                recoveredMs,
                success,
                cycle.emergencyStop().latched(),
                violations,
                List.copyOf(faults),
                measured() - measuredBefore,
                speedShare,
                torqueShare);
    }
}
