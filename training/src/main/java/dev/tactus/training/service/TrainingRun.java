package dev.tactus.training.service;

import dev.tactus.policies.bundle.Gains;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.Provenance;
import dev.tactus.policies.bundle.SamplerSpec;
import dev.tactus.policies.bundle.SamplingSpec;
import dev.tactus.policies.bundle.ScheduleSpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.LevelEncoding;
import dev.tactus.policies.schedule.Parameterisation;
import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.training.algo.DiffusionImitation;
import dev.tactus.training.data.Episode;
import dev.tactus.training.data.LeRobotDataset;
import dev.tactus.training.data.NormalisationFit;
import dev.tactus.training.data.PolicyInterface;
import dev.tactus.training.data.WindowSampler;
import dev.tactus.training.export.BundleExport;
import dev.tactus.training.export.ParityCheck;
import dev.tactus.training.nn.Parameters;
import dev.tactus.training.nn.ResidualMlp;
import dev.tactus.training.nn.Torch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One training run and its folder: {@code recipe.yaml} as it was used, {@code checkpoint.pt}, {@code loss.csv}, {@code
 * loss.svg}, and at the end {@code bundle}. One thread.
 */
public final class TrainingRun {
    /** The checkpoint's name in the run's folder. */
    public static final String CHECKPOINT = "checkpoint.pt";

    /** The exported bundle's name in the run's folder. */
    public static final String BUNDLE = "bundle";

    private static final int GOLDEN_CASES = 3;

    private final Recipe recipe;
    private final PolicyInterface policy;
    private final Path folder;
    private final List<Episode> episodes;
    private final String datasetSha256;
    private final NormalisationFit normalisation;
    private final WindowSampler windows;
    private final DiffusionImitation algorithm;
    private final LossCurve curve = new LossCurve();
    private final String fingerprint;
    private int savedStep = -1;

    /**
     * Prepares a run at step 0. Episodes that did not succeed are not imitated.
     *
     * @param recipe what it is to do
     * @param policy what the task's policy sees and commands
     * @param dataset the demonstrations
     * @param folder the run's folder, which is made if it is absent
     * @throws BadInputException if the dataset is not one of the task, or has no success
     */
    public TrainingRun(Recipe recipe, PolicyInterface policy, LeRobotDataset dataset, Path folder) {
        Torch.load(recipe.threads());
        if (!dataset.spec().equals(policy.datasetSpec())) {
            throw new BadInputException(recipe.demonstrations().folder() + ": the dataset holds " + dataset.spec()
                    + ", but task " + policy.task() + " has " + policy.datasetSpec()
                    + ". Name a dataset of this task, or remove the folder to have it made.");
        }
        this.recipe = recipe;
        this.policy = policy;
        this.folder = folder;
        episodes = dataset.episodes().stream().filter(Episode::success).toList();
        if (episodes.isEmpty()) {
            throw new BadInputException(recipe.demonstrations().folder() + ": none of its "
                    + dataset.episodes().size() + " episodes succeeded; there is nothing to imitate");
        }
        datasetSha256 = dataset.sha256();
        normalisation = NormalisationFit.of(policy, episodes);
        windows = windows();
        algorithm = algorithm(recipe, windows);
        fingerprint = fingerprint();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be made (" + e + "). Name another with --out.", e);
        }
    }

    /** Goes on from the folder's checkpoint. */
    public void resume() {
        Checkpoint.load(folder.resolve(CHECKPOINT), algorithm, curve, fingerprint);
        savedStep = algorithm.steps();
    }

    /**
     * Takes one step, and writes a checkpoint where the recipe asks for one.
     *
     * @return the step's loss; NaN if it or its gradient was not finite, and then nothing changed
     */
    public double step() {
        double loss = algorithm.step();
        if (!Double.isNaN(loss)) {
            curve.add(algorithm.steps(), loss);
            if (algorithm.steps() % recipe.checkpointEverySteps() == 0) {
                save();
            }
        }
        return loss;
    }

    /**
     * Writes the checkpoint, the curve and the recipe, unless this step's are written already.
     *
     * @throws MissingPartException if the disk does not take them; the older checkpoint is whole then
     */
    public void save() {
        if (savedStep == algorithm.steps()) {
            return;
        }
        try {
            Checkpoint.save(folder.resolve(CHECKPOINT), algorithm, curve, fingerprint);
            savedStep = algorithm.steps();
            curve.write(folder, recipe.name() + ": loss, mean over 100 steps");
            AtomicFile.replace(folder.resolve("recipe.yaml"), file -> Files.writeString(file, recipe.text()));
        } catch (IOException e) {
            throw new MissingPartException(
                    folder + ": step " + algorithm.steps() + " could not be saved: " + e.getMessage() + ". "
                            + (savedStep < 0
                                    ? "There is no older checkpoint."
                                    : "The checkpoint of step " + savedStep + " is whole.")
                            + " Free some space there, then go on with --resume.",
                    e);
        }
    }

    /**
     * Exports the averaged network as a bundle.
     *
     * @return how far ONNX Runtime and libtorch are apart
     */
    public ParityCheck.Difference export() {
        PolicySpec spec = spec();
        List<float[]> observations = new ArrayList<>();
        for (int i = 0; i < GOLDEN_CASES; i++) {
            Episode episode = episodes.get(i * episodes.size() / GOLDEN_CASES);
            observations.add(window(episode, i * episode.length() / GOLDEN_CASES));
        }
        float[] deployed = Parameters.read(algorithm.ema().average());
        return BundleExport.write(folder.resolve(BUNDLE), spec, algorithm.network(), deployed, observations, windows);
    }

    /**
     * Steps done.
     *
     * @return the count
     */
    public int steps() {
        return algorithm.steps();
    }

    /**
     * The loss so far.
     *
     * @return the curve
     */
    public LossCurve curve() {
        return curve;
    }

    /**
     * The hash of the averaged parameters, by which two runs are compared.
     *
     * @return SHA-256, hexadecimal
     */
    public String averageSha256() {
        return Parameters.sha256(Parameters.read(algorithm.ema().average()));
    }

    /**
     * The hash of the parameters, by which two runs are compared.
     *
     * @return SHA-256, hexadecimal
     */
    public String parametersSha256() {
        return Parameters.sha256(algorithm.network().parameters().read());
    }

    private static DiffusionImitation algorithm(Recipe recipe, WindowSampler windows) {
        Recipe.Schedule schedule = recipe.policy().schedule();
        ResidualMlp network = new ResidualMlp(
                new ResidualMlp.Shape(
                        windows.chunkSize(),
                        windows.conditionSize(),
                        schedule.steps(),
                        recipe.network().levelEmbedding(),
                        recipe.network().width(),
                        recipe.network().blocks()),
                recipe.training().seed());
        VariancePreserving levels = VariancePreserving.named(schedule.name(), schedule.steps());
        return new DiffusionImitation(recipe.training(), windows, levels, network);
    }

    private WindowSampler windows() {
        List<WindowSampler.Track> tracks = episodes.stream()
                .map(episode -> new WindowSampler.Track(
                        normalisation.observations(policy.observations(episode)),
                        normalisation.actions(episode.action())))
                .toList();
        return new WindowSampler(
                tracks,
                policy.observationSize(),
                policy.actionSize(),
                recipe.policy().observationSteps(),
                recipe.policy().horizon());
    }

    /** The physical observations that end at a frame, edge padded. */
    private float[] window(Episode episode, int frame) {
        int size = policy.observationSize();
        int steps = recipe.policy().observationSteps();
        float[] all = policy.observations(episode);
        float[] window = new float[steps * size];
        for (int row = 0; row < steps; row++) {
            System.arraycopy(all, Math.max(0, frame - steps + 1 + row) * size, window, row * size, size);
        }
        return window;
    }

    private PolicySpec spec() {
        Recipe.Policy sampled = recipe.policy();
        double factor = normalisation.actions().stream()
                .filter(term -> term.discrete())
                .mapToDouble(term -> 1 / term.normalisation().scale())
                .findFirst()
                .orElse(1.0);
        return new PolicySpec(
                recipe.name(),
                PolicySpec.PolicyKind.DIFFUSION,
                policy.robot(),
                policy.task(),
                policy.joints(),
                sampled.horizon(),
                sampled.observationSteps(),
                sampled.actionSteps(),
                policy.controlPeriodNs(),
                new Gains(policy.stiffness(), policy.damping(), policy.targetSmoothingS()),
                normalisation.observations(),
                List.of(),
                normalisation.actions(),
                sampling(sampled.schedule()),
                Optional.of(new PolicySpec.RealTimeIterationSpec(
                        sampled.rtiSteps(), PolicySpec.DiscreteVariant.SCALE, factor)),
                NetworkSpec.standard(sampled.horizon(), policy.actionSize(), normalisation.observations()),
                new Provenance(recipe.name() + "-" + fingerprint.substring(0, 12), datasetSha256, ""));
    }

    private static SamplingSpec sampling(Recipe.Schedule schedule) {
        return new SamplingSpec(
                Parameterisation.EPSILON,
                ScheduleSpec.Discrete.squaredCosine(schedule.steps()),
                LevelEncoding.IDENTITY,
                schedule.clipSample(),
                new SamplerSpec.Ddpm(),
                GaussianNoise.ALGORITHM);
    }

    /** What decides every number of a run: its settings, sizes and data, but not its threads, time or file names. */
    private String fingerprint() {
        String decisive = String.join(
                "\n",
                recipe.policy().toString(),
                recipe.network().toString(),
                recipe.training().toString(),
                datasetSha256);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(decisive.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
