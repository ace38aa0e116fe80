package dev.tactus.control.bench;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.dynamics.ForwardDynamics;
import dev.tactus.control.dynamics.FrameJacobian;
import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.InverseDynamics;
import dev.tactus.control.dynamics.MassMatrix;
import java.lang.management.ManagementFactory;

/** The loops that are timed: an algorithm over the states in turn. The C++ side does the same in the same order. */
final class DynamicsLoop {
    private final DynamicsSubject subject;
    private final InverseDynamics inverse;
    private final MassMatrix mass;
    private final ForwardDynamics forward;
    private final FrameKinematics kinematics;
    private final FrameJacobian jacobian;
    private final double[] vector;
    private final double[] matrix;
    private final double[] columns;

    DynamicsLoop(DynamicsSubject subject) {
        this.subject = subject;
        int nv = subject.model.nv();
        inverse = new InverseDynamics(subject.model);
        mass = new MassMatrix(subject.model);
        forward = new ForwardDynamics(subject.model);
        kinematics = new FrameKinematics(subject.model);
        jacobian = new FrameJacobian(kinematics);
        vector = new double[nv];
        matrix = new double[nv * nv];
        columns = new double[6 * nv];
    }

    DynamicsRun run(DynamicsAlgorithm algorithm, long calls) {
        double sum = 0;
        double magnitude = 0;
        for (int state = 0; state < subject.states(); state++) {
            repeat(algorithm, state, 1);
            for (double value : result(algorithm)) {
                sum += value;
                magnitude += Math.abs(value);
            }
        }
        long start = System.nanoTime();
        repeat(algorithm, 0, calls);
        return new DynamicsRun(System.nanoTime() - start, sum, magnitude);
    }

    double heapBytesPerCall(DynamicsAlgorithm algorithm, long calls) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        repeat(algorithm, 0, calls);
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / calls;
    }

    private double[] result(DynamicsAlgorithm algorithm) {
        return switch (algorithm) {
            case RNEA, ABA -> vector;
            case CRBA -> matrix;
            case JACOBIAN -> columns;
        };
    }

    private void repeat(DynamicsAlgorithm algorithm, int first, long calls) {
        switch (algorithm) {
            case RNEA -> rnea(first, calls);
            case CRBA -> crba(first, calls);
            case ABA -> aba(first, calls);
            case JACOBIAN -> jacobian(first, calls);
        }
    }

    private void rnea(int first, long calls) {
        int state = first;
        for (long n = 0; n < calls; n++) {
            inverse.compute(subject.q[state], subject.v[state], subject.a[state], vector);
            state = state + 1 == subject.states() ? 0 : state + 1;
        }
    }

    private void crba(int first, long calls) {
        int state = first;
        for (long n = 0; n < calls; n++) {
            mass.compute(subject.q[state], matrix);
            state = state + 1 == subject.states() ? 0 : state + 1;
        }
    }

    private void aba(int first, long calls) {
        int state = first;
        for (long n = 0; n < calls; n++) {
            forward.compute(subject.q[state], subject.v[state], subject.tau[state], vector);
            state = state + 1 == subject.states() ? 0 : state + 1;
        }
    }

    private void jacobian(int first, long calls) {
        int state = first;
        for (long n = 0; n < calls; n++) {
            kinematics.update(subject.q[state]);
            jacobian.compute(subject.frame, columns);
            state = state + 1 == subject.states() ? 0 : state + 1;
        }
    }
}
