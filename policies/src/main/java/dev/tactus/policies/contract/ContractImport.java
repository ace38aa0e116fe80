package dev.tactus.policies.contract;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Gains;
import dev.tactus.policies.bundle.Golden;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.bundle.NetworkSpec.Condition;
import dev.tactus.policies.bundle.NetworkSpec.Layout;
import dev.tactus.policies.bundle.NetworkSpec.State;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.bundle.PolicySpec.Provenance;
import dev.tactus.policies.bundle.SamplerSpec;
import dev.tactus.policies.bundle.SamplingSpec;
import dev.tactus.policies.bundle.ScheduleSpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.contract.DeployContract.Group;
import dev.tactus.policies.contract.DeployContract.Observation;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.NetworkDenoiser;
import dev.tactus.policies.denoiser.OnnxNetwork;
import dev.tactus.policies.onnx.GraphModel;
import dev.tactus.policies.onnx.GraphModel.Axis;
import dev.tactus.policies.onnx.GraphModel.Declared;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.runner.GoldenReplay;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.LevelEncoding;
import dev.tactus.policies.schedule.Parameterisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a bundle of an ONNX file that somebody else trained and the contract that came with it. The policy is a
 * deterministic one that answers with one action for the tick of its newest observation.
 */
public final class ContractImport {
    private static final int CASES = 4;
    private static final long SEED = 1;

    private final Path contractFile;
    private final Path modelFile;
    private final Identity identity;
    private final List<String> notes = new ArrayList<>();

    /**
     * What neither file says. Empty texts stand for what is not known.
     *
     * @param name the policy's name
     * @param robot the robot it was trained for
     * @param task the task it was trained on
     * @param joints joint names in the order of the motors; empty if the contract has them
     * @param action output with the action; empty if the network has one output only
     */
    public record Identity(String name, String robot, String task, List<String> joints, Optional<String> action) {}

    /**
     * Prepares an import.
     *
     * @param contractFile the contract, YAML
     * @param modelFile the network, ONNX; its weights may lie in files beside it
     * @param identity what neither says
     */
    public ContractImport(Path contractFile, Path modelFile, Identity identity) {
        this.contractFile = contractFile;
        this.modelFile = modelFile;
        this.identity = identity;
    }

    /**
     * Checks contract and network against each other, records answers, and writes the bundle.
     *
     * @param folder the bundle to make
     * @return what could not be known, or was decided, a line each
     * @throws BadInputException if the two do not fit
     */
    public List<String> write(Path folder) {
        DeployContract contract = DeployContractYaml.read(ConfigMap.read(contractFile), identity.joints());
        notes.addAll(contract.notes());
        GraphModel onDisk = GraphModel.of(modelFile);
        byte[] model = read(modelFile);
        Map<String, byte[]> weights = new LinkedHashMap<>();
        for (String file : onDisk.weightFileNames()) {
            weights.put(file, read(modelFile.resolveSibling(file)));
        }
        PolicySpec spec = spec(contract, onDisk, List.copyOf(weights.keySet()));
        GraphModel whole = GraphModel.of(modelFile.toString(), model, weights);
        try (Denoiser denoiser =
                NetworkDenoiser.of(spec, OnnxNetwork.open(spec, whole, Map.of(), 1, GraphOptions.CPU))) {
            Golden golden = GoldenReplay.record(spec, denoiser, observations(spec, contract), SEED);
            notes.add("golden.json: recorded here with what this import made of the contract; it shows another machine"
                    + " or provider that differs, not a contract that was wrong. Compare a few actions with those of"
                    + " the framework that trained it");
            PolicyBundle.write(folder, spec, model, weights, golden);
        }
        return List.copyOf(notes);
    }

    private PolicySpec spec(DeployContract contract, GraphModel model, List<String> weights) {
        ContractTerms terms = new ContractTerms(contract, contractFile.toString(), notes);
        List<ActionTerm> actions = terms.actions();
        List<ObservationTerm> observations = new ArrayList<>();
        for (Group group : contract.inputs()) {
            for (Observation term : group.terms()) {
                observations.add(terms.observation(term, actions));
            }
        }
        unknown("robot", identity.robot());
        unknown("task", identity.task());
        return new PolicySpec(
                identity.name(),
                PolicyKind.DETERMINISTIC,
                identity.robot(),
                identity.task(),
                contract.joints(),
                1,
                1,
                1,
                Math.round(contract.stepS() * 1e9),
                new Gains(contract.stiffness(), contract.damping(), 0.0),
                observations,
                List.of(),
                actions,
                new SamplingSpec(
                        Parameterisation.X0,
                        new ScheduleSpec.None(),
                        LevelEncoding.IDENTITY,
                        Double.MAX_VALUE,
                        new SamplerSpec.Direct(),
                        GaussianNoise.ALGORITHM),
                Optional.empty(),
                network(contract, observations, actions, model, weights),
                new Provenance("", "", ""));
    }

    private void unknown(String key, String value) {
        if (value.isEmpty()) {
            notes.add(
                    key + ": the contract does not name it, so the bundle fits none until it is imported again with --"
                            + key);
        }
    }

    private NetworkSpec network(
            DeployContract contract,
            List<ObservationTerm> observations,
            List<ActionTerm> actions,
            GraphModel model,
            List<String> weights) {
        List<State> states = states(model);
        List<Declared> inputs = model.inputs().stream()
                .filter(input ->
                        states.stream().noneMatch(state -> state.input().equals(input.name())))
                .toList();
        List<Condition> conditions = new ArrayList<>();
        int from = 0;
        for (Group group : contract.inputs()) {
            List<ObservationTerm> own =
                    observations.subList(from, from + group.terms().size());
            from += group.terms().size();
            Declared input = input(inputs, group, contract.inputs().size());
            int size =
                    own.stream().mapToInt(term -> term.history() * term.size()).sum();
            conditions.add(new Condition(
                    input.name(),
                    own.stream().map(ObservationTerm::name).toList(),
                    group.timeMajor() ? Layout.TIME_MAJOR : Layout.TERM_MAJOR,
                    shape("input", input, size, own)));
        }
        Declared action = action(model, states);
        int size = actions.stream().mapToInt(ActionTerm::size).sum();
        return new NetworkSpec(
                shape("output", action, size, List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                conditions,
                Optional.of(action.name()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                states,
                weights);
    }

    private Declared input(List<Declared> inputs, Group group, int groups) {
        List<String> names = inputs.stream().map(Declared::name).toList();
        if (inputs.size() != groups) {
            throw new BadInputException(
                    modelFile + ": has the inputs " + names + ", but " + contractFile
                            + " (observations) has " + groups + (groups == 1 ? " group of terms" : " groups")
                            + "; one for each input is expected, named like it. Correct the contract, or export the network again.");
        }
        return group.name().isEmpty()
                ? inputs.getFirst()
                : inputs.stream()
                        .filter(input -> input.name().equals(group.name().get()))
                        .findFirst()
                        .orElseThrow(() -> new BadInputException(contractFile + ": observations."
                                + group.name().get() + ": no input of " + modelFile + " has this name; there are "
                                + names + ". Name the group like its input."));
    }

    private Declared action(GraphModel model, List<State> states) {
        List<Declared> outputs = model.outputs().stream()
                .filter(output ->
                        states.stream().noneMatch(state -> state.output().equals(output.name())))
                .toList();
        List<String> names = outputs.stream().map(Declared::name).toList();
        if (identity.action().isEmpty() && outputs.size() == 1) {
            return outputs.getFirst();
        }
        return outputs.stream()
                .filter(output ->
                        identity.action().filter(output.name()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        modelFile + ": has the outputs " + names + ". Say which one is the action: --action NAME."));
    }

    /** Recurrent networks are exported with an input x_in and an output x_out for each part of their state. */
    private List<State> states(GraphModel model) {
        List<State> states = new ArrayList<>();
        for (Declared input : model.inputs()) {
            if (!input.name().endsWith("_in")) {
                continue;
            }
            String stem = input.name().substring(0, input.name().length() - "_in".length());
            Optional<Declared> output = model.outputs().stream()
                    .filter(one -> one.name().equals(stem + "_out"))
                    .findFirst();
            if (output.isPresent() && input.shape().isPresent()) {
                states.add(new State(input.name(), output.get().name(), stateShape(input), Optional.empty()));
                notes.add("state '" + input.name() + "': starts from zeros in every episode, as recurrent policies of"
                        + " these frameworks do; its batch axis is taken to be the second of three, the first of two");
            }
        }
        return List.copyOf(states);
    }

    private List<Integer> stateShape(Declared input) {
        List<Axis> axes = input.shape().orElseThrow();
        int batch = axes.size() == 3 ? 1 : 0;
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            shape.add(
                    i == batch
                            ? State.BATCH
                            : axes.get(i)
                                    .size()
                                    .map(Math::toIntExact)
                                    .orElseThrow(
                                            () -> new BadInputException(
                                                    modelFile + ": state '" + input.name() + "' has the open shape "
                                                            + axes
                                                            + "; only its batch axis may be open. Export it with fixed sizes.")));
        }
        return List.copyOf(shape);
    }

    /** The declared shape of one sample, if it holds the numbers that the contract says. */
    private List<Integer> shape(String role, Declared tensor, int size, List<ObservationTerm> terms) {
        List<Axis> axes = tensor.shape().orElse(List.of());
        List<Integer> shape = new ArrayList<>();
        int open = -1;
        long product = 1;
        for (int i = 1; i < axes.size(); i++) {
            if (axes.get(i).size().isEmpty()) {
                open = open == -1 ? i - 1 : axes.size();
            }
            shape.add(axes.get(i).size().map(Math::toIntExact).orElse(1));
            product *= shape.getLast();
        }
        if (open >= 0 && open < shape.size() && size % product == 0) {
            shape.set(open, Math.toIntExact(size / product));
            product = size;
        }
        if (shape.isEmpty() && axes.isEmpty()) {
            return List.of(size);
        }
        if (open == axes.size() || product != size || shape.isEmpty()) {
            throw new BadInputException(modelFile + ": " + role + " '" + tensor.name() + "' has the shape " + axes
                    + " (batch first), but " + contractFile + " makes " + size + " numbers a sample"
                    + (terms.isEmpty()
                            ? " (one for each joint of its actions)"
                            : " of "
                                    + terms.stream()
                                            .map(term -> term.name() + " " + term.history() + " x " + term.size())
                                            .toList()
                                    + " (history x size)")
                    + ". Correct the contract, or export the network again.");
        }
        return List.copyOf(shape);
    }

    /** A robot at rest in its default pose, and the same with every number moved a little. */
    private static List<float[]> observations(PolicySpec spec, DeployContract contract) {
        GaussianNoise noise = new GaussianNoise(SEED);
        List<float[]> windows = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            float[] window = new float[spec.windowSteps() * spec.observationSize()];
            if (i > 0) {
                noise.fill(window);
            }
            int at = 0;
            while (at < window.length) {
                for (ObservationTerm term : spec.observations()) {
                    for (int j = 0; j < term.size(); j++, at++) {
                        window[at] = (float) (0.1 * window[at] + rest(term, j, contract));
                    }
                }
            }
            windows.add(window);
        }
        return windows;
    }

    private static double rest(ObservationTerm term, int element, DeployContract contract) {
        return switch (term.kind()) {
            case JOINT_POSITION -> contract.defaultPosition()[element];
            case PROJECTED_GRAVITY -> element == 2 ? -1.0 : 0.0;
            case PREVIOUS_ACTION -> term.normalisation().invert(element, 0.0);
            default -> 0.0;
        };
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > Integer.MAX_VALUE - 8L) {
                throw new BadInputException(file + ": has " + Files.size(file)
                        + " bytes; a file of a bundle has at most 2 GB. Export the weights to several files.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read (" + e + "). Check the path and its permissions.", e);
        }
    }
}
