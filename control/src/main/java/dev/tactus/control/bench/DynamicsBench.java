package dev.tactus.control.bench;

import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.policies.bench.MachineFigures;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.policies.config.UserFolder;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times the dynamics algorithms of this module and of Pinocchio's C++, in turns, at the same random states of the same
 * robots.
 */
public final class DynamicsBench {
    private static final List<String> ROBOTS = List.of("franka_fr3", "unitree_go2");
    private static final int STATES = 64;
    private static final long SEED = 1;
    private static final double RUN_NS = 0.02e9;

    private final int runs;
    private final double runNs;
    private final String python;
    private final PrintStream out;

    /**
     * Prepares a measurement.
     *
     * @param runs how many runs of each side; medians count
     * @param python the interpreter whose environment holds Pinocchio's wheel
     * @param out where it says what it does
     */
    public DynamicsBench(int runs, String python, PrintStream out) {
        this(runs, RUN_NS, python, out);
    }

    /** With runs of another length, ns. */
    DynamicsBench(int runs, double runNs, String python, PrintStream out) {
        this.runs = runs;
        this.runNs = runNs;
        this.python = python;
        this.out = out;
    }

    /**
     * Measures; takes about half a minute, and two more when Pinocchio's side has to be compiled.
     *
     * @return the figures
     */
    public DynamicsReport run() {
        Optional<PinocchioProgram> program = program();
        Map<String, Object> machine = MachineFigures.machine();
        List<DynamicsReport.Row> rows = new ArrayList<>();
        for (String robot : ROBOTS) {
            DynamicsSubject subject = subject(robot);
            Optional<PinocchioPeer> peer = program.map(file -> new PinocchioPeer(file, subject));
            try {
                DynamicsLoop loop = new DynamicsLoop(subject);
                for (DynamicsAlgorithm algorithm : DynamicsAlgorithm.values()) {
                    rows.add(measure(subject, algorithm, loop, peer));
                }
            } finally {
                peer.ifPresent(PinocchioPeer::close);
            }
        }
        return new DynamicsReport(rows, program, runs, STATES, machine);
    }

    private Optional<PinocchioProgram> program() {
        try {
            return Optional.of(PinocchioProgram.of(
                    python,
                    TactusHome.path().resolve("control/bench/pinocchio_peer.cpp"),
                    UserFolder.CACHE.path().resolve("pinocchio-peer"),
                    out));
        } catch (MissingPartException e) {
            out.println(e.getMessage());
            return Optional.empty();
        }
    }

    private static DynamicsSubject subject(String name) {
        RobotConfig robot = RobotCatalogue.load(name);
        KinematicTree tree = UrdfReader.read(robot.urdf());
        // in the tree's order, which is the order in which the peer adds its joints
        List<String> joints = new ArrayList<>();
        for (int link = 1; link < tree.links(); link++) {
            if (robot.jointNames().contains(tree.jointName(link))) {
                joints.add(tree.jointName(link));
            }
        }
        MultibodyModel model = robot.base() == BaseType.FLOATING
                ? MultibodyModel.floating(tree, joints)
                : MultibodyModel.fixed(tree, joints);
        String frame = robot.toolFrame().orElseGet(() -> farthest(tree));
        return new DynamicsSubject(name, tree, model, frame, STATES, SEED);
    }

    /** The link with the most joints between it and the root; the last of them. */
    private static String farthest(KinematicTree tree) {
        int[] between = new int[tree.links()];
        int farthest = 0;
        for (int link = 1; link < tree.links(); link++) {
            between[link] = between[tree.parent(link)] + 1;
            farthest = between[link] >= between[farthest] ? link : farthest;
        }
        return tree.linkName(farthest);
    }

    private DynamicsReport.Row measure(
            DynamicsSubject subject, DynamicsAlgorithm algorithm, DynamicsLoop loop, Optional<PinocchioPeer> peer) {
        long calls = warmUp(loop, algorithm);
        double[] own = new double[runs];
        double[][] theirs = new double[algorithm.peers.size()][runs];
        boolean agree = true;
        for (int i = 0; i < runs; i++) {
            // Who goes first alternates, so that a machine that slows down does not favour one side.
            DynamicsRun first = i % 2 == 0 ? loop.run(algorithm, calls) : null;
            List<DynamicsRun> others = new ArrayList<>();
            for (int way = 0; way < theirs.length && peer.isPresent(); way++) {
                DynamicsRun other = peer.get().run(algorithm.peers.get(way), calls);
                theirs[way][i] = (double) other.elapsedNs() / calls;
                others.add(other);
            }
            DynamicsRun run = first == null ? loop.run(algorithm, calls) : first;
            own[i] = (double) run.elapsedNs() / calls;
            agree &= others.stream().allMatch(run::agrees);
        }
        Double fastest = peer.isEmpty()
                ? null
                : Arrays.stream(theirs).mapToDouble(DynamicsBench::median).min().orElseThrow();
        return new DynamicsReport.Row(
                subject.name,
                algorithm.word,
                median(own),
                loop.heapBytesPerCall(algorithm, calls),
                Optional.ofNullable(fastest),
                agree);
    }

    /** Runs until compiled code runs, and finds how many calls last long enough. */
    private long warmUp(DynamicsLoop loop, DynamicsAlgorithm algorithm) {
        long calls = 10_000;
        for (int n = 0; n < 20; n++) {
            double ns = loop.run(algorithm, calls).elapsedNs();
            calls = Math.max(1, (long) (calls * Math.clamp(runNs / ns, 0.1, 10.0)));
        }
        return calls;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
