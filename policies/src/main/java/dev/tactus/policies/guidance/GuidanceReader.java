package dev.tactus.policies.guidance;

import dev.tactus.policies.bundle.ConditionVector;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.compose.PolicyMatch;
import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.PolicyModel;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Reads a guidance file against the policy that it is for. */
final class GuidanceReader {
    private static final int SCHEMA = 1;
    private static final int MOST = 1000;

    private final PolicySpec spec;
    private final Path file;
    private final Function<Path, PolicyModel> bundles;
    private final CostReader costs;
    private int candidates = 1;

    private enum Type {
        INPAINTING,
        OUTPUT_PERTURBATION,
        POST_HOC_RANKING,
        BIASED_INITIALIZATION,
        GUIDED_DIFFUSION,
        STOCHASTIC_SAMPLING,
        CLASSIFIER_FREE,
        REINFORCEMENT_LEARNING,
        COST,
        SCORE_CORRECTION
    }

    GuidanceReader(PolicySpec spec, Path file, Function<Path, PolicyModel> bundles) {
        this.spec = spec;
        this.file = file;
        this.bundles = bundles;
        this.costs = new CostReader(spec);
    }

    /** Chunks that the guidance wants drawn at once for one robot. */
    int candidates() {
        return candidates;
    }

    List<UnaryOperator<Denoiser>> read(ConfigMap map) {
        map.integer("schema", SCHEMA, SCHEMA);
        if (!spec.kind().denoises()) {
            throw map.error(
                    "guidance",
                    "policy '" + spec.name() + "' is of kind " + spec.kind()
                            + ", which is not sampled level by level; kinds that can be guided are diffusion, flow, consistency");
        }
        List<UnaryOperator<Denoiser>> wrappers = new ArrayList<>();
        for (ConfigMap entry : map.maps("guidance")) {
            wrappers.add(entry(entry));
            entry.rejectUnknownKeys();
        }
        map.rejectUnknownKeys();
        return wrappers;
    }

    private UnaryOperator<Denoiser> entry(ConfigMap map) {
        return switch (map.choice("type", Type.class)) {
            case INPAINTING -> inpainting(map);
            case OUTPUT_PERTURBATION -> perturbation(map);
            case POST_HOC_RANKING -> ranking(map);
            case BIASED_INITIALIZATION -> biased(map);
            case GUIDED_DIFFUSION -> {
                Cost objective = objective(map);
                double strength = map.number("strength", 0.0, Double.MAX_VALUE);
                double stop = level(map, "stop_level");
                yield inner -> SteeringGuidance.guidedDiffusion(inner, objective, strength, stop);
            }
            case STOCHASTIC_SAMPLING -> stochastic(map);
            case CLASSIFIER_FREE -> classifierFree(map);
            case REINFORCEMENT_LEARNING -> {
                double weight = map.number("weight", -Double.MAX_VALUE, Double.MAX_VALUE);
                int alone = map.integer("zero_init_steps", 0, MOST);
                PolicyModel tuned = bundle(map, "tuned");
                yield inner -> with(tuned, inner, (a, b) -> ReinforcementLearningGuidance.of(a, b, weight, alone));
            }
            case COST -> {
                Cost cost = costs.sum(map, "costs");
                double scale = map.number("scale", 0.0, Double.MAX_VALUE);
                int moves = map.integer("moves", 1, MOST);
                double stop = level(map, "stop_level");
                yield inner -> new CostGuidance(inner, cost, scale, moves, stop);
            }
            case SCORE_CORRECTION -> correction(map);
        };
    }

    /** Rows, counted from now, each with values for the same part of an action. */
    private UnaryOperator<Denoiser> inpainting(ConfigMap map) {
        ActionSelection selection = ActionSelection.read(map, spec).inItsUnit(map);
        List<Integer> rows = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (ConfigMap row : map.maps("rows")) {
            rows.add(row.integer("row", 0, costs.layout().rows() - 1));
            values.add(selection.place(row, "at"));
            row.rejectUnknownKeys();
        }
        if (rows.isEmpty()) {
            throw map.error("rows", "is empty; name at least one row and where it is to be");
        }
        return inpainting(selection, rows, values.toArray(new double[0][]));
    }

    private UnaryOperator<Denoiser> perturbation(ConfigMap map) {
        ActionSelection selection = ActionSelection.read(map, spec);
        double[][] points = costs.points(map, selection, costs.layout().rows());
        return inpainting(selection, IntStream.range(0, points.length).boxed().toList(), points);
    }

    private UnaryOperator<Denoiser> inpainting(ActionSelection selection, List<Integer> rows, double[][] values) {
        int[] elements = elements(selection, rows);
        float[] numbers = flat(values);
        return inner -> Inpainting.of(inner, elements, numbers);
    }

    private UnaryOperator<Denoiser> ranking(ConfigMap map) {
        if (candidates > 1) {
            throw map.error("type", "post_hoc_ranking stands twice; rank once, by one objective");
        }
        candidates = map.integer("candidates", 2, MOST);
        Cost objective = objective(map);
        return inner -> new CandidateRanking(inner, objective);
    }

    private UnaryOperator<Denoiser> biased(ConfigMap map) {
        ActionSelection selection = ActionSelection.read(map, spec);
        int rows = costs.layout().rows();
        double[][] sketch = TrackingCost.stretch(costs.points(map, selection, Integer.MAX_VALUE), rows);
        int[] elements = elements(selection, IntStream.range(0, rows).boxed().toList());
        float[] values = flat(sketch);
        double deviation = map.number("deviation", 0.0, Double.MAX_VALUE);
        double start = level(map, "start_level");
        int seed = map.integer("seed", 0, Integer.MAX_VALUE);
        return inner -> new BiasedInitialization(inner, elements, values, deviation, start, seed);
    }

    private UnaryOperator<Denoiser> stochastic(ConfigMap map) {
        Cost objective = objective(map);
        double strength = map.number("strength", 0.0, Double.MAX_VALUE);
        double stop = level(map, "stop_level");
        int repeats = map.integer("repeats", 2, MOST);
        int seed = map.integer("seed", 0, Integer.MAX_VALUE);
        double clip = spec.sampling().clipSample();
        return inner -> SteeringGuidance.stochasticSampling(inner, objective, strength, stop, repeats, clip, seed);
    }

    private UnaryOperator<Denoiser> classifierFree(ConfigMap map) {
        double strength = map.number("strength", -Double.MAX_VALUE, Double.MAX_VALUE);
        if (spec.nullTerms().isEmpty()) {
            throw map.error(
                    "type",
                    "policy '" + spec.name() + "' was not trained with terms left out (null_terms of its"
                            + " policy.yaml is empty), so it has no answer without a goal. Choose one that was.");
        }
        ConditionVector layout = new ConditionVector(spec);
        float[] present = new float[layout.size()];
        float[] absent = new float[layout.size()];
        Arrays.fill(present, 1.0f);
        layout.fillUnconditional(present, absent);
        int[] goal =
                IntStream.range(0, absent.length).filter(i -> absent[i] == 0.0f).toArray();
        return inner -> ClassifierFreeGuidance.of(inner, goal, new float[goal.length], strength);
    }

    private UnaryOperator<Denoiser> correction(ConfigMap map) {
        PolicyModel model = bundle(map, "bundle");
        NoiseSchedule schedule = model.spec().sampling().noiseSchedule();
        double level = level(map, "level", schedule);
        double eta = map.number("eta", 0.0, Double.MAX_VALUE);
        int steps = map.integer("steps", 1, MOST);
        double clip = spec.sampling().clipSample();
        return inner -> with(model, inner, (a, b) -> new ScoreCorrection(a, b, level, eta, steps, clip));
    }

    /** Opens another policy beside one; if the two do not go together, what was opened here is closed. */
    private static Denoiser with(PolicyModel other, Denoiser inner, BinaryOperator<Denoiser> both) {
        Denoiser second = other.source().open(inner.batch());
        try {
            return both.apply(inner, second);
        } catch (RuntimeException e) {
            second.close();
            throw e;
        }
    }

    /** A policy of the same actions and observations. */
    private PolicyModel bundle(ConfigMap map, String key) {
        PolicyModel bundle = bundles.apply(file.resolveSibling(map.text(key)));
        String problem = PolicyMatch.ofActions(spec, bundle.spec());
        problem = problem.isEmpty() ? PolicyMatch.ofObservations(spec, bundle.spec()) : problem;
        if (problem.isEmpty() && bundle.spec().horizon() != spec.horizon()) {
            problem = "its horizon is " + bundle.spec().horizon() + " and that of policy '" + spec.name() + "' "
                    + spec.horizon() + "; they must be equal. Choose a policy of the same horizon.";
        }
        if (!problem.isEmpty()) {
            throw map.error(key, problem);
        }
        return bundle;
    }

    private Cost objective(ConfigMap map) {
        ConfigMap objective = map.map("objective");
        Cost cost = costs.read(objective);
        objective.rejectUnknownKeys();
        return cost;
    }

    private double level(ConfigMap map, String key) {
        return level(map, key, spec.sampling().noiseSchedule());
    }

    private static double level(ConfigMap map, String key, NoiseSchedule schedule) {
        double one = schedule.noisiest();
        double other = schedule.cleanest();
        return map.number(key, Math.min(one, other), Math.max(one, other));
    }

    private int[] elements(ActionSelection selection, List<Integer> rows) {
        ChunkLayout layout = costs.layout();
        return rows.stream()
                .flatMapToInt(row -> Arrays.stream(selection.columns())
                        .map(column -> (layout.firstRow() + row) * layout.actionSize() + column))
                .toArray();
    }

    private static float[] flat(double[][] points) {
        double[] all = Arrays.stream(points).flatMapToDouble(Arrays::stream).toArray();
        float[] values = new float[all.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) all[i];
        }
        return values;
    }
}
