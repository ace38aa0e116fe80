package dev.tactus.sim.bench;

import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import dev.tactus.sim.mujoco.MujocoSnapshot;

/**
 * The loop that is timed: to the first keyframe, then steps with every control swinging about its value there. The C side
 * does the same in the same order.
 */
final class PhysicsLoop implements AutoCloseable {
    private final MujocoModel model;
    private final MujocoData data;
    private final MujocoSnapshot end;
    private final double[] home;

    PhysicsLoop(MujocoModel model) {
        this.model = model;
        data = model.newData();
        end = data.newSnapshot();
        home = new double[model.nu()];
    }

    /** The keyframe that a run starts from, or -1 for the model's initial state. */
    int keyframe() {
        return model.count(MujocoObject.KEYFRAME) > 0 ? 0 : -1;
    }

    PhysicsRun run(long steps) {
        reset();
        long start = System.nanoTime();
        step(steps);
        long elapsed = System.nanoTime() - start;
        data.save(end);
        return new PhysicsRun(elapsed, end.toArray());
    }

    private void reset() {
        if (keyframe() < 0) {
            data.reset();
        } else {
            data.resetToKeyframe(keyframe());
        }
        for (int j = 0; j < home.length; j++) {
            home[j] = data.ctrl(j);
        }
    }

    /** Steps from where the last run ended, and nothing else. */
    void step(long steps) {
        for (long i = 0; i < steps; i++) {
            double wave = wave(i);
            for (int j = 0; j < home.length; j++) {
                data.setCtrl(j, home[j] + wave);
            }
            data.step();
        }
    }

    /** A triangle wave of 1024 steps and ±0.05, in arithmetic that has the same bits in C. */
    private static double wave(long i) {
        long phase = i & 1023;
        return ((phase < 512 ? phase : 1023 - phase) - 256) * (0.05 / 256);
    }

    @Override
    public void close() {
        data.close();
    }
}
