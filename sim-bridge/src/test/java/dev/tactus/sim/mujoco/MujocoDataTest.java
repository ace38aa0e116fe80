package dev.tactus.sim.mujoco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MujocoDataTest {
    private MujocoModel model;
    private MujocoData data;

    @BeforeEach
    void open() {
        model = Models.arm();
        data = model.newData();
        data.resetToKeyframe(model.keyframeId("home"));
    }

    @AfterEach
    void close() {
        data.close();
        model.close();
    }

    @Test
    void aStepAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        drive(20_000);
        long before = threads.getThreadAllocatedBytes(thread);
        drive(20_000);
        assertEquals(0, threads.getThreadAllocatedBytes(thread) - before);
    }

    private double drive(int steps) {
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            data.setCtrl(0, 0.3 + 0.2 * Math.sin(0.01 * i));
            data.setQfrcApplied(2, 0.001);
            data.step();
            for (int contact = 0; contact < data.contactCount(); contact++) {
                sum += data.contactDistance(contact) + data.contactGeom(contact, 1);
            }
            sum += data.qpos(0)
                    + data.qvel(1)
                    + data.xpos(3, 2)
                    + data.siteXmat(0, 4)
                    + data.sensordata(1)
                    + data.time();
        }
        return sum;
    }

    @Test
    void aFallingBallFollowsTheLawOfFall() {
        int height = model.qposIndex("ball") + 2;
        int dof = model.dofIndex("ball") + 2;
        data.setQpos(height, 1);
        data.setQpos(height - 2, 1.5);
        for (int i = 0; i < 300; i++) {
            data.step();
        }
        assertEquals(0.3, data.time(), 1e-12);
        // Semi-implicit Euler with step h: v = -g t, z = z0 - g t (t + h) / 2.
        assertEquals(-9.81 * 0.3, data.qvel(dof), 1e-9);
        assertEquals(1 - 9.81 * 0.3 * 0.301 / 2, data.qpos(height), 1e-9);
    }

    @Test
    void kineticEnergyOfTheMassMatrixIsThatOfThePointMasses() {
        data.forward();
        int nv = model.nv();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mass = arena.allocate(ValueLayout.JAVA_DOUBLE, (long) nv * nv);
            data.fullMassMatrix(mass);
            int ball = model.dofIndex("ball");
            for (int i = 0; i < 3; i++) {
                assertEquals(0.1, mass.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) (ball + i) * nv + ball + i), 1e-12);
            }
            for (int i = 0; i < nv; i++) {
                for (int j = 0; j < nv; j++) {
                    assertEquals(
                            mass.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * nv + j),
                            mass.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) j * nv + i),
                            1e-12);
                }
            }
        }
    }

    @Test
    void theSiteJacobianIsTheDerivativeOfItsPosition() {
        int site = model.siteId("tip");
        int nv = model.nv();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment linear = arena.allocate(ValueLayout.JAVA_DOUBLE, 3L * nv);
            MemorySegment angular = arena.allocate(ValueLayout.JAVA_DOUBLE, 3L * nv);
            data.forward();
            data.jacSite(site, linear, angular);
            double step = 1e-6;
            for (int joint = 0; joint < 3; joint++) {
                double at = data.qpos(joint);
                for (int axis = 0; axis < 3; axis++) {
                    data.setQpos(joint, at + step);
                    data.kinematics();
                    double ahead = data.siteXpos(site, axis);
                    data.setQpos(joint, at - step);
                    data.kinematics();
                    double slope = (ahead - data.siteXpos(site, axis)) / (2 * step);
                    data.setQpos(joint, at);
                    assertEquals(slope, linear.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) axis * nv + joint), 1e-8);
                }
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> data.jacSite(site, MemorySegment.ofArray(new double[3 * nv]), angular));
            assertThrows(IllegalArgumentException.class, () -> data.jacSite(site, linear.asSlice(8), angular));
            assertThrows(IndexOutOfBoundsException.class, () -> data.jacSite(99, linear, angular));
        }
    }

    @Test
    void aRestoredSnapshotGivesTheSameBits() {
        drive(200);
        MujocoSnapshot start = data.newSnapshot();
        MujocoSnapshot end = data.newSnapshot();
        data.save(start);
        drive(500);
        data.save(end);
        double[] first = end.toArray();
        drive(77);
        data.restore(start);
        drive(500);
        data.save(end);
        assertArrayEquals(first, end.toArray());
    }

    @Test
    void restingThingsPressWithTheirWeight() {
        for (int i = 0; i < 2000; i++) {
            data.step();
        }
        int cube = model.geomId("cube");
        double weight = 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment force = arena.allocate(ValueLayout.JAVA_DOUBLE, 6);
            for (int i = 0; i < data.contactCount(); i++) {
                if (data.contactGeom(i, 0) == cube || data.contactGeom(i, 1) == cube) {
                    data.contactForce(i, force);
                    weight += force.get(ValueLayout.JAVA_DOUBLE, 0);
                    assertTrue(Math.abs(data.contactDistance(i)) < 1e-3);
                }
            }
        }
        assertEquals(0.08 * 9.81, weight, 1e-3);
        assertThrows(IndexOutOfBoundsException.class, () -> data.contactGeom(data.contactCount(), 0));
    }

    @Test
    void aNanControlIsAWarningAndTheNextStepIsClean() {
        data.setCtrl(1, Double.NaN);
        MujocoWarningException e = assertThrows(MujocoWarningException.class, data::step);
        assertEquals(MujocoWarningException.Kind.BAD_CONTROL, e.kind());
        assertTrue(e.getMessage().contains("arm.xml"), e.getMessage());
        data.setCtrl(1, 0.1);
        data.step();
    }

    @Test
    void anUnstableModelIsAWarning() {
        data.setQfrcApplied(0, 1e14);
        MujocoWarningException e = assertThrows(MujocoWarningException.class, () -> drive(100));
        assertTrue(
                e.kind() == MujocoWarningException.Kind.BAD_ACCELERATION
                        || e.kind() == MujocoWarningException.Kind.BAD_VELOCITY,
                e.getMessage());
    }

    @Test
    void closedDataAndTheirViewsRefuseUse() {
        MujocoData other = model.newData();
        MemorySegment view = other.array(DataArray.QPOS);
        assertThrows(IllegalStateException.class, model::close);
        other.close();
        other.close();
        assertThrows(IllegalStateException.class, other::step);
        assertThrows(IllegalStateException.class, other::reset);
        assertThrows(IllegalStateException.class, () -> other.qpos(0));
        assertThrows(IllegalStateException.class, () -> view.getAtIndex(ValueLayout.JAVA_DOUBLE, 0));
    }

    @Test
    void indicesAreChecked() {
        assertThrows(IndexOutOfBoundsException.class, () -> data.setCtrl(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> data.setCtrl(-1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> data.qpos(model.nq()));
        assertThrows(IndexOutOfBoundsException.class, () -> data.resetToKeyframe(1));
    }
}
