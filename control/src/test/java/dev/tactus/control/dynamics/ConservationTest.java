package dev.tactus.control.dynamics;

import static dev.tactus.control.dynamics.Golden.assertClose;
import static dev.tactus.control.dynamics.RandomMotion.after;

import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mechanics keeps, along the motion that forward dynamics gives: energy, momentum, and gravity from a potential. */
class ConservationTest {
    private static final double STEP = 3e-4;
    private static final int STATES = 20;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void energyGrowsByThePowerOfTheForces(String robot) {
        MultibodyModel model = Golden.read(robot).model();
        RandomMotion random = new RandomMotion(model, 1);
        for (int n = 0; n < STATES; n++) {
            double[] q = random.configuration();
            double[] v = random.vector(1);
            // forces of a moderate motion: what is differentiated below must be smooth
            double[] tau = new double[model.nv()];
            double[] a = new double[model.nv()];
            new InverseDynamics(model).compute(q, v, random.vector(3), tau);
            new ForwardDynamics(model).compute(q, v, tau, a);
            double[] rate = derivative(time -> {
                double[] later = after(model, q, v, a, time);
                return new double[] {kinetic(model, later, plus(v, time, a)) + potential(model, later)};
            });
            assertClose(new double[] {dot(tau, v)}, rate, "power");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unitree_go2", "crooked_quadruped"})
    void momentumOfAFloatingRobotChangesByItsWeightOnly(String robot) {
        MultibodyModel model = Golden.read(robot).model();
        RandomMotion random = new RandomMotion(model, 2);
        CentroidalMomentum momentum = new CentroidalMomentum(model);
        double[] weight = {0, 0, -9.81 * model.movingMass(), 0, 0, 0};
        for (int n = 0; n < STATES; n++) {
            double[] q = random.configuration();
            double[] v = random.vector(1);
            double[] tau = random.vector(0.02);
            Arrays.fill(tau, 0, 6, 0.0);
            double[] a = new double[model.nv()];
            new ForwardDynamics(model).compute(q, v, tau, a);
            double[] rate = derivative(time -> {
                double[] out = new double[6];
                momentum.compute(after(model, q, v, a, time), plus(v, time, a));
                momentum.copyMomentum(out);
                return out;
            });
            assertClose(weight, rate, "rate of momentum");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void gravityIsTheSlopeOfThePotential(String robot) {
        MultibodyModel model = Golden.read(robot).model();
        RandomMotion random = new RandomMotion(model, 3);
        double[] gravity = new double[model.nv()];
        double[] slope = new double[model.nv()];
        for (int n = 0; n < STATES; n++) {
            double[] q = random.configuration();
            new InverseDynamics(model).gravity(q, gravity);
            for (int i = 0; i < model.nv(); i++) {
                double[] along = new double[model.nv()];
                along[i] = 1;
                slope[i] = derivative(time -> new double[] {potential(model, after(model, q, along, time))})[0];
            }
            assertClose(gravity, slope, "gravity");
        }
    }

    /** Central difference with the error's square taken out. */
    private static double[] derivative(Function<Double, double[]> f) {
        double[][] at = {f.apply(-2 * STEP), f.apply(-STEP), f.apply(STEP), f.apply(2 * STEP)};
        double[] out = new double[at[0].length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (8 * (at[2][i] - at[1][i]) - (at[3][i] - at[0][i])) / (12 * STEP);
        }
        return out;
    }

    private static double kinetic(MultibodyModel model, double[] q, double[] v) {
        int nv = model.nv();
        double[] mass = new double[nv * nv];
        new MassMatrix(model).compute(q, mass);
        double sum = 0;
        for (int i = 0; i < nv * nv; i++) {
            sum += v[i / nv] * mass[i] * v[i % nv] / 2;
        }
        return sum;
    }

    private static double potential(MultibodyModel model, double[] q) {
        CentroidalMomentum momentum = new CentroidalMomentum(model);
        momentum.compute(q, new double[model.nv()]);
        return 9.81 * model.movingMass() * momentum.centre(2);
    }

    private static double[] plus(double[] v, double time, double[] a) {
        double[] out = v.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += time * a[i];
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
