package dev.tactus.sim.mujoco;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A copy of everything that the next steps depend on ({@code mjSTATE_INTEGRATION}: time, positions, velocities,
 * activations, controls, applied forces, mocap poses, the solver's warm start). Made by {@link
 * MujocoData#newSnapshot()}, filled and used without allocation. Its memory is freed with the object.
 */
public final class MujocoSnapshot {
    private final MemorySegment state;

    MujocoSnapshot(int length) {
        state = Arena.ofAuto().allocate(ValueLayout.JAVA_DOUBLE, length);
    }

    MemorySegment state() {
        return state;
    }

    /**
     * The numbers of the snapshot, to compare or to hash.
     *
     * @return a copy, in MuJoCo's order
     */
    public double[] toArray() {
        return state.toArray(ValueLayout.JAVA_DOUBLE);
    }
}
