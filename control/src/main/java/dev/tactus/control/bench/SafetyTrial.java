package dev.tactus.control.bench;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.DriveTorqueBound;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.control.safety.SafetyFilter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Adversarial commands through a robot's safety filter, with every issued state judged by {@link ViabilityOracle}: its own
 * limits always, and the whole stop from it on one in {@value #STOP_EVERY}. For drives that close the loop on board the
 * torque that they will produce is judged instead of inverse dynamics, at random measured states and gains.
 */
public final class SafetyTrial {
    static final int STOP_EVERY = 200;

    private static final int FAULTS_KEPT = 5;
    private static final double MOST_STIFFNESS = 100;
    private static final double MOST_DAMPING = 6;
    private static final double ROUNDING = 1e-9;

    private final RobotConfig robot;
    private final int joints;
    private final boolean drives;
    private final InterventionCounters counters = new InterventionCounters();
    private final SafetyFilter filter;
    private final DriveTorqueBound bound;
    private final ViabilityOracle oracle;
    private final JointReference reference;
    private final JointReference before;
    private final JointCommand command;
    private final RobotState measured;
    private final Map<String, Long> byKind = new java.util.TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private long violations;
    private long stops;
    private long filterNs;

    /**
     * Prepares a trial.
     *
     * @param robot the robot
     * @param tree its links
     */
    public SafetyTrial(RobotConfig robot, KinematicTree tree) {
        this.robot = robot;
        joints = robot.joints().size();
        drives = robot.commandInterfaces().contains(CommandInterface.JOINT_PD);
        filter = new SafetyFilter(robot, tree, counters);
        bound = new DriveTorqueBound(robot, counters);
        oracle = new ViabilityOracle(robot, tree, !drives);
        reference = new JointReference(joints);
        before = new JointReference(joints);
        command = new JointCommand(joints);
        measured = new RobotState(joints);
    }

    /**
     * What came of it.
     *
     * @param robot its name
     * @param commands commands tried
     * @param byKind how many of each kind
     * @param violations issued states that the oracle refused
     * @param faults the first of them in words
     * @param stops states whose whole stop was judged
     * @param interventions what the filter counted, kinds that never happened left out
     * @param filterMeanNs mean time of one command in the filter, ns
     */
    public record Result(
            String robot,
            long commands,
            Map<String, Long> byKind,
            long violations,
            List<String> faults,
            long stops,
            Map<Intervention, Long> interventions,
            double filterMeanNs) {}

    /**
     * Runs the trial.
     *
     * @param seed decides every command
     * @param commands how many
     * @return what came of it
     */
    public Result run(long seed, long commands) {
        AdversarialCommands adversary = new AdversarialCommands(seed, robot);
        SplittableRandom random = new SplittableRandom(~seed);
        filter.reset(robot.home(), 0).ifPresent(reason -> {
            throw new IllegalStateException(robot.name() + " cannot start at home: " + reason);
        });
        remember(robot.home());
        for (long i = 0; i < commands; i++) {
            adversary.next(reference);
            byKind.merge(adversary.kind().name().toLowerCase(java.util.Locale.ROOT), 1L, Long::sum);
            long beginNs = System.nanoTime();
            filter.limit(reference, adversary.seconds());
            filterNs += System.nanoTime() - beginNs;
            judge(i, adversary, random);
            System.arraycopy(reference.position(), 0, before.position(), 0, joints);
            System.arraycopy(reference.velocity(), 0, before.velocity(), 0, joints);
            System.arraycopy(reference.acceleration(), 0, before.acceleration(), 0, joints);
        }
        Map<Intervention, Long> counted = new EnumMap<>(Intervention.class);
        for (Intervention kind : Intervention.values()) {
            if (counters.get(kind) > 0) {
                counted.put(kind, counters.get(kind));
            }
        }
        return new Result(
                robot.name(),
                commands,
                byKind,
                violations,
                List.copyOf(faults),
                stops,
                counted,
                filterNs / (double) commands);
    }

    private void remember(double[] home) {
        System.arraycopy(home, 0, before.position(), 0, joints);
        java.util.Arrays.fill(before.velocity(), 0);
        java.util.Arrays.fill(before.acceleration(), 0);
    }

    private void judge(long i, AdversarialCommands adversary, SplittableRandom random) {
        String fault = oracle.judge(before, reference, adversary.seconds());
        if (fault == null && i % STOP_EVERY == 0) {
            stops++;
            fault = oracle.judgeStop(reference);
        }
        if (fault == null && drives) {
            fault = driveFault(random);
        }
        if (fault != null) {
            violations++;
            if (faults.size() < FAULTS_KEPT) {
                faults.add("command " + i + " (" + adversary.kind() + "): " + fault);
            }
        }
    }

    /** What is wrong with the torque that the drives will produce, or null. */
    private String driveFault(SplittableRandom random) {
        command.mode(CommandInterface.JOINT_PD);
        for (int joint = 0; joint < joints; joint++) {
            double fast = robot.joints().get(joint).limits().velocity();
            measured.position()[joint] = random.nextDouble(-4, 4);
            measured.velocity()[joint] = random.nextDouble(-1.2, 1.2) * fast;
            command.position()[joint] = reference.position()[joint];
            command.velocity()[joint] = reference.velocity()[joint];
            command.stiffness()[joint] = random.nextDouble(MOST_STIFFNESS);
            command.damping()[joint] = random.nextInt(20) == 0 ? Double.NaN : random.nextDouble(MOST_DAMPING);
            command.effort()[joint] = random.nextDouble(-60, 60);
        }
        double seconds = 1 / robot.controlRateHz();
        bound.limit(command, measured, seconds);
        for (int joint = 0; joint < joints; joint++) {
            double most = robot.joints().get(joint).limits().effort();
            for (double ahead : new double[] {0, 0.5 * seconds, seconds}) {
                double q = measured.position()[joint] + ahead * measured.velocity()[joint];
                double torque = command.stiffness()[joint] * (command.position()[joint] - q)
                        + command.damping()[joint] * (command.velocity()[joint] - measured.velocity()[joint])
                        + command.effort()[joint];
                if (!(Math.abs(torque) <= most + ROUNDING)) {
                    return robot.joints().get(joint).name() + ": drive torque " + torque + " Nm of " + most;
                }
            }
        }
        return null;
    }
}
