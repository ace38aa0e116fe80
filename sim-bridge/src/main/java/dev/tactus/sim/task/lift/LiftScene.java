package dev.tactus.sim.task.lift;

import dev.tactus.control.loop.Clock;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.config.TactusHome;
import dev.tactus.sim.hardware.SimulatedHardware;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoSnapshot;
import dev.tactus.sim.task.Expert;
import dev.tactus.sim.task.Scene;
import java.util.SplittableRandom;

/** The world of {@code fr3-lift}. World frame, base frame and table top coincide at z = 0. */
final class LiftScene implements Scene {
    private static final double AREA_CENTRE_X_M = 0.5;
    private static final double AREA_HALF_X_M = 0.08;
    private static final double AREA_HALF_Y_M = 0.12;
    private static final double CUBE_HALF_M = 0.02;
    private static final double LIFTED_M = 0.04;
    private static final double HOME_SPREAD_RAD = 0.02;
    private static final int GOAL_TICKS = 10;

    private final MujocoModel model;
    private final MujocoData data;
    private final MujocoSnapshot snapshot;
    private final RobotConfig robot;
    private final SimulatedHardware hardware;
    private final int tool;
    private final int cube;
    private final int cubeQpos;
    private final int[] joints;

    LiftScene(RobotConfig robot, Clock clock) {
        this.robot = robot;
        model = MujocoModel.load(TactusHome.path().resolve("sim-bridge/models/fr3_lift.xml"));
        data = model.newData();
        snapshot = data.newSnapshot();
        hardware = new SimulatedHardware(model, data, robot, clock);
        tool = model.siteId(Fr3Lift.TOOL);
        cube = model.bodyId("cube");
        cubeQpos = model.qposIndex("cube");
        joints = robot.joints().stream()
                .mapToInt(joint -> model.qposIndex(joint.name()))
                .toArray();
    }

    @Override
    public SimulatedHardware hardware() {
        return hardware;
    }

    @Override
    public void reset(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        data.reset();
        double[] start = new double[joints.length];
        for (int j = 0; j < joints.length; j++) {
            start[j] = robot.joints().get(j).home() + random.nextDouble(-HOME_SPREAD_RAD, HOME_SPREAD_RAD);
        }
        hardware.place(start, robot.requireGripper().openingMax());
        double yaw = random.nextDouble(-Math.PI, Math.PI);
        data.setQpos(cubeQpos, AREA_CENTRE_X_M + random.nextDouble(-AREA_HALF_X_M, AREA_HALF_X_M));
        data.setQpos(cubeQpos + 1, random.nextDouble(-AREA_HALF_Y_M, AREA_HALF_Y_M));
        data.setQpos(cubeQpos + 2, CUBE_HALF_M);
        data.setQpos(cubeQpos + 3, Math.cos(yaw / 2));
        data.setQpos(cubeQpos + 4, 0);
        data.setQpos(cubeQpos + 5, 0);
        data.setQpos(cubeQpos + 6, Math.sin(yaw / 2));
        data.forward();
    }

    @Override
    public void observe(float[] observation) {
        data.kinematics(); // a step leaves poses one timestep behind the joints
        int at = 0;
        for (int address : joints) {
            observation[at++] = (float) data.qpos(address);
        }
        for (int i = 0; i < 3; i++) {
            observation[at++] = (float) toolPosition(i);
        }
        for (int column = 0; column < 2; column++) {
            for (int row = 0; row < 3; row++) {
                observation[at++] = (float) data.siteXmat(tool, 3 * row + column);
            }
        }
        observation[at++] = (float) gripperOpening();
        for (int i = 0; i < 3; i++) {
            observation[at++] = (float) cubePosition(i);
        }
        for (int column = 0; column < 2; column++) {
            for (int row = 0; row < 3; row++) {
                observation[at++] = (float) data.xmat(cube, 3 * row + column);
            }
        }
    }

    @Override
    public boolean goalHolds() {
        return cubePosition(2) > CUBE_HALF_M + LIFTED_M;
    }

    @Override
    public int goalTicks() {
        return GOAL_TICKS;
    }

    @Override
    public double[] state() {
        data.save(snapshot);
        return snapshot.toArray();
    }

    @Override
    public Expert expert(long seed) {
        return new LiftExpert(this, seed);
    }

    @Override
    public void close() {
        hardware.close();
        data.close();
        model.close();
    }

    /** Tool centre point in the base frame, m. */
    double toolPosition(int axis) {
        return data.siteXpos(tool, axis);
    }

    /** Turn of the tool about the vertical, rad: direction of its x axis in the base's xy plane. */
    double toolYaw() {
        return Math.atan2(data.siteXmat(tool, 3), data.siteXmat(tool, 0));
    }

    /** The direction in which the fingers point, the tool's z axis in the base frame. */
    double toolAxis(int axis) {
        return data.siteXmat(tool, 3 * axis + 2);
    }

    /** Centre of the cube in the base frame, m. */
    double cubePosition(int axis) {
        return data.xpos(cube, axis);
    }

    /** The yaw nearest to 0 among the four at which the fingers fit the cube, rad in (-pi/4, pi/4]. */
    double graspYaw() {
        double yaw = Math.atan2(data.xmat(cube, 3), data.xmat(cube, 0));
        return yaw - Math.PI / 2 * Math.ceil(yaw / (Math.PI / 2) - 0.5);
    }

    double gripperOpening() {
        return hardware.gripperOpening();
    }
}
