package dev.tactus.policies.bench;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Gains;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.bundle.Normalisation;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.bundle.PolicySpec.Provenance;
import dev.tactus.policies.bundle.PolicySpec.RealTimeIterationSpec;
import dev.tactus.policies.bundle.Rotation;
import dev.tactus.policies.bundle.SamplerSpec;
import dev.tactus.policies.bundle.SamplingSpec;
import dev.tactus.policies.bundle.ScheduleSpec;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.LevelEncoding;
import dev.tactus.policies.schedule.Parameterisation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Networks of known size, random weights, for timing alone. All have the shapes of Push-T from its state (Chi et al.,
 * Diffusion Policy): chunks of 16 rows and 2 elements, conditioned on 2 observations of 20 elements, so that times can
 * be compared with what is published for that task.
 */
public enum BenchNetwork {
    /** Four hidden layers of 64: a small policy, as for a quadruped's joints. */
    MLP_4X64(21_280) {
        @Override
        SeededLayers layers(long seed) {
            return MlpGraph.write(4, 64, HORIZON, ACTION, CONDITION, seed);
        }
    },
    /** Four hidden layers of 256. */
    MLP_4X256(232_480) {
        @Override
        SeededLayers layers(long seed) {
            return MlpGraph.write(4, 256, HORIZON, ACTION, CONDITION, seed);
        }
    },
    /** The U-Net with 64, 128 and 256 channels. */
    UNET_5M(5_412_162) {
        @Override
        SeededLayers layers(long seed) {
            return ConditionalUnet1d.write(new int[] {64, 128, 256}, EMBEDDING, HORIZON, ACTION, CONDITION, seed);
        }
    },
    /** The U-Net of the paper's state-based policies: 256, 512 and 1024 channels. */
    UNET_66M(65_783_298) {
        @Override
        SeededLayers layers(long seed) {
            return ConditionalUnet1d.write(new int[] {256, 512, 1024}, EMBEDDING, HORIZON, ACTION, CONDITION, seed);
        }
    };

    private static final int HORIZON = 16;
    private static final int ACTION = 2;
    private static final int OBSERVATION = 20;
    private static final int OBSERVATION_STEPS = 2;
    private static final int CONDITION = OBSERVATION_STEPS * OBSERVATION;
    private static final int EMBEDDING = 256;
    private static final int LEVELS = 100;
    private static final int ACTION_STEPS = 8;
    private static final long PERIOD_NS = 5_000_000;

    private final long parameters;

    BenchNetwork(long parameters) {
        this.parameters = parameters;
    }

    abstract SeededLayers layers(long seed);

    /**
     * How reports call it.
     *
     * @return for example {@code unet_5m}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * How many weights it has.
     *
     * @return the number
     */
    public long parameters() {
        return parameters;
    }

    /**
     * Writes it.
     *
     * @param seed of the weights
     * @return the bytes of an ONNX file
     */
    public byte[] onnx(long seed) {
        return layers(seed).graph().bytes();
    }

    /**
     * A policy with this network: real-time iteration with three levels, one row every 5 ms.
     *
     * @return its description
     */
    public PolicySpec spec() {
        List<ObservationTerm> observations = observations();
        return new PolicySpec(
                label(),
                PolicyKind.DIFFUSION,
                "none",
                "benchmark",
                List.of("x", "y"),
                HORIZON,
                OBSERVATION_STEPS,
                ACTION_STEPS,
                PERIOD_NS,
                new Gains(new double[0], new double[0], 0.0),
                observations,
                List.of(),
                actions(),
                new SamplingSpec(
                        Parameterisation.EPSILON,
                        ScheduleSpec.Discrete.squaredCosine(LEVELS),
                        LevelEncoding.IDENTITY,
                        1.0,
                        new SamplerSpec.Ddpm(),
                        GaussianNoise.ALGORITHM),
                Optional.of(new RealTimeIterationSpec(List.of(3, 1, 0), DiscreteVariant.SCALE, 10.0)),
                NetworkSpec.standard(HORIZON, ACTION, observations),
                new Provenance("", "", ""));
    }

    private static List<ObservationTerm> observations() {
        return List.of(new ObservationTerm(
                "key_points",
                TermKind.OBJECT_POSE,
                OBSERVATION,
                List.of(),
                "table",
                "key_points",
                "m",
                Rotation.NONE,
                OBSERVATION_STEPS,
                Normalisation.identity(OBSERVATION)));
    }

    private static List<ActionTerm> actions() {
        return List.of(new ActionTerm(
                "position",
                TermKind.JOINT_POSITION,
                ACTION,
                List.of("x", "y"),
                "",
                "",
                "rad",
                Rotation.NONE,
                "",
                false,
                Normalisation.identity(ACTION)));
    }
}
