package dev.tactus.sim.process;

import dev.tactus.control.loop.Clock;
import dev.tactus.control.loop.CycleTask;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.GripperConfig;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.process.RobotPort;
import dev.tactus.control.process.RobotSide;
import dev.tactus.sim.hardware.SimulatedHardware;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.task.Scene;
import dev.tactus.sim.task.Task;
import java.nio.file.Path;

/** What a simulated robot's process repeats every control period: the robot alone in its scene, or a task's whole world. */
sealed interface SimulatedWorld extends CycleTask, AutoCloseable {

    @Override
    void close();

    /** A robot alone, in its home position; one with a floating base hangs there until it is first commanded. */
    final class Alone implements SimulatedWorld {
        private final MujocoModel model;
        private final MujocoData data;
        private final SimulatedHardware drives;
        private final RobotSide side;
        private boolean hanging;

        Alone(Path folder, RobotConfig robot, Clock clock) {
            model = MujocoModel.load(robot.folder().resolve("scene.xml"));
            data = model.newData();
            data.resetToKeyframe(model.keyframeId("home"));
            data.forward();
            drives = new SimulatedHardware(model, data, robot, clock);
            drives.place(
                    robot.home(), robot.gripper().map(GripperConfig::openingMax).orElse(0.0));
            side = new RobotSide(RobotPort.create(folder, robot, 0), drives, clock);
            hanging = robot.base() == BaseType.FLOATING;
        }

        @Override
        public boolean run(long nowNs, long dtNs) {
            if (hanging) {
                side.measure();
                drives.hang();
                hanging = !side.commanded();
            } else {
                side.cycle();
            }
            return true;
        }

        @Override
        public void close() {
            side.close();
            data.close();
            model.close();
        }
    }

    /** A task's world: what the task observes is what the robot's side perceives. */
    final class OfTask implements SimulatedWorld {
        private final Scene scene;
        private final RobotPort port;
        private final RobotSide side;
        private final WorldPort world;
        private final float[] observation;

        OfTask(Path folder, RobotConfig robot, Clock clock, Task task) {
            scene = task.open(robot, clock);
            scene.reset(0);
            observation = new float[task.observationSize()];
            world = WorldPort.create(folder, task, scene.goalTicks());
            port = RobotPort.create(folder, robot, observation.length);
            side = new RobotSide(port, scene.hardware(), clock);
        }

        @Override
        public boolean run(long nowNs, long dtNs) {
            if (world.asked()) {
                scene.reset(world.seed());
                publish(nowNs);
                side.measure();
                world.done();
            }
            side.cycle();
            publish(nowNs);
            return true;
        }

        private void publish(long nowNs) {
            scene.observe(observation);
            port.publishPerception(observation, nowNs);
            world.goal(scene.goalHolds());
        }

        @Override
        public void close() {
            side.close();
            scene.close();
            world.close();
        }
    }
}
